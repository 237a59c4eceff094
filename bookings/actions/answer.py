"""Answering the questions of an appointment that is there already."""

from django.db import transaction

from bookings.actions.booking import Screened, keep_screening
from bookings.enums import Actor
from bookings.models import Appointment, Screening
from bookings.queries.obstacles import latest_screening
from bookings.sealed import CannotUnseal, unseal


def answer_questions(
    *, appointment: Appointment, screened: Screened, seen: Screening | None, unchanged: Screening | None = None
) -> Screening:
    """Store a patient's answers to an appointment; the same ones sent twice are stored once.

    `seen` is the screening that was the latest when the questions were asked. Answers of which the patient says that
    they are `unchanged` keep the review of that screening, if it was about the same edition.
    """
    if appointment.patient is None:
        raise ValueError("a held time has nobody who could answer")
    with transaction.atomic():
        # One at a time: a double click would otherwise store them twice.
        Appointment.objects.select_for_update().get(pk=appointment.pk)
        latest = latest_screening(appointment)
        is_twice = latest != seen or not screened.answers
        if latest and latest.waits_for_review >= screened.needs_review and is_twice and says_the_same(latest, screened):
            return latest
        kept = keep_screening(screened, patient=appointment.patient, appointment=appointment, by=Actor.PATIENT)
        if unchanged and unchanged.reviewed_at and unchanged.edition.hash == screened.edition.hash:
            kept.reviewed_by, kept.reviewed_at = unchanged.reviewed_by, unchanged.reviewed_at
            kept.save(update_fields=["reviewed_by", "reviewed_at"])
    return kept


def says_the_same(stored: Screening, screened: Screened) -> bool:
    try:
        answers = unseal(stored.answers) if stored.answers else {}
    except CannotUnseal:
        return False
    return (answers, stored.edition_id) == (dict(screened.answers), screened.edition.pk)
