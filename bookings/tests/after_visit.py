"""Visits that are over, and the answers that are given after them."""

from datetime import timedelta
from typing import Any

from bookings.care.check_in import Answers, Sign
from bookings.enums import ConsentKind, Feeling, Kind, State
from bookings.models import Appointment, Consent, ConsentText
from bookings.tests.diary import Diary
from treatments.enums import SeekHelp

LUMP = Sign("lump", "A lump or pus", SeekHelp.CLINIC)
BREATH = Sign("breath", "Trouble breathing", SeekHelp.EMERGENCY)
FINE, WORSE = Answers((), Feeling.EXPECTED), Answers((), Feeling.WORSE)


def visited(diary: Diary, *, hours_ago: int = 3, state: State = State.COMPLETED, **values: Any) -> Appointment:
    """A treatment that ended `hours_ago`, whose patient agreed to the use of their data.

    Asked for as a consultation, which needs none before it; the row is then put into the past, where no time is free.
    """
    end = diary.now - timedelta(hours=hours_ago)
    of_kind(diary, Kind.CONSULTATION)
    visit = diary.request(diary.at(1, 10), visitor=values.pop("visitor", "visitor"))
    of_kind(diary, Kind.SESSION)
    values = {"state": state, "starts_at": end - timedelta(hours=1), "ends_at": end, **values}
    Appointment.objects.filter(pk=visit.pk).update(**values)
    visit.claims.all().delete()
    visit = Appointment.objects.get(pk=visit.pk)
    agree(visit)
    return visit


def of_kind(diary: Diary, kind: Kind) -> None:
    diary.type.kind = kind
    diary.type.save()


def agree(visit: Appointment) -> None:
    """The patient agrees to the text on data that is in force, if there is one."""
    if text := ConsentText.objects.current("en").get(ConsentKind.DATA):
        values = {name: getattr(text, name) for name in ("kind", "language", "version", "text", "hash")}
        Consent.objects.create(patient=visit.patient, appointment=visit, given_at=visit.requested_at, **values)
