"""What a patient says after a visit, and the call that it may ask for."""

from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from bookings.care.check_in import Answers, Window, window
from bookings.exceptions import ChangedMeanwhile
from bookings.models import Appointment, CheckIn
from bookings.queries.care_pages import answers_of
from bookings.queries.visits import visit_of
from bookings.sealed import CannotUnseal, seal


@transaction.atomic
def answer_check_in(*, appointment: Appointment, answers: Answers, now: datetime) -> CheckIn:
    """Keep the answers, sealed. A sign asks for a call, and until staff have called, later answers only add to it.

    Whoever waits for a call keeps their place in the list. Raises ChangedMeanwhile if nobody is asked (any more).
    """
    # Answers that arrive together wait here for each other: the second finds what the first left.
    locked = Appointment.objects.select_for_update(no_key=True, of=("self",)).select_related("location")
    if window(visit_of(locked.get(pk=appointment.pk)), now) != Window.OPEN:
        raise ChangedMeanwhile
    kept = CheckIn.objects.filter(appointment=appointment).first()
    if kept is None:
        return CheckIn.objects.create(
            appointment=appointment,
            answered_at=now,
            answers=seal(answers.to_dict()),
            needs_call=answers.needs_call,
        )
    waits = kept.needs_call and kept.called_at is None
    if kept.called_at is None:
        # What no key opens cannot be added to; that it asked for a call stays.
        with suppress(CannotUnseal):
            earlier = answers_of(kept)
            answers = earlier.and_then(answers)
            if answers == earlier:
                return kept
    elif answers.needs_call:
        kept.called_at = kept.called_by = None
    kept.answers, kept.needs_call = seal(answers.to_dict()), kept.needs_call or answers.needs_call
    kept.answered_at = kept.answered_at if waits else now
    kept.save()
    return kept


@transaction.atomic
def note_call(*, check_in: CheckIn, seen: str, by: User, now: datetime) -> None:
    """Note that staff called about the answers that they saw, by their `fingerprint`; a second note changes nothing.

    Raises ChangedMeanwhile if the patient has answered again since.
    """
    kept = CheckIn.objects.select_for_update(no_key=True).get(pk=check_in.pk)
    if kept.fingerprint != seen:
        raise ChangedMeanwhile
    if kept.needs_call and kept.called_at is None:
        kept.called_at, kept.called_by = now, by
        kept.save(update_fields=["called_at", "called_by"])
