"""What staff should see at a glance of many appointments: answers to review, questions to ask, calls to make."""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from bookings import lifecycle, screening
from bookings.models import Appointment, Message, Screening
from clinic.models import Clinic
from treatments.models import Edition


def flagged(appointments: QuerySet[Appointment], clinic: Clinic, *, at: datetime) -> QuerySet[Any]:
    """The appointments with `review` and `screening_due`, as `obstacles` finds them; both False once it is over.

    `to_call`: something is still to be told by phone, as no message reached the patient. One query for any number of
    appointments, and one for the questions of all treatments.
    """
    booked = Q(state__in=sorted(lifecycle.BOOKED))
    answers = Screening.objects.filter(appointment=OuterRef("pk"))
    waits = Case(When(needs_review=True, reviewed_at=None, then=Value(True)), default=Value(False))
    latest = answers.order_by("-answered_at", "-pk").values(waits=waits)[:1]
    is_due = booked & Q(treatment__in=asking(clinic, at=at)) & ~Q(session_number__gt=1) & ~Exists(answers)
    return appointments.annotate(
        review=Case(
            When(booked & Exists(answers), then=Subquery(latest)), default=Value(False), output_field=BooleanField()
        ),
        screening_due=Case(When(is_due, then=Value(True)), default=Value(False)),
        to_call=Exists(Message.objects.to_call(at=at).filter(appointment=OuterRef("pk"))),
    )


def asking(clinic: Clinic, *, at: datetime) -> list[int]:
    """The keys of the treatments that ask questions before a visit, by their editions in force."""
    editions = Edition.objects.in_force(
        language=clinic.default_language, at=at, demo=clinic.is_demo, prescription_only=True
    )
    rows = editions.values_list("treatment_id", "content__contraindications")
    return [key for key, found in rows if screening.questions({"contraindications": found})]
