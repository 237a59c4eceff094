"""The patient hears of each change once, in the newest word."""

from datetime import datetime

import pytest

from bookings.actions.book import request_appointment
from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.lapse import lapse_unanswered
from bookings.actions.move import Move, move
from bookings.actions.offers import decline
from bookings.enums import Actor, MessageState, State
from bookings.models import Appointment, Message
from bookings.tests.actions.tell.staff_say import staff_say
from bookings.tests.actions.waiting import open_offers
from bookings.tests.actions.waiting import waiting as on_the_list
from bookings.tests.diary import BOOKING, Diary
from bookings.tests.messages import MINUTE, of, send_all, staff, waiting
from bookings.tests.planned import Planned

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("to", [State.CONFIRMED, State.DECLINED, State.CANCELLED])
def test_an_answer_takes_the_place_of_what_was_not_sent_yet(diary: Diary, asked: Appointment, to: State) -> None:
    staff_say(asked, to, diary.now + MINUTE)
    told = [kind for kind in waiting(of(asked)) if kind not in ("reminder", "aftercare", "check_in")]
    assert told == [to.value]
    assert waiting(staff(asked)) == []


def test_a_request_nobody_answered_says_so(diary: Diary, asked: Appointment) -> None:
    lapse_unanswered(now=asked.starts_at)
    assert waiting(of(asked)) == ["lapsed"]


def test_there_and_back_again_is_said_each_time(diary: Diary, asked: Appointment) -> None:
    staff_say(asked, State.CONFIRMED, diary.now)
    there, back = diary.at(4, 10), asked.starts_at
    for minute, start in enumerate([there, back, there], start=1):
        now = diary.now + minute * MINUTE
        send_all(of(asked), at=now)
        move(moves=[Move(asked, start)], actor=Actor.PATIENT, now=now)
    moved = of(asked).filter(kind="moved")
    assert [one.state for one in moved] == ["sent", "sent", "waiting"]
    assert len(set(moved.values_list("event", flat=True))) == 3


def test_moved_twice_before_anything_was_sent_it_is_said_once(diary: Diary, asked: Appointment) -> None:
    for hour in (11, 12):
        move(moves=[Move(asked, diary.at(3, hour))], actor=Actor.PATIENT, now=diary.now)
    assert waiting(of(asked)) == ["moved"]


def test_confirmed_at_once_there_is_one_word(diary: Diary) -> None:
    diary.type.auto_confirm = True
    diary.type.save()
    asked = diary.request(diary.at(3, 10))
    assert "requested" not in waiting(of(asked))
    assert waiting(of(asked))[0] == "confirmed"


def test_sending_a_request_twice_tells_once(diary: Diary) -> None:
    held = diary.hold(diary.at(3, 10))
    for _ in range(2):
        asked = request_appointment(reference=held.reference, visitor="visitor", booking=BOOKING, now=diary.now)
    assert waiting(of(asked)) == ["requested"]


def test_an_offered_place_is_told_and_what_is_gone_is_not(diary: Diary, asked: Appointment) -> None:
    entry = on_the_list(diary)
    cancel(appointment=asked, now=diary.now)
    [offer] = open_offers()
    [told] = Message.objects.filter(entry=entry)
    assert (told.kind, told.offer, told.patient, told.due_at) == ("place", offer, entry.patient, diary.now)
    decline(offer=offer, now=diary.now)
    told.refresh_from_db()
    assert told.state == MessageState.CANCELLED


def test_a_course_is_asked_for_in_one_word_and_confirmed_session_by_session(now: datetime) -> None:
    planned = Planned(now=now)
    sessions = planned.book()
    told = Message.objects.filter(appointment__in=sessions, kind__in=["requested", "staff_request"])
    assert sorted(told.values_list("kind", flat=True)) == ["requested", "staff_request"]
    planned.confirm(*sessions)
    confirmed = Message.objects.filter(appointment__in=sessions, kind="confirmed")
    # Each has its own calendar file, which can speak of one visit only.
    assert confirmed.count() == len(sessions)


def test_a_session_answered_first_leaves_the_word_about_the_course_to_the_others(now: datetime) -> None:
    planned = Planned(now=now)
    first, second, *_, last = planned.book()
    planned.confirm(first)
    told = Message.objects.filter(event__startswith="course ", state=MessageState.WAITING).order_by("kind")
    assert [(one.kind, one.appointment) for one in told] == [("requested", second), ("staff_request", second)]
    assert {one.not_after for one in told} == {second.starts_at}
    planned.confirm(*planned.course.appointments.exclude(pk__in=[first.pk, last.pk]))
    assert {one.appointment for one in told.all()} == {last}
    planned.confirm(last)
    assert not told.all().exists()


def test_confirmed_from_a_page_that_was_opened_before_a_move_the_new_time_is_told_and_planned(diary: Diary) -> None:
    asked = diary.request(diary.at(9, 10))
    opened_before = Appointment.objects.select_related("location", "patient", "type", "practitioner").get(pk=asked.pk)
    move(moves=[Move(asked, diary.at(15, 10))], actor=Actor.PATIENT, now=diary.now)
    staff_say(opened_before, State.CONFIRMED, diary.now + MINUTE)
    assert of(asked).get(kind="confirmed").not_after == diary.at(15, 10)
    assert of(asked).get(event__endswith="reminder:2d").due_at == diary.at(13, 10)


def test_a_session_given_up_after_the_one_before_it_is_due_again(now: datetime) -> None:
    planned = Planned(now=now)
    first, second, *_ = planned.book()
    planned.confirm(first, second)
    change_state(appointment=first, to=State.COMPLETED, actor=Actor.STAFF, now=first.ends_at)
    assert not Message.objects.filter(kind="next_session").exists()
    second.refresh_from_db()
    change_state(appointment=second, to=State.CANCELLED, actor=Actor.PATIENT, now=first.ends_at + MINUTE)
    assert Message.objects.get(kind="next_session").appointment == first
