"""Everything between an installed checkout and a running server, in one process."""

import os
import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from bookings import demo
from clinic import static_files
from clinic.models import Clinic


class Command(BaseCommand):
    help = (
        "Migrate, make the cache's table, collect the static files, load the demonstration (unless DEMO=no), "
        "make the first staff sign-in."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        static_files.collect()
        call_command("tidy")
        if os.environ.get("DEMO", "yes") != "no":
            demo.load(now=timezone.now())
        elif not Clinic.objects.exists():
            Clinic().save()
        self.make_first_sign_in()

    def make_first_sign_in(self) -> None:
        """Prints a user name and a password made for this machine; only the password's hash is stored."""
        users = get_user_model().objects
        if users.exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser("staff", password=password)
        self.stdout.write("Staff sign-in, shown this once:  user  staff   password  " + password)
