"""The way to another time of a session."""

from datetime import datetime, timedelta

from django.urls import reverse

from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import Visitor
from bookings.tests.planned import Planned
from bookings.views.link import token_of

DAY = timedelta(days=1)


def session(planned: Planned, number: int) -> Appointment:
    return planned.course.appointments.select_related("location", "course").get(session_number=number)


def move_path(planned: Planned, number: int) -> str:
    return reverse("bookings:course_move", args=[token_of(session(planned, number))]).replace("/de/", "/en/")


def days_of(planned: Planned) -> list[int]:
    starts = planned.course.appointments.order_by("session_number").values_list("starts_at", flat=True)
    return [(start - planned.diary.at(0, 10)).days for start in starts]


def choose(visitor: Visitor, planned: Planned, number: int, start: datetime, **more: str) -> Visitor:
    path = move_path(planned, number)
    return visitor.arrive(visitor.client.post(path, {"start": instant(start), **more}, follow=True), path)
