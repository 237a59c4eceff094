"""A clinic of twenty practitioners with as many appointments in its tables as a case wants."""

from datetime import date, datetime, time, timedelta
from itertools import islice

from bookings.enums import State
from bookings.models import Appointment, Claim, Patient
from bookings.tests.diary import Diary

PEOPLE = 20
BATCH = 5_000
A_DAY = 10  # appointments of one practitioner on one working day


def clinic(now: datetime) -> Diary:
    """Twenty people, weekdays from nine to five, 45 minutes with buffers every 30 minutes, three rooms a person."""
    return Diary(now=now, people=PEOPLE, minutes=30, buffer_before=5, buffer_after=5, step=30, furthest_days=90)


def fill(diary: Diary, count: int, *, last: date) -> None:
    """`count` confirmed appointments, ten a person and working day, backwards from the day `last`."""
    patient = Patient.objects.create(
        name="Ada Example", email="ada@example.com", phone="+4915112345678", language="en", created_at=diary.now
    )
    places = slots(diary, last)
    while count > 0:
        batch = list(islice(places, min(BATCH, count)))
        count -= len(batch)
        made = Appointment.objects.bulk_create(
            Appointment(
                visitor="benchmark",
                state=State.CONFIRMED,
                patient=patient,
                requested_at=diary.now,
                type=diary.type,
                treatment=diary.treatment,
                practitioner_id=owner,
                location=diary.location,
                starts_at=start,
                ends_at=start + diary.type.visit.duration,
            )
            for owner, start in batch
        )
        Claim.objects.bulk_create(claim_of(diary, one) for one in made)


def claim_of(diary: Diary, one: Appointment) -> Claim:
    span = diary.type.visit.claim(one.starts_at)
    return Claim(appointment=one, practitioner_id=one.practitioner_id, starts_at=span.start, ends_at=span.end)


def slots(diary: Diary, last: date):
    """Owners and starts, day by day backwards: every 45 minutes from nine."""
    day = last
    while True:
        if day.weekday() < 5:
            nine = datetime.combine(day, time(9), tzinfo=diary.location.zone)
            for person in diary.practitioners:
                for nth in range(A_DAY):
                    yield person.pk, nine + nth * timedelta(minutes=45)
        day -= timedelta(days=1)
