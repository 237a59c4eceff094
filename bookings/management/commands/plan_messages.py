"""`manage.py plan_messages`: brings the messages of all visits in line with settings and signed pages at once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bookings.actions.plan_all import plan_all


class Command(BaseCommand):
    help = (
        "Plan reminders, preparation, aftercare and check-ins of all visits anew, as the settings and the signed pages "
        "are now. `tidy` does it in the course of each hour."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = plan_all(now=timezone.now())
        self.stdout.write(f"{count} visits planned")
