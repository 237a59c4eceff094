"""Leaves no stored answer that needs an old key: to be run after a new one was put before it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bookings.actions.reseal import SEALED, reseal_batch

SIZE = 200


class Command(BaseCommand):
    help = "Seal the answers of patients anew with the first key in HEALTH_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        resealed = 0
        unopened: list[str] = []
        for model in SEALED:
            last, lost = 0, []
            while batch := reseal_batch(model, after=last, size=SIZE):
                resealed, last = resealed + batch.resealed, batch.last
                lost += batch.unopened
            if lost:
                unopened.append(f"{len(lost)}: {model.__name__.lower()}s {', '.join(map(str, lost))}")
        self.stdout.write(f"Sealed anew: {resealed}")
        if unopened:
            raise CommandError(
                f"No key in HEALTH_KEYS opens {'; '.join(unopened)}. "
                "Add the key they were sealed with, and run this again."
            )
