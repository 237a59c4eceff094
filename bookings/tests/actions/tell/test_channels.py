"""Mail, text message or call, as the patient chose; what nobody reached is to be told by phone."""

from dataclasses import replace

import pytest

from bookings.actions.cancel import cancel
from bookings.actions.outbox import end_calls
from bookings.enums import Channel, MessageState, State
from bookings.models import Appointment, Message
from bookings.tests.actions.tell.staff_say import staff_say
from bookings.tests.diary import BOOKING, CONTACT, Diary
from bookings.tests.messages import MINUTE, of

pytestmark = pytest.mark.django_db


def test_whoever_wishes_for_calls_is_called_about_what_staff_did_and_nothing_else(diary: Diary) -> None:
    by_phone = replace(BOOKING, contact=replace(CONTACT, channel=Channel.PHONE))
    asked = diary.request(diary.at(3, 10), booking=by_phone)
    assert list(of(asked)) == []
    staff_say(asked, State.CONFIRMED, diary.now)
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


def test_what_reached_nobody_is_not_to_be_told_once_it_is_overtaken(diary: Diary, asked: Appointment) -> None:
    staff_say(asked, State.CONFIRMED, diary.now)
    of(asked).filter(kind="confirmed").update(state=MessageState.FAILED)
    cancel(appointment=asked, now=diary.now + MINUTE)
    assert not Message.objects.to_call(at=diary.now).filter(kind="confirmed").exists()


def test_calls_that_nobody_made_are_closed(diary: Diary) -> None:
    by_phone = replace(BOOKING, contact=replace(CONTACT, channel=Channel.PHONE))
    asked = diary.request(diary.at(3, 10), booking=by_phone)
    staff_say(asked, State.CONFIRMED, diary.now)
    assert end_calls(now=diary.now) == 0
    assert end_calls(now=asked.starts_at) == 1
    assert of(asked).get().state == MessageState.CANCELLED
