"""A held set is kept, renewed, freed and booked as one."""

from datetime import timedelta

import pytest
import time_machine

from bookings.enums import State
from bookings.models import Appointment
from bookings.queries.courses import key_of
from bookings.tests.browser import Visitor
from bookings.tests.factories import TimeOffFactory
from bookings.tests.planned import Planned
from bookings.tests.views.course.shown import FOUR, days_shown
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_a_course_has_one_set_of_holds_in_whatever_browser(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).press("Hold these times")
    other = Visitor().get(planned.path())
    assert other.heading == "Do these times suit you?"
    assert days_shown(other) == days_shown(visitor) == FOUR
    other.press("Hold them for longer")
    assert Appointment.objects.held_by(key_of(planned.course)).count() == 4


def test_holds_are_held_for_longer_and_freed_by_a_button(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    visitor.get(planned.path()).press("Hold these times")
    clock.shift(4 * MINUTE)
    visitor.press("Hold them for longer")
    assert "until 09:14, Berlin time" in visitor.main.text
    clock.shift(30 * MINUTE)
    visitor.get(visitor.path)
    assert "they are no longer held" in visitor.main.text
    visitor.press("Hold them again")
    assert "until 09:44, Berlin time" in visitor.main.text
    visitor.press("Stop, and free the times")
    assert visitor.path == planned.consultation.patient_path()
    assert not planned.course.appointments.exists()


def test_a_set_that_ran_out_is_booked_while_it_is_free(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    visitor.get(planned.path()).press("Hold these times")
    clock.shift(30 * MINUTE)
    visitor.press("Book these 4 sessions")
    assert visitor.heading == "We have your request for these sessions"


@pytest.mark.parametrize("button", ["Book these 4 sessions", "Hold them for longer"])
def test_a_set_that_ran_out_and_lost_a_time_is_proposed_anew(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller, button: str
) -> None:
    visitor.get(planned.path()).press("Hold these times")
    clock.shift(30 * MINUTE)
    planned.diary.hold(planned.diary.at(8, 9), visitor="rival", now=planned.now + 30 * MINUTE)
    visitor.press(button)
    assert visitor.status == (409 if "Book" in button else 200)
    assert "One of these times is no longer free" in visitor.main.text
    assert not Appointment.objects.filter(course=planned.course).exclude(state=State.HELD).exists()
    # Coming back later, whatever is still held keeps its time, and the lost session gets another.
    visitor.get(planned.path())
    assert days_shown(visitor)[0] == FOUR[0]
    assert days_shown(visitor)[1] not in FOUR
    visitor.press("Hold these times").press("Book these 4 sessions")
    assert visitor.heading == "We have your request for these sessions"


def test_a_set_lost_to_time_off_is_proposed_anew(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    visitor.get(planned.path()).press("Hold these times")
    clock.shift(30 * MINUTE)
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=planned.diary.at(8, 8),
        ends_at=planned.diary.at(8, 18),
    )
    visitor.press("Book these 4 sessions")
    assert visitor.status == 409
    assert days_shown(visitor)[1] not in FOUR
    visitor.press("Hold these times").press("Book these 4 sessions")
    assert visitor.heading == "We have your request for these sessions"


def test_booking_twice_books_once(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).press("Hold these times")
    form, _button = visitor.main.form_with("Book these 4 sessions")
    sent = {"step": "book", "seen": [one.get("value") for one in form.all("input", name="seen")]}
    for _ in range(2):
        assert visitor.client.post(planned.path(), sent).status_code == 302
        assert planned.course.appointments.filter(state=State.REQUESTED).count() == 4


def test_nobody_books_a_set_they_have_not_seen(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).press("Hold these times")
    planned.hold(planned.on({1: 2, 2: 9, 3: 16, 4: 23}))
    visitor.press("Book these 4 sessions")
    assert visitor.status == 409
    assert "Something has changed meanwhile" in visitor.main.text
    assert days_shown(visitor)[0] == "Wednesday 9 December 2026, 10:00"
    visitor.press("Book these 4 sessions")
    assert visitor.heading == "We have your request for these sessions"


def test_too_many_open_requests_get_a_kind_page_and_the_times_stay_held(planned: Planned, visitor: Visitor) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    planned.diary.request(planned.diary.at(3, 15), visitor="ada")
    visitor.get(planned.path()).press("Hold these times").press("Book these 4 sessions")
    assert visitor.status == 409
    assert visitor.heading == "Some requests are still open"
    assert planned.course.appointments.filter(state=State.HELD).count() == 4
