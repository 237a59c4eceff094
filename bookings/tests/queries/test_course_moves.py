"""What moving one session does to the others."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.models import Appointment
from bookings.queries.course_moves import effect_of, moving_of
from bookings.queries.courses import Distance
from bookings.tests.factories import TimeOffFactory
from bookings.tests.planned import Planned
from clinic.models import Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(now: datetime) -> Planned:
    return Planned(now=now)


def test_moving_says_what_moves_along(planned: Planned) -> None:
    booked = planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    moving = moving_of(booked[1], planned.course, Clinic.objects.current(), now=planned.now)
    assert moving.before == booked[0]
    near = effect_of(moving, planned.diary.at(8, 12), planned.diary.practitioner)
    assert (near.broken, [one.number for one in near.moves]) == ([], [2])
    far = effect_of(moving, planned.diary.at(11, 10), planned.diary.practitioner)
    assert far.broken == [Distance(2, 3, 4)]
    assert [(one.number, one.start) for one in far.moves] == [
        (2, planned.diary.at(11, 10)),
        (3, planned.diary.at(18, 10)),
        (4, planned.diary.at(25, 10)),
    ]


def test_what_cannot_be_mended_moves_nothing(planned: Planned) -> None:
    booked = planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=planned.diary.at(16, 0),
        ends_at=planned.diary.at(90, 0),
    )
    moving = moving_of(booked[1], planned.course, Clinic.objects.current(), now=planned.now)
    found = effect_of(moving, planned.diary.at(11, 10), planned.diary.practitioner)
    assert (found.broken, found.moves) == ([Distance(2, 3, 4)], [])


def test_reading_what_a_move_does_takes_the_same_queries_for_any_length(planned: Planned) -> None:
    counts = []
    for sessions in (3, 8):
        planned.course.appointments.all().delete()
        planned.course.sessions = sessions
        planned.course.save()
        booked = planned.book()
        session = Appointment.objects.select_related("course__consultation", "type", "location").get(pk=booked[0].pk)
        assert session.course
        with CaptureQueriesContext(connection) as queries:
            moving = moving_of(session, session.course, Clinic.objects.current(), now=planned.now)
            assert effect_of(moving, planned.diary.at(2, 10), planned.diary.practitioner).moves
        counts.append(len(queries))
    assert counts[0] == counts[1]
