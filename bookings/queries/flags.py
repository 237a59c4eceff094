"""What staff should see at a glance of many appointments: answers to review, questions to ask, calls to make."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate

from bookings import lifecycle, screening
from bookings.models import Appointment, Message, Screening
from clinic.models import Clinic, Location
from treatments.models import Edition


def flagged(appointments: QuerySet[Appointment], clinic: Clinic, *, at: datetime) -> QuerySet[Any]:
    """The appointments with `review`, `screening_due`, `too_early`, as `obstacles` finds them; False once it is over.

    `to_call`: something is still to be told by phone, as no message reached the patient. One query for any number of
    appointments, and one each for the questions of all treatments and the zones of all places.
    """
    booked = Q(state__in=sorted(lifecycle.BOOKED))
    answers = Screening.objects.filter(appointment=OuterRef("pk"))
    waits = Case(When(needs_review=True, reviewed_at=None, then=Value(True)), default=Value(False))
    latest = answers.order_by("-answered_at", "-pk")
    is_due = booked & Q(treatment__in=asking(clinic, at=at)) & ~Q(session_number__gt=1) & ~Exists(answers)
    waiting = appointments.alias(wait_until=Subquery(latest.values("not_before")[:1]), day=local_day())
    return waiting.annotate(
        review=Case(
            When(booked & Exists(answers), then=Subquery(latest.values(waits=waits)[:1])),
            default=Value(False),
            output_field=BooleanField(),
        ),
        too_early=Case(When(booked & Q(wait_until__gt=F("day")), then=Value(True)), default=Value(False)),
        screening_due=Case(When(is_due, then=Value(True)), default=Value(False)),
        to_call=Exists(Message.objects.to_call(at=at).filter(appointment=OuterRef("pk"))),
    )


def local_day() -> Case:
    """The day of an appointment by the calendar of its location."""
    zones = set(Location.objects.values_list("time_zone", flat=True))
    days = [When(location__time_zone=zone, then=TruncDate("starts_at", tzinfo=ZoneInfo(zone))) for zone in zones]
    return Case(*days, output_field=DateField())


def asking(clinic: Clinic, *, at: datetime) -> list[int]:
    """The keys of the treatments that ask questions before a visit, by their editions in force."""
    editions = Edition.objects.in_force(
        language=clinic.default_language, at=at, demo=clinic.is_demo, prescription_only=True
    )
    rows = editions.values_list("treatment_id", "content__contraindications")
    return [key for key, found in rows if screening.questions({"contraindications": found})]
