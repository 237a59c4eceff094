"""An action that fails at any of its writes leaves the database as it was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from bookings.actions.booking import keep_patient
from bookings.tests.actions.whole import (
    absences,
    answers,
    changes,
    courses,
    holds,
    messages,
    own_data,
    people,
    waiting_list,
)
from bookings.tests.actions.whole.case import Arguments, Case, cut_at_every_write
from bookings.tests.diary import CONTACT

pytestmark = pytest.mark.django_db
SUBJECTS = (holds, changes, waiting_list, courses, absences, answers, people, messages, own_data)
CASES: list[Case] = [case for subject in SUBJECTS for case in subject.CASES]


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("vera")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_whichever_write_fails_nothing_is_left_half_done(now: datetime, staff: User, case: Case) -> None:
    cut_at_every_write(case, now, staff)


# What the test above would say to actions that are not as they should be.


def two_patients(*, now: datetime) -> None:
    keep_patient(CONTACT, now=now)
    keep_patient(CONTACT, now=now)


def nothing(*, now: datetime) -> None:
    pass


def no_more(now: datetime, staff: User) -> Arguments:
    return {"now": now}


@pytest.mark.parametrize(
    ("action", "least_writes", "complaint"),
    [
        (two_patients, 2, "half done in .*Patient"),
        (nothing, 0, "it changed nothing"),
        (transaction.atomic(two_patients), 3, "2 writes instead of 3"),
    ],
)
def test_what_is_not_whole_is_found_out(
    now: datetime, staff: User, action: Callable[..., Any], least_writes: int, complaint: str
) -> None:
    with pytest.raises(AssertionError, match=complaint):
        cut_at_every_write(Case(action, no_more, least_writes), now, staff)
