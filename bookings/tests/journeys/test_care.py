"""What surrounds a visit, on a phone, on paper and read aloud: before it, after it, and how somebody is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from bookings.enums import Kind, State
from bookings.models import Appointment, AppointmentType
from bookings.tests.journeys.axe import violations_by_day_and_night
from bookings.tests.journeys.steps import arrived_at
from bookings.tests.journeys.test_printing import sheets

pytestmark = pytest.mark.journey


def put(session: Appointment, *, hours: int, state: State) -> None:
    """As if it began that many hours from now, or so long ago."""
    session.starts_at = timezone.now() + timedelta(hours=hours)
    session.ends_at, session.state = session.starts_at + timedelta(hours=1), state
    session.save()


def test_it_is_told_and_asked_without_a_barrier_and_printed_on_two_sheets(phone: Page) -> None:
    trouble: list[str] = []

    def look() -> None:
        trouble.extend(violations_by_day_and_night(phone))
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360

    session = Appointment.objects.filter(patient__isnull=False, location__slug="berlin").earliest("pk")
    session.type = AppointmentType.objects.get(kind=Kind.SESSION)
    put(session, hours=30, state=State.CONFIRMED)
    phone.goto(session.patient_path())
    phone.get_by_role("link", name="Before and after your visit").click()
    arrived_at(phone, "Before and after your visit")
    look()
    assert sheets(phone) <= 2
    put(session, hours=-5, state=State.COMPLETED)
    phone.reload()
    look()
    assert sheets(phone) <= 2
    phone.get_by_role("link", name="Tell us how you are").click()
    phone.get_by_role("button", name="Send the answers").click()
    look()
    phone.get_by_label("Trouble breathing").check()
    phone.get_by_role("button", name="Send the answers").click()
    arrived_at(phone, "Call 112 now")
    look()
    assert not trouble, "\n".join(trouble)
