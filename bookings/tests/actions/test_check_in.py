"""What a patient says after a visit is kept sealed; a sign asks for a call that only staff take off the list."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, transaction

from bookings.actions.check_in import answer_check_in, note_call
from bookings.care.check_in import Answers
from bookings.enums import Feeling, State
from bookings.exceptions import ChangedMeanwhile
from bookings.models import AnswersRead, Appointment, CheckIn
from bookings.queries.care_pages import answers_of
from bookings.tests.after_visit import BREATH, FINE, LUMP, WORSE, visited
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now, signed=False)


@pytest.fixture
def visit(diary: Diary) -> Appointment:
    return visited(diary)


@pytest.fixture
def vera(db: None) -> User:
    return User.objects.create_user("vera")


def say(visit: Appointment, answers: Answers, at: datetime) -> CheckIn:
    return answer_check_in(appointment=visit, answers=answers, now=at)


def test_a_sign_asks_for_a_call_and_nothing_of_it_can_be_read_in_the_database(
    visit: Appointment, now: datetime
) -> None:
    kept = say(visit, Answers((LUMP,)), now)
    assert (kept.needs_call, kept.answered_at, kept.called_at) == (True, now, None)
    assert answers_of(kept) == Answers((LUMP,))
    assert not {"lump", "pus", "clinic"} & set(kept.answers.lower().split())
    assert list(CheckIn.objects.to_call()) == [kept]


@pytest.mark.parametrize("answers", [FINE, WORSE])
def test_without_a_sign_nobody_has_to_call(visit: Appointment, now: datetime, answers: Answers) -> None:
    say(visit, answers, now)
    assert not CheckIn.objects.to_call().exists()


def test_answered_twice_the_worse_stays_and_keeps_its_place(diary: Diary, visit: Appointment, now: datetime) -> None:
    say(visit, Answers((LUMP,), Feeling.WORSE), now)
    other = say(visited(diary, visitor="b"), Answers((LUMP,)), now + HOUR)
    kept = say(visit, FINE, now + 2 * HOUR)
    assert answers_of(kept) == Answers((LUMP,), Feeling.WORSE)
    kept = say(visit, Answers((BREATH,)), now + 3 * HOUR)
    assert answers_of(kept) == Answers((LUMP, BREATH), Feeling.WORSE)
    assert list(CheckIn.objects.to_call()) == [kept, other]
    assert CheckIn.objects.count() == 2


def test_a_sign_may_be_added_later_and_waits_from_then(visit: Appointment, now: datetime) -> None:
    say(visit, FINE, now)
    kept = say(visit, Answers((LUMP,)), now + HOUR)
    assert (kept.needs_call, kept.answered_at) == (True, now + HOUR)


def test_the_same_answer_sent_twice_writes_once(visit: Appointment, now: datetime) -> None:
    first = say(visit, Answers((LUMP,)), now)
    second = say(visit, Answers((LUMP,)), now + HOUR)
    assert (first.pk, first.answers, first.answered_at) == (second.pk, second.answers, second.answered_at)


def test_called_it_leaves_the_list_and_is_noted_once(visit: Appointment, now: datetime, vera: User) -> None:
    kept = say(visit, Answers((LUMP,)), now)
    note_call(check_in=kept, seen=kept.fingerprint, by=vera, now=now + HOUR)
    note_call(check_in=kept, seen=kept.fingerprint, by=User.objects.create_user("other"), now=now + 2 * HOUR)
    kept.refresh_from_db()
    assert (kept.called_at, kept.called_by) == (now + HOUR, vera)
    assert not CheckIn.objects.to_call().exists()


def test_a_new_sign_after_the_call_asks_for_another(visit: Appointment, now: datetime, vera: User) -> None:
    kept = say(visit, Answers((LUMP,)), now)
    note_call(check_in=kept, seen=kept.fingerprint, by=vera, now=now + HOUR)
    kept = say(visit, FINE, now + 2 * HOUR)
    assert (answers_of(kept), kept.called_at) == (FINE, now + HOUR)
    kept = say(visit, Answers((BREATH,)), now + 3 * HOUR)
    assert list(CheckIn.objects.to_call()) == [kept]
    assert (kept.called_at, kept.called_by, kept.answered_at) == (None, None, now + 3 * HOUR)


def test_a_call_about_answers_that_staff_have_not_seen_is_not_noted(
    visit: Appointment, now: datetime, vera: User
) -> None:
    seen = say(visit, Answers((LUMP,)), now).fingerprint
    kept = say(visit, Answers((BREATH,)), now + HOUR)
    with pytest.raises(ChangedMeanwhile):
        note_call(check_in=kept, seen=seen, by=vera, now=now + HOUR)
    assert list(CheckIn.objects.to_call()) == [kept]


def test_a_call_that_nobody_asked_for_is_not_noted(visit: Appointment, now: datetime, vera: User) -> None:
    kept = say(visit, FINE, now)
    note_call(check_in=kept, seen=kept.fingerprint, by=vera, now=now)
    kept.refresh_from_db()
    assert kept.called_at is None


@pytest.mark.parametrize(
    ("changes", "late"),
    [
        ({"state": State.NO_SHOW}, timedelta(0)),
        ({"state": State.CANCELLED}, timedelta(0)),
        ({}, timedelta(days=14)),
        ({}, -3 * HOUR - timedelta(seconds=1)),
    ],
)
def test_nobody_answers_about_what_did_not_take_place_or_before_or_long_after_it(
    visit: Appointment, now: datetime, changes: dict[str, Any], late: timedelta
) -> None:
    Appointment.objects.filter(pk=visit.pk).update(**changes)
    with pytest.raises(ChangedMeanwhile):
        say(visit, Answers((LUMP,)), now + late)
    assert not CheckIn.objects.exists()


def test_answers_that_no_key_opens_keep_their_call(visit: Appointment, now: datetime, settings: Any) -> None:
    say(visit, Answers((LUMP,)), now)
    settings.HEALTH_KEYS = [Fernet.generate_key().decode()]
    kept = say(visit, FINE, now + HOUR)
    assert (answers_of(kept), kept.needs_call, kept.answered_at) == (FINE, True, now)


def test_what_fails_half_way_keeps_nothing(visit: Appointment, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    say(visit, FINE, now)
    save = CheckIn.save

    def fails_after(self: CheckIn, **values: Any) -> None:
        save(self, **values)
        raise DatabaseError("the connection was lost")

    monkeypatch.setattr(CheckIn, "save", fails_after)
    with pytest.raises(DatabaseError):
        say(visit, Answers((LUMP,)), now + HOUR)
    assert answers_of(CheckIn.objects.get()) == FINE


def test_a_line_of_the_log_is_about_one_of_both(visit: Appointment, now: datetime, vera: User) -> None:
    kept = say(visit, FINE, now)
    assert AnswersRead.objects.create(check_in=kept, user=vera, at=now).appointment == visit
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswersRead.objects.create(user=vera, at=now)
