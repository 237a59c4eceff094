"""The demonstration is a clinic like any other, made by the same actions."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from bookings import demo
from bookings.availability.courses import Gap
from bookings.enums import Kind, Rule, State
from bookings.exceptions import SlotTaken
from bookings.models import Appointment, AppointmentType, Claim, Closure, Course, Patient, WorkingHours
from bookings.queries.obstacles import obstacles
from bookings.queries.wish import bounds, wish_for
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.rows import everything
from clinic.models import Clinic
from treatments.models import Edition, Treatment
from treatments.tests.factories import TreatmentFactory

pytestmark = pytest.mark.django_db


def test_it_is_a_clinic_with_signed_pages_and_requests_to_answer(now: datetime) -> None:
    demo.load(now=now)
    clinic = Clinic.objects.current()
    assert clinic.is_demo
    editions = Edition.objects.in_force(language="en", at=now, demo=True, prescription_only=True)
    assert {edition.treatment for edition in editions} == set(Treatment.objects.all())
    assert not Edition.objects.in_force(language="en", at=now, demo=False, prescription_only=True)
    coming = Appointment.objects.filter(starts_at__gt=now)
    assert sorted(one.state for one in coming) == sorted([State.REQUESTED] * 3 + [State.CONFIRMED] * 2)
    for appointment in coming:
        earliest, latest = bounds(wish_for(appointment.type, appointment.location), now)
        assert earliest <= appointment.starts_at <= latest
        assert appointment.requested_at <= now
        assert appointment.claims.count() == 1
        assert {consent.kind for consent in appointment.consents.all()} == {"data", "terms"}
    assert {patient.email.partition("@")[2] for patient in Patient.objects.all()} == {"nilufar.example"}

    # And it can be booked at once, in both places.
    with time_machine.travel(now, tick=False):
        visitor = Visitor()
        visitor.get("/en/book/").follow("Pigmentation").passes_the_questions().follow("Berlin")
        visitor.press(visitor.main.all("button", class_="slot")[0].text)
        visitor.press("Continue", **TYPED).press("Ask for this appointment")
        assert visitor.heading == "We have your request"
    assert coming.all().count() == 6
    assert Appointment.objects.count() == Claim.objects.count() == 7


def test_a_course_was_planned_at_a_consultation_and_can_be_booked(now: datetime) -> None:
    demo.load(now=now)
    course = Course.objects.get()
    assert course.consultation.state == State.COMPLETED
    assert course.consultation.ends_at < now
    assert (course.sessions, course.gap) == (4, Gap(7, 10, "day"))
    with time_machine.travel(now, tick=False):
        visitor = Visitor().get(course.consultation.patient_path()).follow("Choose times for your sessions")
        visitor.press("Continue", agree_treatment="on").press("Hold these times").press("Book these 4 sessions")
        assert visitor.heading == "We have your request for these sessions"
    assert course.appointments.count() == 4


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 2, 26, 22, 30, tzinfo=UTC),  # Saturday already in Dubai
        datetime(2027, 3, 27, 23, 59, tzinfo=UTC),  # the night of a clock change
    ],
)
def test_it_can_be_made_at_any_time(now: datetime) -> None:
    demo.load(now=now)
    assert Appointment.objects.filter(starts_at__gt=now).count() == 5


def test_its_diary_has_rooms_breaks_alternating_weeks_and_public_holidays(now: datetime) -> None:
    demo.load(now=now)
    session = AppointmentType.objects.get(kind=Kind.SESSION)
    for place, rooms in (("berlin", 2), ("dubai", 1)):
        kinds = session.resource_kinds.filter(resources__location__slug=place, resources__is_active=True)
        assert kinds.count() == rooms
    hours = WorkingHours.objects
    assert hours.exclude(break_starts=None).exists()
    # No two rows of one person and day: what used to be split is a break.
    assert hours.count() == hours.values("practitioner", "location", "weekday").distinct().count()
    assert {row.practitioner.slug for row in hours.filter(every=2)} == {"jonas-weidner"}
    christmas = Closure.objects.get(location__slug="berlin", first_day=date(2026, 12, 25))
    assert (christmas.name, christmas.last_day, christmas.starts) == (
        "Christmas Day",
        date(2026, 12, 25),
        None,
    )
    # The eighth of March is a holiday of Berlin, not of all Germany.
    assert Closure.objects.filter(location__slug="berlin", first_day=date(2027, 3, 8)).exists()
    assert Closure.objects.filter(location__slug="dubai").exists()


def test_its_patients_have_answered_and_one_waits_for_review(now: datetime) -> None:
    demo.load(now=now)
    found = {asked.patient.name: obstacles(asked, now=now) for asked in Appointment.objects.all()}
    assert found.pop("نرگس رضایی") == [Rule.REVIEW]
    assert len(found) == 5
    assert not any(found.values())


def test_a_database_with_treatments_is_left_alone(now: datetime) -> None:
    TreatmentFactory()
    before = everything()
    demo.load(now=now)
    assert everything() == before


def test_it_is_made_whole_or_not_at_all(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**values: object) -> None:
        raise SlotTaken

    before = everything()
    monkeypatch.setattr(demo, "request_appointment", fail)
    with pytest.raises(SlotTaken):
        demo.load(now=now)
    assert everything() == before
