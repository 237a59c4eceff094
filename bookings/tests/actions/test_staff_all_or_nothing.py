"""What staff do to an appointment or a patient is done whole or not at all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from bookings.actions.booking import keep_patient
from bookings.actions.merge import merge
from bookings.actions.phone import book_by_phone
from bookings.actions.plan import remove_course
from bookings.actions.undo import undo
from bookings.enums import State
from bookings.models import Course
from bookings.tests.actions.states import in_state
from bookings.tests.actions.test_all_or_nothing import PowerCut, failing_at
from bookings.tests.factories import CONTACT, Diary
from bookings.tests.rows import everything

pytestmark = pytest.mark.django_db
Case = Callable[[Diary, User], Callable[[], Any]]


def booking_by_phone(diary: Diary, staff: User) -> Callable[[], Any]:
    wish, start = diary.wish(by_staff=True), diary.at(1, 10)
    return lambda: book_by_phone(
        wish=wish, treatment=diary.treatment, start=start, patient=CONTACT, by=staff, now=diary.now
    )


def taking_back(diary: Diary, staff: User) -> Callable[[], Any]:
    cancelled = in_state(diary, State.CANCELLED)
    return lambda: undo(appointment=cancelled, now=diary.now, by=staff, reason="Pressed by mistake")


def merging(diary: Diary, staff: User) -> Callable[[], Any]:
    asked, keep = diary.request(diary.at(1, 10)), keep_patient(CONTACT, now=diary.now)
    return lambda: merge(keep=keep, gone=[asked.patient], by=staff)


def removing_a_course(diary: Diary, staff: User) -> Callable[[], Any]:
    course = Course.objects.create(
        consultation=in_state(diary, State.COMPLETED),
        treatment=diary.treatment,
        type=diary.type,
        phase="First course",
        sessions=2,
        gap_from=7,
        created_at=diary.now,
    )
    held = diary.hold(diary.at(2, 10), now=diary.now, minutes=0)
    held.course, held.session_number = course, 1
    held.save()
    return lambda: remove_course(course=course, now=diary.now)


@pytest.mark.parametrize(
    ("case", "least_writes"),
    [(booking_by_phone, 6), (taking_back, 3), (merging, 5), (removing_a_course, 3)],
    ids=["phone", "undo", "merge", "course"],
)
def test_whichever_write_fails_nothing_is_left_half_done(now: datetime, case: Case, least_writes: int) -> None:
    diary, staff = Diary(now=now, signed=False, least_notice_hours=0), User.objects.create_user("vera")
    act = case(diary, staff)
    before = everything()
    number, done = 0, False
    while not done:
        number += 1
        with failing_at(number) as writes:
            try:
                act()
                done = True
            except PowerCut:
                pass
        assert (everything() == before) is not done
    assert len(writes) == number - 1 >= least_writes
