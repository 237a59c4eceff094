"""Everything between an installed checkout and a running server, in one process."""

import os
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from bookings import demo
from bookings.actions.roles import make_roles
from clinic import static_files
from clinic.models import Clinic, Practitioner

FILES = "django.core.mail.backends.filebased.EmailBackend"


class Command(BaseCommand):
    help = (
        "Migrate, make the cache's table, collect the static files, load the demonstration (unless DEMO=no), "
        "make the roles of staff and the first sign-ins, and say where mails go without a mail server."
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
        make_roles()
        self.make_first_sign_ins()
        self.say_where_mails_go()

    def make_first_sign_ins(self) -> None:
        """Staff, and in the demonstration a clinician: prints names and passwords; only the hashes are stored."""
        if User.objects.exists():
            return
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser("staff", password=password)
        self.stdout.write("Staff sign-in, shown this once:  user  staff   password  " + password)
        clinician = Practitioner.objects.filter(slug=demo.REVIEWER).first()
        if clinician and Clinic.objects.current().is_demo:
            password = secrets.token_urlsafe(12)
            demo.give_sign_in(clinician, name="leyla", password=password)
            self.stdout.write(f"{clinician.name}, shown this once:  user  leyla   password  {password}")

    def say_where_mails_go(self) -> None:
        """Where no mail server is set: patients would wait for mails that stay on this machine."""
        if settings.EMAIL_BACKEND == FILES:
            folder = os.path.relpath(settings.EMAIL_FILE_PATH, settings.BASE_DIR)
            self.stdout.write(f"No mail server is set (EMAIL_URL): mails are written to {folder}")
