"""Who is told what of each change, and when."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from bookings.actions.book import request_appointment
from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.lapse import lapse_unanswered
from bookings.actions.move import Move, move
from bookings.actions.offers import decline
from bookings.actions.outbox import end_calls
from bookings.actions.undo import undo
from bookings.enums import Actor, Channel, MessageKind, MessageState, State
from bookings.models import Appointment, Message
from bookings.tests.actions.waiting import open_offers
from bookings.tests.actions.waiting import waiting as on_the_list
from bookings.tests.factories import BOOKING, CONTACT, ClosureFactory, Diary
from bookings.tests.messages import MINUTE, of, send_all, staff, waiting
from bookings.tests.planned import Planned
from clinic.models import Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    """Monday 7 December 2026, nine in the morning in Berlin."""
    return Diary(now=now, signed=False, least_notice_hours=0)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """On Thursday at ten."""
    return diary.request(diary.at(3, 10))


def answer(appointment: Appointment, to: State, now: datetime, **values: object) -> Appointment:
    return change_state(appointment=appointment, to=to, actor=Actor.STAFF, now=now, **values)  # type: ignore[arg-type]


def test_a_request_is_acknowledged_at_once_and_the_clinic_hears_of_it(diary: Diary, asked: Appointment) -> None:
    [told] = of(asked)
    assert (told.kind, told.due_at, told.not_after) == (MessageKind.REQUESTED, diary.now, asked.starts_at)
    assert (told.patient, told.channel, told.language) == (asked.patient, Channel.EMAIL, "en")
    new, late = staff(asked)
    assert (new.kind, new.due_at, new.patient, new.practitioner) == ("staff_request", diary.now, None, None)
    assert (late.kind, late.due_at) == ("staff_waiting", diary.now + timedelta(days=1))


def test_a_request_kept_waiting_over_a_closed_day_and_a_weekend_is_late_after_them(diary: Diary) -> None:
    ClosureFactory(location=diary.location, first_day=diary.at(1, 0).date(), last_day=diary.at(4, 0).date())
    asked = diary.request(diary.at(9, 10))
    assert staff(asked).get(kind="staff_waiting").due_at == diary.at(7, 9)


@pytest.mark.parametrize("to", [State.CONFIRMED, State.DECLINED, State.CANCELLED])
def test_an_answer_takes_the_place_of_what_was_not_sent_yet(diary: Diary, asked: Appointment, to: State) -> None:
    answer(asked, to, diary.now + MINUTE)
    told = [kind for kind in waiting(of(asked)) if kind not in ("reminder", "aftercare", "check_in")]
    assert told == [to.value]
    assert waiting(staff(asked)) == []


def test_a_request_nobody_answered_says_so(diary: Diary, asked: Appointment) -> None:
    lapse_unanswered(now=asked.starts_at)
    assert waiting(of(asked)) == ["lapsed"]


def test_what_staff_decide_at_night_is_said_in_the_morning(diary: Diary, asked: Appointment) -> None:
    answer(asked, State.CONFIRMED, diary.at(0, 22))
    assert of(asked).get(kind="confirmed").due_at == diary.at(1, 8)


def test_what_is_about_today_is_said_at_once(diary: Diary, asked: Appointment) -> None:
    answer(asked, State.CANCELLED, diary.at(3, 6))
    assert of(asked).get(kind="cancelled").due_at == diary.at(3, 6)


def test_what_the_patient_does_at_night_is_answered_at_once(diary: Diary, asked: Appointment) -> None:
    cancel(appointment=asked, now=diary.at(0, 23))
    assert of(asked).get(kind="cancelled").due_at == diary.at(0, 23)


def test_there_and_back_again_is_said_each_time(diary: Diary, asked: Appointment) -> None:
    answer(asked, State.CONFIRMED, diary.now)
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


def test_a_step_taken_back_before_it_was_said_is_no_news(diary: Diary, asked: Appointment) -> None:
    vera = User.objects.create_user("vera")
    send_all(of(asked), at=diary.now)
    answer(asked, State.DECLINED, diary.now)
    undo(appointment=asked, now=diary.now + MINUTE, by=vera, reason="Wrong line")
    assert waiting(of(asked)) == []
    assert waiting(staff(asked)) == ["staff_waiting"]


def test_a_step_taken_back_after_it_was_said_is_put_right(diary: Diary, asked: Appointment) -> None:
    vera = User.objects.create_user("vera")
    answer(asked, State.CONFIRMED, diary.now)
    answer(asked, State.CANCELLED, diary.now + MINUTE)
    send_all(of(asked), at=diary.now + MINUTE)
    undo(appointment=asked, now=diary.now + 2 * MINUTE, by=vera, reason="Wrong line")
    assert waiting(of(asked))[0] == "confirmed"


def test_that_somebody_came_after_all_is_no_news_to_them(diary: Diary, asked: Appointment) -> None:
    vera = User.objects.create_user("vera")
    answer(asked, State.CONFIRMED, diary.now)
    move(moves=[Move(asked, diary.at(3, 11))], actor=Actor.STAFF, now=diary.now)
    send_all(of(asked), at=diary.now)
    answer(asked, State.NO_SHOW, diary.at(3, 12))
    undo(appointment=asked, now=diary.at(3, 12), by=vera, reason="She was in the other room")
    assert [kind for kind in waiting(of(asked)) if kind in ("confirmed", "moved")] == []


def test_whoever_wishes_for_calls_is_called_about_what_staff_did_and_nothing_else(diary: Diary) -> None:
    by_phone = replace(BOOKING, contact=replace(CONTACT, channel=Channel.PHONE))
    asked = diary.request(diary.at(3, 10), booking=by_phone)
    assert list(of(asked)) == []
    answer(asked, State.CONFIRMED, diary.now)
    [told] = of(asked)
    assert (told.kind, told.channel) == ("confirmed", Channel.PHONE)
    assert list(Message.objects.to_call(at=diary.now)) == [told]
    assert told not in Message.objects.ready(at=diary.at(3, 0))


def test_text_messages_need_a_gateway(diary: Diary, settings: object) -> None:
    by_text = replace(BOOKING, contact=replace(CONTACT, channel=Channel.SMS))
    assert of(diary.request(diary.at(3, 10), booking=by_text)).get().channel == Channel.EMAIL
    settings.SMS_URL = "https://gateway.example/send"  # type: ignore[attr-defined]
    other = diary.request(diary.at(3, 11), visitor="other", booking=by_text)
    assert of(other).get().channel == Channel.SMS


def test_whoever_treats_hears_of_their_diary_unless_they_changed_it(diary: Diary, asked: Appointment) -> None:
    doctor = User.objects.create_user("doctor", "doctor@clinic.example")
    person = diary.practitioner
    person.user = doctor
    person.save()
    asked.refresh_from_db()
    answer(asked, State.CONFIRMED, diary.now, by=doctor)
    assert waiting(staff(asked)) == []
    asked.refresh_from_db()
    cancel(appointment=asked, now=diary.now)
    [told] = staff(asked).filter(state=MessageState.WAITING)
    assert (told.kind, told.practitioner) == ("staff_diary", person)


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


def test_a_place_that_comes_free_at_night_is_held_until_they_can_have_read_of_it(
    diary: Diary, asked: Appointment
) -> None:
    on_the_list(diary)
    cancel(appointment=asked, now=diary.at(0, 23))
    [offer] = open_offers()
    minutes = Clinic.objects.current().offer_minutes
    assert offer.until == diary.at(1, 8) + timedelta(minutes=minutes)
    assert Message.objects.get(offer=offer).due_at == diary.at(1, 8)


def test_a_course_is_asked_for_in_one_word_and_confirmed_session_by_session(now: datetime) -> None:
    planned = Planned(now=now)
    sessions = planned.book()
    told = Message.objects.filter(appointment__in=sessions, kind__in=["requested", "staff_request"])
    assert sorted(told.values_list("kind", flat=True)) == ["requested", "staff_request"]
    planned.confirm(*sessions)
    confirmed = Message.objects.filter(appointment__in=sessions, kind="confirmed")
    # Each has its own calendar file, which can speak of one visit only.
    assert confirmed.count() == len(sessions)


def test_confirmed_from_a_page_that_was_opened_before_a_move_the_new_time_is_told_and_planned(diary: Diary) -> None:
    asked = diary.request(diary.at(9, 10))
    opened_before = Appointment.objects.select_related("location", "patient", "type", "practitioner").get(pk=asked.pk)
    move(moves=[Move(asked, diary.at(15, 10))], actor=Actor.PATIENT, now=diary.now)
    answer(opened_before, State.CONFIRMED, diary.now + MINUTE)
    assert of(asked).get(kind="confirmed").not_after == diary.at(15, 10)
    assert of(asked).get(event__endswith="reminder:2d").due_at == diary.at(13, 10)


def test_a_move_that_was_never_told_is_told_with_the_next_word(diary: Diary, asked: Appointment) -> None:
    vera = User.objects.create_user("vera")
    answer(asked, State.CONFIRMED, diary.now)
    send_all(of(asked), at=diary.now)
    for minute in (1, 2):
        now = diary.at(0, 22, minute)
        if minute == 1:
            move(moves=[Move(asked, diary.at(4, 10))], actor=Actor.STAFF, now=now)
        else:
            answer(asked, State.CANCELLED, now)
    undo(appointment=asked, now=diary.at(0, 22, 3), by=vera, reason="Wrong line")
    told = [kind for kind in waiting(of(asked)) if kind in ("moved", "cancelled", "confirmed")]
    assert told == ["confirmed"]


def test_a_practitioner_reads_of_three_moves_once(diary: Diary, asked: Appointment) -> None:
    person = diary.practitioner
    person.user = User.objects.create_user("doctor", "doctor@clinic.example")
    person.save()
    for hour in (11, 12, 13):
        move(moves=[Move(asked, diary.at(3, hour))], actor=Actor.PATIENT, now=diary.at(0, 22, hour))
    assert waiting(staff(asked)).count("staff_diary") == 1


def test_without_an_address_of_the_practitioner_the_desk_reads_what_patients_change(
    diary: Diary, asked: Appointment
) -> None:
    answer(asked, State.CONFIRMED, diary.now)
    assert "staff_diary" not in waiting(staff(asked)), "the desk did it"
    cancel(appointment=asked, now=diary.now)
    told = staff(asked).get(kind="staff_diary")
    assert (told.practitioner, told.patient) == (None, None)


def test_what_reached_nobody_is_not_to_be_told_once_it_is_overtaken(diary: Diary, asked: Appointment) -> None:
    answer(asked, State.CONFIRMED, diary.now)
    of(asked).filter(kind="confirmed").update(state=MessageState.FAILED)
    cancel(appointment=asked, now=diary.now + MINUTE)
    assert not Message.objects.to_call(at=diary.now).filter(kind="confirmed").exists()


def test_calls_that_nobody_made_are_closed(diary: Diary) -> None:
    by_phone = replace(BOOKING, contact=replace(CONTACT, channel=Channel.PHONE))
    asked = diary.request(diary.at(3, 10), booking=by_phone)
    answer(asked, State.CONFIRMED, diary.now)
    assert end_calls(now=diary.now) == 0
    assert end_calls(now=asked.starts_at) == 1
    assert of(asked).get().state == MessageState.CANCELLED


def test_a_session_given_up_after_the_one_before_it_is_due_again(now: datetime) -> None:
    planned = Planned(now=now)
    first, second, *_ = planned.book()
    planned.confirm(first, second)
    change_state(appointment=first, to=State.COMPLETED, actor=Actor.STAFF, now=first.ends_at)
    assert not Message.objects.filter(kind="next_session").exists()
    second.refresh_from_db()
    change_state(appointment=second, to=State.CANCELLED, actor=Actor.PATIENT, now=first.ends_at + MINUTE)
    assert Message.objects.get(kind="next_session").appointment == first
