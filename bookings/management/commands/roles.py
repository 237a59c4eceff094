"""Makes the roles of staff that are missing: to be run after each `migrate`."""

from typing import Any

from django.core.management.base import BaseCommand

from bookings.actions.roles import make_roles


class Command(BaseCommand):
    help = "Make the groups for receptionists, practitioners and the others that are missing; those there are stay."

    def handle(self, *args: Any, **options: Any) -> None:
        make_roles()
