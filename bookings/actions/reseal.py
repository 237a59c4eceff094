"""Sealing stored answers anew, so that an old key can be taken away."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bookings.models import CheckIn, Screening
from bookings.sealed import CannotUnseal, reseal

# Whatever holds answers about health.
SEALED: tuple[type[Screening] | type[CheckIn], ...] = (Screening, CheckIn)


@dataclass(frozen=True, slots=True)
class Batch:
    """How many answers were sealed anew, the keys of the rows that no key opens, and the last row looked at."""

    resealed: int
    unopened: list[int]
    last: int


@transaction.atomic
def reseal_batch(model: type[Screening] | type[CheckIn] = Screening, *, after: int, size: int) -> Batch | None:
    """Seal the answers of the next `size` rows after the primary key `after` with the first key; None: no more rows.

    A row that no key opens stays as it is.
    """
    rows = model.objects.select_for_update(no_key=True).exclude(answers="").filter(pk__gt=after).order_by("pk")
    batch: list[Any] = list(rows.only("pk", "answers")[:size])
    if not batch:
        return None
    changed, unopened = [], []
    for row in batch:
        try:
            row.answers = reseal(row.answers)
            changed.append(row)
        except CannotUnseal:
            unopened.append(row.pk)
    model.objects.bulk_update(changed, ["answers"])
    return Batch(len(changed), unopened, batch[-1].pk)
