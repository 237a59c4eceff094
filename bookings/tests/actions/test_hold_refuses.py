"""Times that cannot be held, whatever is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bookings.exceptions import SlotTaken
from bookings.models import Appointment
from bookings.tests.diary import Diary
from bookings.tests.factories import AppointmentTypeFactory, TimeOffFactory, WorkingHoursFactory
from bookings.tests.rows import bookings
from clinic.tests.factories import LocationFactory, PractitionerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(lambda diary: diary.at(1, 8, 30), id="before the working hours"),
        pytest.param(lambda diary: diary.at(1, 17), id="after the working hours"),
        pytest.param(lambda diary: diary.at(1, 16, 45), id="ending after the working hours"),
        pytest.param(lambda diary: diary.at(5, 10), id="on a Saturday"),
        pytest.param(lambda diary: diary.at(1, 10, 7), id="off the step's grid"),
        pytest.param(lambda diary: diary.at(1, 10) + timedelta(seconds=1), id="off the grid by a second"),
        pytest.param(lambda diary: diary.at(-3, 10), id="in the past"),
        pytest.param(lambda diary: diary.at(0, 10, 30), id="with less than the least notice"),
        pytest.param(lambda diary: diary.at(63, 10), id="beyond the furthest day"),
    ],
)
def test_a_time_that_is_not_offered_cannot_be_held(diary: Diary, start: Callable[[Diary], datetime]) -> None:
    with pytest.raises(SlotTaken):
        diary.hold(start(diary))
    assert not Appointment.objects.exists()


def test_the_bounds_themselves_can_be_held(now: datetime) -> None:
    diary = Diary(now=now, signed=False, least_notice_hours=2, furthest_days=7)
    assert diary.hold(diary.at(0, 11))  # it is nine o'clock
    assert diary.hold(diary.at(7, 16, 30))
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(8, 9))


@pytest.mark.parametrize(("starts", "ends"), [(10, 11), (9, 17), (0, 24)])
def test_nothing_is_held_in_time_off(diary: Diary, starts: int, ends: int) -> None:
    midnight = diary.at(1, 0)
    TimeOffFactory(
        practitioner=diary.practitioner,
        starts_at=midnight + timedelta(hours=starts),
        ends_at=midnight + timedelta(hours=ends),
    )
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10, 30))


def test_a_visit_may_end_when_time_off_begins(diary: Diary) -> None:
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(1, 10), ends_at=diary.at(1, 12))
    assert diary.hold(diary.at(1, 9, 30), visitor="before")
    assert diary.hold(diary.at(1, 12), visitor="after")


def test_a_practitioner_who_left_cannot_be_booked(diary: Diary) -> None:
    diary.practitioner.is_active = False
    diary.practitioner.save()
    for chosen in (None, diary.practitioner):
        with pytest.raises(SlotTaken):
            diary.hold(diary.at(1, 10), practitioner=chosen)


def test_a_practitioner_who_does_not_do_this_cannot_be_booked(diary: Diary) -> None:
    other = PractitionerFactory()
    WorkingHoursFactory(practitioner=other, location=diary.location, weekday=1)
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10), practitioner=other)


def test_an_appointment_type_that_is_switched_off_cannot_be_held(diary: Diary) -> None:
    diary.type.is_active = False
    diary.type.save()
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10))


def test_nobody_is_booked_at_a_location_where_they_do_not_work(diary: Diary) -> None:
    dubai = LocationFactory(slug="dubai", time_zone="Asia/Dubai")
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10), location=dubai)


def test_a_type_limited_to_one_location_cannot_be_held_at_another(diary: Diary) -> None:
    diary.type.locations.set([LocationFactory(slug="dubai", time_zone="Asia/Dubai")])
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10))


def test_someone_busy_at_one_location_is_not_free_at_another(diary: Diary) -> None:
    other = LocationFactory(slug="other", time_zone="Europe/Berlin")
    WorkingHoursFactory(practitioner=diary.practitioner, location=other, weekday=1)
    diary.hold(diary.at(1, 10), visitor="here")
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10), visitor="there", location=other)


def test_a_refusal_changes_nothing(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    AppointmentTypeFactory(practitioners=diary.practitioners)
    diary.hold(diary.at(1, 9), visitor="forgotten", now=now - timedelta(hours=30), minutes=1)
    for visitor in ("one", "two"):
        diary.request(diary.at(1, 10), visitor=visitor)
    before = bookings()
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10), visitor="three")
    assert bookings() == before
