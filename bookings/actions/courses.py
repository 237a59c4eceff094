"""A patient's course of sessions: agreeing to it, holding its times, booking them as one, moving them together."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from bookings.actions.book import leave_holds
from bookings.actions.booking import Agreed, Contact, Screened, keep_consents, keep_screening, require_few_open
from bookings.actions.claims import lock_for
from bookings.actions.hold import hold_all, locked, require_still_free
from bookings.actions.move import Move, move
from bookings.actions.overlaps import overlap_is_slot_taken
from bookings.actions.phone import session_is_booked
from bookings.enums import Actor, ConsentKind, Rule, State
from bookings.exceptions import ChangedMeanwhile, HoldExpired, Obstructed, OutOfPlan, SlotTaken
from bookings.models import Appointment, ConsentText, Course, Patient
from bookings.queries.course_steps import Answered, Hurdle, Steps, steps
from bookings.queries.course_times import wish_of_course
from bookings.queries.courses import Progress, broken_by, key_of, progress
from clinic.models import Practitioner

RULES = {
    Hurdle.CONSULTATION: Rule.CONSULTATION,
    Hurdle.LANGUAGE: Rule.CONSENT,
    Hurdle.CONSENT: Rule.CONSENT,
    Hurdle.QUESTIONS: Rule.SCREENING,
    Hurdle.REVIEW: Rule.REVIEW,
    Hurdle.ANSWERS: Rule.REVIEW,
}


@transaction.atomic
def agree(*, course: Course, texts: Sequence[ConsentText], language: str, now: datetime) -> None:
    """Store word for word what the patient agrees to; what was agreed to already is not stored again.

    Raises ChangedMeanwhile if a text is no longer the one in force, and then nothing is stored.
    """
    found = lock_course(course)
    due = steps(found, language=language, now=now).texts
    wanted = [text for text in texts if text in due]
    if any(text not in due and text.kind in {one.kind for one in due} for text in texts):
        raise ChangedMeanwhile
    agreed = [Agreed(text, now, found.treatment if text.kind == ConsentKind.TREATMENT else None) for text in wanted]
    keep_consents(agreed, patient=patient_of(found), appointment=found.consultation)


def hold_course(
    *,
    course: Course,
    sessions: Mapping[int, tuple[datetime, Practitioner]],
    language: str,
    minutes: int,
    now: datetime,
) -> list[Appointment]:
    """Hold these times (aware) for missing sessions, by number, in place of all that was held for the course.

    All or none. Raises Obstructed while something is to be done before, OutOfPlan if the sessions would not keep
    their distances or are not all of a run, SlotTaken.
    """
    with overlap_is_slot_taken(), transaction.atomic():
        wish = wish_of_course(course, None)
        lock_for(wish.type, wish.location, wish.people)
        list(Appointment.objects.held_by(key_of(course)).select_for_update().order_by("pk"))
        found = lock_course(course)
        ready = require_ready(found, language=language, now=now)
        numbers = sorted(sessions)
        require_plan(progress(found, now=now), {number: sessions[number][0] for number in numbers})
        return hold_all(
            wish=wish_of_course(found, ready.first_day),
            treatment=found.treatment,
            sessions=[sessions[number] for number in numbers],
            minutes=minutes,
            now=now,
            course=found,
            numbers=numbers,
        )


def book_course(*, course: Course, seen: Collection[str], language: str, now: datetime) -> list[Appointment]:
    """Ask for all that is held for a course, for the patient of its consultation; asking again returns the same.

    `seen` are the references that the page showed. Times whose hold ran out are good while they are free. Raises
    HoldExpired if nothing is held, SlotTaken if one of the times is gone, ChangedMeanwhile if others are held now,
    OutOfPlan, TooManyOpen, and Obstructed by what is to be done before.
    """
    with overlap_is_slot_taken(), session_is_booked(), transaction.atomic():
        mine = course.appointments.filter(reference__in=list(seen)).order_by("session_number")
        asked = list(mine.exclude(state=State.HELD))
        if asked and len(asked) == len(set(seen)):
            return asked
        held = locked(Appointment.objects.held_by(key_of(course)))
        found = lock_course(course)
        require_seen(held, seen)
        ready = require_ready(found, language=language, now=now)
        stands = progress(found, now=now)
        require_plan(stands, {one.session_number or 0: one.starts_at for one in held})
        for one in held:
            require_still_free(one, now=now)
        if not any(one.state == State.REQUESTED for one in stands.booked.values()):
            require_few_open(contact_of(found), now=now)
        for one in held:
            one.patient, one.needs = patient_of(found), list(found.consultation.needs)
            one.save(update_fields=["needs"])
        if held[0].session_number == 1:
            keep_answers(ready.answered, held[0])
        leave_holds(held, now=now)
    return held


def move_sessions(*, course: Course, moves: Sequence[Move], now: datetime) -> None:
    """Move these sessions of one course, all or none. Raises OutOfPlan, and what `move` raises for a patient."""
    with overlap_is_slot_taken(), transaction.atomic():
        move(moves=moves, actor=Actor.PATIENT, now=now)
        # Only now: whoever moves another session of the course in this moment has waited, or is waited for.
        found = lock_course(course)
        stands = progress(found, now=now)
        changed = {one.appointment.session_number or 0 for one in moves}
        if broken_by(changed, stands.days, found.gap):
            raise OutOfPlan


def lock_course(course: Course) -> Course:
    """The course as the database holds it now, locked; diaries and holds are locked before it."""
    related = ("consultation__location", "consultation__patient", "type", "treatment")
    return Course.objects.select_for_update(of=("self",), no_key=True).select_related(*related).get(pk=course.pk)


def require_ready(course: Course, *, language: str, now: datetime) -> Steps:
    found = steps(course, language=language, now=now)
    if found.hurdle:
        raise Obstructed([RULES[found.hurdle]])
    return found


def require_plan(stands: Progress, starts: Mapping[int, datetime]) -> None:
    """Raises OutOfPlan unless these are whole runs of missing sessions that keep the plan with those booked."""
    zone = stands.course.consultation.location.zone
    days = stands.days | {number: start.astimezone(zone).date() for number, start in starts.items()}
    if not stands.holds_whole_runs(starts) or broken_by(starts, days, stands.course.gap):
        raise OutOfPlan


def require_seen(held: Sequence[Appointment], seen: Collection[str]) -> None:
    """Raises SlotTaken if a time that was shown is no longer held, ChangedMeanwhile if other times are."""
    references = {one.reference for one in held}
    if references < set(seen):
        raise SlotTaken
    if references != set(seen):
        raise ChangedMeanwhile


def keep_answers(answered: Answered, first: Appointment) -> None:
    """Store the consultation's answers, judged anew, with the first session; a review that covers them holds on."""
    before, patient = answered.screening, first.patient
    if before is None or answered.edition is None or patient is None or not answered.asked:
        return
    screened = Screened(
        edition=answered.edition,
        answers={question.key: answered.given[question.key].to_dict() for question in answered.asked},
        needs_review=answered.result.needs_review,
        not_before=answered.result.not_before,
        at=before.answered_at,
    )
    kept = keep_screening(screened, patient=patient, appointment=first, by=Actor(before.answered_by))
    if kept.needs_review and answered.was_reviewed:
        kept.reviewed_by, kept.reviewed_at = before.reviewed_by, before.reviewed_at
        kept.save(update_fields=["reviewed_by", "reviewed_at"])


def patient_of(course: Course) -> Patient:
    """Whoever came to the consultation. Raises HoldExpired for a hold, which is nobody's yet."""
    if course.consultation.patient is None:
        raise HoldExpired
    return course.consultation.patient


def contact_of(course: Course) -> Contact:
    patient = patient_of(course)
    return Contact(patient.name, patient.email, patient.phone.as_e164, patient.language)
