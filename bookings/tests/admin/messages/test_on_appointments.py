"""Appointments show their messages, and whom nobody reached."""

from datetime import datetime

import pytest

from bookings.enums import Channel, MessageState
from bookings.models import Appointment, Message
from bookings.tests.actions.waiting import booking
from bookings.tests.admin.messages.told import LIST, desk, press, told
from bookings.tests.admin.staff import LIST as APPOINTMENTS
from bookings.tests.admin.staff import doctor, member, page, signed_in
from bookings.tests.diary import Diary
from bookings.tests.words.said import message
from clinic.tests.markup import read

pytestmark = pytest.mark.django_db


def test_the_appointment_shows_its_messages_to_those_who_may_read_them(asked: Appointment, today: datetime) -> None:
    told(asked, today)
    assert "Given up" in page(desk(), asked)
    assert "Given up" not in page(signed_in(member("view_appointment", "view_patient")), asked)


def test_the_list_of_appointments_flags_whom_nobody_reached(asked: Appointment, diary: Diary, today: datetime) -> None:
    other = diary.request(diary.at(4, 10), visitor="w", booking=booking("Ben Other"))
    Message.objects.all().delete()
    client = desk()
    message("confirmed", other, today)
    assert "to be told by phone" not in client.get(f"{APPOINTMENTS}?which=all").content.decode()
    one = told(asked, today)
    assert client.get(f"{APPOINTMENTS}?which=all").content.decode().count("to be told by phone</span>") == 1
    found = client.get(f"{APPOINTMENTS}?which=all&flag=to_call").context["cl"].result_list
    assert list(found) == [asked]
    press(client, one, "told")
    assert not client.get(f"{APPOINTMENTS}?which=all&flag=to_call").context["cl"].result_list


def test_a_flag_is_looked_for_among_all_appointments(asked: Appointment, today: datetime) -> None:
    told(asked, today)  # of a confirmed one
    client = desk()
    assert not client.get(APPOINTMENTS).context["cl"].result_list
    for query in ("?flag=to_call", "?flag=to_call&which=upcoming"):
        assert list(client.get(APPOINTMENTS + query).context["cl"].result_list) == [asked], query
    assert not client.get(f"{APPOINTMENTS}?flag=to_call&which=waiting").context["cl"].result_list
    chosen = read(client.get(f"{APPOINTMENTS}?flag=to_call")).all("li", class_="selected")
    assert [one.text for one in chosen][:2] == ["All", "To be told by phone"]


def test_the_list_of_appointments_opens_with_what_is_to_be_told(
    asked: Appointment, diary: Diary, today: datetime
) -> None:
    client, panel = desk(), "messages to be told by phone"
    assert panel not in client.get(APPOINTMENTS).content.decode()
    told(asked, today)
    told(asked, today, kind="reminder", state=MessageState.WAITING, channel=Channel.PHONE)
    assert f"{LIST}?call=yes" in read(client.get(APPOINTMENTS)).links
    owner, stranger = doctor(diary), member("view_message", "view_appointment", name="stranger")
    owner.user_permissions.add(*stranger.user_permissions.all())
    assert f"2 {panel}" in client.get(APPOINTMENTS).content.decode()
    assert f"2 {panel}" in signed_in(owner).get(APPOINTMENTS).content.decode()
    for who in (stranger, member("view_appointment", "view_patient", name="looker")):
        assert panel not in signed_in(who).get(APPOINTMENTS).content.decode()
