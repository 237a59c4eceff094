"""A session that was given up is booked again between its neighbours."""

from datetime import timedelta

import pytest

from bookings.enums import State
from bookings.exceptions import OutOfPlan
from bookings.models import Appointment
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_missing_session_of_an_open_course_is_no_further_request(planned: Planned) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    sessions = planned.book()
    planned.cancel(sessions[1])
    [again] = planned.book()
    assert (again.session_number, again.state) == (2, State.REQUESTED)
    assert again.starts_at == sessions[1].starts_at


@pytest.mark.parametrize("days", [6, 12, 15])
def test_a_missing_session_keeps_its_distance_from_both_neighbours(planned: Planned, days: int) -> None:
    sessions = planned.book(planned.on({1: 1, 2: 10, 3: 18, 4: 28}))
    planned.cancel(sessions[1])
    with pytest.raises(OutOfPlan):
        planned.hold(planned.on({2: days}))
    assert planned.hold(planned.on({2: 8}))


def test_each_run_of_missing_sessions_is_whole(planned: Planned) -> None:
    first, second, _third, fourth = planned.book()
    for one in (first, second, fourth):
        planned.cancel(one)
    proposed = planned.proposed()
    assert sorted(proposed) == [1, 2, 4]
    with pytest.raises(OutOfPlan):
        planned.hold({2: proposed[2], 4: proposed[4]})
    assert planned.book({4: proposed[4]})
    assert [one.session_number for one in planned.book()] == [1, 2]


def test_a_held_session_whose_neighbour_moved_is_not_booked(planned: Planned) -> None:
    sessions = planned.book()
    planned.cancel(sessions[1])
    held = planned.hold()
    Appointment.objects.filter(pk=sessions[2].pk).update(
        starts_at=sessions[2].starts_at + 5 * DAY, ends_at=sessions[2].ends_at + 5 * DAY
    )
    before = bookings()
    with pytest.raises(OutOfPlan):
        planned.book_held(held)
    assert bookings() == before
