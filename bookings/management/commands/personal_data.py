"""All that is stored about one patient, for whoever runs the site: print it, or erase it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils import timezone

from bookings.actions.privacy import erase_patient
from bookings.models import Patient
from bookings.queries.personal_data import personal_data


class Command(BaseCommand):
    help = "Print all that is stored about the patient with this reference as JSON; with --erase, erase it for good."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="of one of their appointments or waiting list entries, like K7QM-3XPA")
        parser.add_argument("--erase", action="store_true", help="what a law makes you keep must be kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        named = Q(appointments__reference=options["reference"]) | Q(waiting_entries__reference=options["reference"])
        patient = Patient.objects.filter(named, erased_at=None).distinct().first()
        if patient is None:
            raise CommandError("Nobody is known under this reference, or they were erased.")
        if options["erase"]:
            erase_patient(patient=patient, now=timezone.now())
            self.stderr.write("Erased.")
            return
        self.stdout.write(json.dumps(personal_data(patient), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
