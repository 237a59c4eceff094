"""Leaves no stored answer that needs an old key: to be run after a new one was put before it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bookings.actions.reseal import reseal_batch

SIZE = 200


class Command(BaseCommand):
    help = "Seal the answers to screening questions anew with the first key in HEALTH_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        resealed, last = 0, 0
        unopened: list[int] = []
        while batch := reseal_batch(after=last, size=SIZE):
            resealed, last = resealed + batch.resealed, batch.last
            unopened += batch.unopened
        self.stdout.write(f"Sealed anew: {resealed}")
        if unopened:
            raise CommandError(
                f"No key in HEALTH_KEYS opens {len(unopened)}: screenings {', '.join(map(str, unopened))}. "
                "Add the key they were sealed with, and run this again."
            )
