"""What hangs on a visit moves with it, and goes with it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.actions.outbox import plan_messages, take_back
from bookings.actions.undo import undo
from bookings.enums import Actor, Kind, MessageState, State
from bookings.models import Appointment, Consent, Message
from bookings.tests.after_visit import agree
from bookings.tests.answered import answered
from bookings.tests.factories import ConsentTextFactory, Diary
from bookings.tests.messages import MINUTE, due, of, send_all, waiting
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
REMINDERS = {"reminder:7d", "reminder:2d", "reminder:3h"}


@pytest.fixture
def diary(now: datetime) -> Diary:
    """Monday 7 December 2026, nine in the morning in Berlin; the page has preparation and aftercare."""
    diary = Diary(now=now, kind=Kind.SESSION)
    diary.treatment.needs_consultation = False
    diary.treatment.save()
    return diary


@pytest.fixture
def confirmed(diary: Diary) -> Appointment:
    """In nine days, on a Wednesday at ten, for half an hour."""
    asked = diary.request(diary.at(9, 10))
    answered(asked)
    agree(asked)
    return change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in Berlin."""
    return datetime(2026, 12, day, hour, minute)  # noqa: DTZ001


def test_a_request_has_nothing_hanging_on_it(diary: Diary) -> None:
    assert due(diary.request(diary.at(9, 10))) == {}


def test_a_confirmed_visit_is_reminded_of_and_followed_up(confirmed: Appointment) -> None:
    planned = due(confirmed)
    assert planned["reminder:7d"] == local(9, 10)
    assert planned["reminder:2d"] == local(14, 10)
    assert planned["reminder:3h"] == local(16, 7), "in the quiet hours, but about today"
    assert planned["aftercare"] == local(16, 11, 30), "an hour for staff to note the true end"
    assert planned["check_in"] == local(17, 10, 30)


def test_whoever_never_agreed_to_the_use_of_their_data_is_not_asked_how_they_are(
    diary: Diary, confirmed: Appointment
) -> None:
    ConsentTextFactory(text="Another text.")
    plan_messages(confirmed, now=diary.now)
    assert "check_in" in due(confirmed), "they agreed to the text of their day"
    Consent.objects.all().delete()
    plan_messages(confirmed, now=diary.now)
    assert {"aftercare", "reminder:2d"} <= set(due(confirmed))
    assert "check_in" not in due(confirmed)


def test_moving_moves_what_hangs_on_it_in_new_rows(diary: Diary, confirmed: Appointment) -> None:
    before = set(of(confirmed).filter(state=MessageState.WAITING).values_list("pk", flat=True))
    move(moves=[Move(confirmed, diary.at(10, 14))], actor=Actor.PATIENT, now=diary.now + MINUTE)
    confirmed.refresh_from_db()
    assert due(confirmed)["reminder:2d"] == local(15, 14)
    assert due(confirmed)["aftercare"] == local(17, 15, 30)
    assert not Message.objects.filter(pk__in=before, state=MessageState.WAITING).exists()


def test_there_and_back_again_each_reminder_is_there_once(diary: Diary, confirmed: Appointment) -> None:
    planned = due(confirmed)
    for minute, start in enumerate([diary.at(10, 14), diary.at(9, 10)], start=1):
        move(moves=[Move(confirmed, start)], actor=Actor.PATIENT, now=diary.now + minute * MINUTE)
    confirmed.refresh_from_db()
    assert due(confirmed) == planned


def test_moved_into_the_coming_days_the_reminders_that_are_past_are_left_out(
    diary: Diary, confirmed: Appointment
) -> None:
    move(moves=[Move(confirmed, diary.at(1, 14))], actor=Actor.PATIENT, now=diary.now + MINUTE)
    confirmed.refresh_from_db()
    assert REMINDERS & set(due(confirmed)) == {"reminder:3h"}


@pytest.mark.parametrize("by", ["patient", "staff", "no_show"])
def test_cancelled_or_missed_nothing_goes_out_any_more(diary: Diary, confirmed: Appointment, by: str) -> None:
    if by == "patient":
        cancel(appointment=confirmed, now=diary.now)
    else:
        to = State.CANCELLED if by == "staff" else State.NO_SHOW
        change_state(appointment=confirmed, to=to, actor=Actor.STAFF, now=diary.at(9, 12))
    assert due(confirmed) == {}


def test_taken_back_the_cancelling_brings_the_reminders_back(diary: Diary, confirmed: Appointment) -> None:
    planned = due(confirmed)
    change_state(appointment=confirmed, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    undo(appointment=confirmed, now=diary.now + MINUTE, by=User.objects.create_user("vera"), reason="Wrong line")
    assert due(confirmed) == planned


def test_what_was_said_is_not_said_again(diary: Diary, confirmed: Appointment) -> None:
    send_all(of(confirmed), at=diary.at(8, 0))
    sent = of(confirmed).filter(state=MessageState.SENT).count()
    plan_messages(confirmed, now=diary.at(8, 0))
    assert REMINDERS & set(due(confirmed)) == {"reminder:3h"}
    assert of(confirmed).filter(state=MessageState.SENT).count() == sent
    assert of(confirmed).filter(event__endswith="reminder:7d").count() == 1


@pytest.mark.parametrize(
    ("minutes", "over"), [(-10, local(16, 10, 20)), (40, local(16, 11, 10)), (90, local(16, 10, 30))]
)
def test_aftercare_follows_the_true_end_unless_it_was_noted_much_later(
    diary: Diary, confirmed: Appointment, minutes: int, over: datetime
) -> None:
    noted_at = confirmed.ends_at + timedelta(minutes=minutes)
    change_state(appointment=confirmed, to=State.ARRIVED, actor=Actor.STAFF, now=diary.at(9, 10))
    change_state(appointment=confirmed, to=State.COMPLETED, actor=Actor.STAFF, now=noted_at)
    expected = max(over, noted_at.astimezone(confirmed.location.zone).replace(tzinfo=None))
    assert due(confirmed)["aftercare"] == expected
    assert due(confirmed)["check_in"] == over + timedelta(days=1)


def test_aftercare_that_went_out_is_not_sent_again_at_the_true_end(diary: Diary, confirmed: Appointment) -> None:
    send_all(of(confirmed), at=diary.at(9, 11, 30))
    change_state(appointment=confirmed, to=State.COMPLETED, actor=Actor.STAFF, now=diary.at(9, 11, 40))
    assert of(confirmed).filter(event__endswith="aftercare").count() == 1


def test_one_that_is_being_sent_for_the_old_time_does_not_stand_in_the_way(
    diary: Diary, confirmed: Appointment
) -> None:
    row = of(confirmed).get(event__endswith="reminder:7d")
    row.state, row.lease, row.leased_until = MessageState.LEASED, "worker", diary.now + MINUTE
    row.save()
    move(moves=[Move(confirmed, diary.at(10, 14))], actor=Actor.PATIENT, now=diary.now + MINUTE)
    row.refresh_from_db()
    assert (row.state, row.lease) == (MessageState.CANCELLED, "")
    confirmed.refresh_from_db()
    assert due(confirmed)["reminder:7d"] == local(10, 14)


def test_the_clinic_says_which_reminders_there_are(diary: Diary) -> None:
    Clinic.objects.update(reminders="1d", check_in_hours=None)
    asked = diary.request(diary.at(9, 10))
    answered(asked)
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert set(due(asked)) & REMINDERS == set()
    assert due(asked)["reminder:1d"] == local(15, 10)
    assert "check_in" not in due(asked)


def test_what_a_worker_has_is_not_taken_back(diary: Diary, confirmed: Appointment) -> None:
    row = of(confirmed).get(kind="confirmed")
    row.state, row.lease, row.leased_until = MessageState.LEASED, "worker", diary.now + MINUTE
    row.save()
    take_back(of(confirmed))
    row.refresh_from_db()
    assert row.state == MessageState.LEASED
    assert waiting(of(confirmed)) == []


@pytest.mark.parametrize("count", [0, 30])
def test_planning_costs_the_same_however_many_messages_there_are(
    diary: Diary, confirmed: Appointment, count: int, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    Message.objects.bulk_create(
        Message(
            kind="reminder",
            event=f"other {number}",
            channel="email",
            language="en",
            patient=confirmed.patient,
            due_at=diary.now,
            created_at=diary.now,
        )
        for number in range(count)
    )
    with django_assert_max_num_queries(20):
        plan_messages(confirmed, now=diary.now + MINUTE)


def test_a_consultation_is_reminded_of_and_leaves_nothing_to_look_after(now: datetime) -> None:
    diary = Diary(now=now)
    asked = diary.request(diary.at(9, 10))
    answered(asked)
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert set(due(asked)) == REMINDERS
