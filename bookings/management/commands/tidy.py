"""Forgets what nobody came back for: to be run daily."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from bookings.actions.hold import forget_holds


class Command(BaseCommand):
    help = "Delete expired sessions (with what was typed into them) and holds that ran out a day ago."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("clearsessions")
        forget_holds(now=timezone.now())
