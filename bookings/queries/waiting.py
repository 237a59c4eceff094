"""Which places an entry of the waiting list waits for, and which it may have."""

from datetime import datetime

from bookings import lifecycle, screening
from bookings.availability.courses import breaches
from bookings.enums import State
from bookings.models import Appointment, Patient, Transition, WaitingEntry
from bookings.queries.obstacles import ANSWERED_LATER, edition_of, obstacles
from bookings.queries.openings import part_of_day
from bookings.queries.wish import Wish, wish_for
from clinic.models import Clinic, Practitioner


def wish_of_entry(entry: WaitingEntry, practitioner: Practitioner) -> Wish:
    return wish_for(entry.type, entry.location, people=[practitioner], not_after=entry.last_day)


def suits(entry: WaitingEntry, start: datetime) -> bool:
    """Whether a start is on a day and in a part of the day that the entry waits for, and earlier than what it has."""
    if entry.appointment and start >= entry.appointment.starts_at:
        return False
    local = start.astimezone(entry.location.zone)
    suits_day = not entry.weekdays or local.weekday() in entry.weekdays
    return suits_day and (not entry.parts or part_of_day(local) in entry.parts)


def may_have(entry: WaitingEntry, start: datetime, *, now: datetime) -> bool:
    """Whether no rule forbids the entry this place, which it neither gave up nor was offered before."""
    return (
        not was_offered(entry, start)
        and not was_given_up(entry, start)
        and not breaks_rules(entry, start, now=now)
        and not breaks_course(entry, start)
    )


def was_offered(entry: WaitingEntry, start: datetime) -> bool:
    """Whether this time, or a part of it, was offered to the entry before, with whomever: nobody is asked again."""
    length = entry.type.visit.duration
    return entry.offers.filter(starts_at__gt=start - length, starts_at__lt=start + length).exists()


def was_given_up(entry: WaitingEntry, start: datetime) -> bool:
    """Whether this person once cancelled, or moved away from, an appointment at this time or a part of it."""
    length = entry.type.visit.duration
    who = entry.patient
    # Whoever gave no address is told apart from others of the same name by the phone.
    reached = {"email__iexact": who.email} if who.email else {"email": "", "phone": who.phone}
    same_person = Patient.objects.filter(name__iexact=who.name, **reached)
    cancelled = Appointment.objects.filter(
        patient__in=same_person, state=State.CANCELLED, starts_at__lt=start + length, ends_at__gt=start
    )
    moves = Transition.objects.filter(appointment__patient__in=same_person, moved_from__lt=start + length)
    # A move keeps the length.
    left = moves.values_list("moved_from", "appointment__starts_at", "appointment__ends_at")
    return cancelled.exists() or any(was and was + (ends - starts) > start for was, starts, ends in left)


def breaks_rules(entry: WaitingEntry, start: datetime, *, now: datetime) -> bool:
    """Whether the answers ask for a later day, or the person is too young on that day."""
    if entry.appointment:
        return bool(set(obstacles(entry.appointment, now=now, start=start)) - ANSWERED_LATER)
    day = start.astimezone(entry.location.zone).date()
    not_before = entry.screening.not_before if entry.screening else None
    edition = edition_of(entry.treatment, Clinic.objects.current(), at=now)
    youngest = screening.minimum_age(edition.content) if edition else None
    born = entry.patient.birth_date
    too_young = bool(youngest and born and screening.age_on(born, day) < youngest)
    return too_young or bool(not_before and day < not_before)


def breaks_course(entry: WaitingEntry, start: datetime) -> bool:
    """Whether a session of a course would come too close to another one, or too far from it."""
    moved = entry.appointment
    if moved is None or moved.course is None:
        return False
    zone = entry.location.zone
    sessions = moved.course.appointments.filter(state__in=sorted(lifecycle.STANDING)).order_by("session_number")
    starts = [start if one.pk == moved.pk else one.starts_at for one in sessions]
    return bool(breaches([one.astimezone(zone).date() for one in starts], moved.course.gap))
