"""What is typed to plan a course, and who types it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from bookings.models import Appointment
from bookings.tests.admin.staff import member, press
from treatments.models import Treatment
from treatments.tests.factories import SessionPhaseFactory
from treatments.tests.pages import sign_draft

PLAN = {"phase": "First course", "sessions": "4", "gap_from": "7", "gap_to": "10", "gap_unit": "day"}


def planner() -> User:
    return member(
        "view_appointment", "change_appointment", "view_patient", "add_course", "change_course", "delete_course"
    )


def plan(client: Client, consultation: Appointment, **typed: Any) -> str:
    return press(client, consultation, "plan", **{**PLAN, **typed}).content.decode()


def phase_of(treatment: Treatment, now: datetime, **values: Any) -> None:
    SessionPhaseFactory(treatment=treatment, **values)
    sign_draft(treatment, now=now)
