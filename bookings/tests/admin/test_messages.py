"""Messages in the admin: what was said is read, and what reached nobody is told by phone or sent again."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.actions.told import may_try_again
from bookings.enums import Channel, MessageState
from bookings.models import Appointment, Message
from bookings.tests.actions.waiting import booking
from bookings.tests.admin.staff import LIST as APPOINTMENTS
from bookings.tests.admin.staff import doctor, member, page, signed_in
from bookings.tests.factories import Diary
from bookings.tests.words.said import message
from clinic.tests.markup import read

pytestmark = pytest.mark.django_db
LIST = "/admin/bookings/message/"


@pytest.fixture
def diary(today: datetime) -> Diary:
    return Diary(now=today)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    found = diary.request(diary.at(3, 10))
    Message.objects.all().delete()
    return found


def told(appointment: Appointment, now: datetime, kind: str = "confirmed", **values: Any) -> Message:
    """A message that was given up."""
    return message(
        kind, appointment, now, **{"state": MessageState.FAILED, "problem": "Refused", "attempts": 3, **values}
    )


def desk() -> Client:
    return signed_in(member("view_message", "change_message", "view_patient", "view_appointment", name="desk"))


def press(client: Client, one: Message, end: str) -> str:
    return read(client.post(f"{LIST}{one.pk}/{end}/", follow=True)).text


def listed(client: Client, query: str = "") -> set[Message]:
    return set(client.get(LIST + query).context["cl"].result_list)


def test_the_words_that_were_sent_stand_on_its_page(asked: Appointment, today: datetime) -> None:
    sent = {
        "state": MessageState.SENT,
        "sent_at": today,
        "sent_to": "old@example.com",
        "subject": "Sub",
        "body": "Line <b>\n\nTwo",
    }
    one = told(asked, today, problem="", **sent)
    shown = read(desk().get(f"{LIST}{one.pk}/change/"))
    for text in (
        "What was sent",
        "Sub",
        "Line <b>",
        "Two",
        "old@example.com",
        "Mon 7 Dec 2026, 09:00 CET",
        asked.reference,
    ):
        assert text in shown.text, text
    assert not {"Told by phone", "Try again"} & {button.text for button in shown.all("button")}
    assert not shown.all("input", name="_save")


def test_what_was_not_sent_shows_what_it_says_now(asked: Appointment, today: datetime) -> None:
    one = told(asked, today)
    assert (
        "Thursday 10 December 2026, 10:00–10:30, Berlin time (CET)" in read(desk().get(f"{LIST}{one.pk}/change/")).text
    )
    # A link to somebody's data is theirs alone.
    link = told(asked, today, kind="data")
    reader = signed_in(member("view_message", "view_patient"))
    assert asked.data_links.get().secret not in reader.get(f"{LIST}{link.pk}/change/").content.decode()


def test_it_can_be_narrowed_and_searched(asked: Appointment, diary: Diary, today: datetime) -> None:
    other = diary.request(diary.at(4, 10), visitor="w", booking=booking("Ben Other"))
    Message.objects.all().delete()
    failed = told(asked, today)
    by_phone = message("reminder", other, today, channel=Channel.PHONE)
    staff = told(asked, today, kind="staff_request")
    client = desk()
    assert listed(client) == {failed, by_phone, staff}
    assert listed(client, "?call=yes") == {failed, by_phone}
    assert listed(client, "?state__exact=failed") == {failed, staff}
    assert listed(client, "?kind__exact=reminder") == {by_phone}
    assert listed(client, f"?q={other.reference}") == {by_phone}
    assert listed(client, "?q=Ada") == {failed}


def test_told_by_phone(asked: Appointment, today: datetime) -> None:
    one, client = told(asked, today), desk()
    assert "+49 1511 2345678" in read(client.get(f"{LIST}{one.pk}/change/")).text
    assert client.get(f"{LIST}{one.pk}/told/").status_code == 405
    assert "Told by phone." in press(client, one, "told")
    one.refresh_from_db()
    assert (one.state, one.sent_at) == (MessageState.TOLD, today)
    assert LogEntry.objects.get().object_id == str(one.pk)
    assert "no longer possible" in press(client, one, "told")
    waiting = message("reminder", asked, today, channel=Channel.EMAIL)
    assert "no longer possible" in press(client, waiting, "told")


def test_what_was_given_up_goes_out_once_more(asked: Appointment, today: datetime) -> None:
    one, client = told(asked, today, due_at=today - timedelta(hours=2)), desk()
    press(client, one, "again")
    one.refresh_from_db()
    assert (one.state, one.due_at, one.attempts, one.problem) == (MessageState.WAITING, today, 0, "")
    assert list(Message.objects.ready(at=today)) == [one]
    assert "no longer possible" in press(client, one, "again")


def test_many_that_were_given_up_go_out_once_more_together(asked: Appointment, today: datetime) -> None:
    back = [told(asked, today, event=f"while the server was down {number}") for number in range(2)]
    late = told(asked, today, due_at=today - timedelta(hours=2), not_after=today - timedelta(hours=1))
    chosen = {"action": "send_again", "_selected_action": [one.pk for one in (*back, late)]}
    reader = signed_in(member("view_message", "view_patient", name="reader"))
    reader.post(LIST, chosen, follow=True)
    assert not Message.objects.live().exists()
    said = read(desk().post(LIST, chosen, follow=True)).text
    assert "2 messages go out again within a minute." in said
    assert "1 stays as it is: its time has passed, or another one is on its way." in said
    assert set(Message.objects.ready(at=today)) == set(back)
    assert LogEntry.objects.count() == 2


def test_what_is_past_or_on_its_way_already_does_not(asked: Appointment, today: datetime) -> None:
    late = told(asked, today, due_at=today - timedelta(hours=2), not_after=today - timedelta(hours=1))
    twin = told(asked, today, event="twin")
    message("confirmed", asked, today, event="twin")
    client = desk()
    for one in (late, twin):
        assert not may_try_again(one, now=today)
        assert "Try again" not in read(client.get(f"{LIST}{one.pk}/change/")).text
        assert "no longer possible" in press(client, one, "again")
        one.refresh_from_db()
        assert one.state == MessageState.FAILED


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


def test_the_lists_cost_the_same_for_one_and_for_many(asked: Appointment, today: datetime) -> None:
    client = desk()

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    paths = (LIST, f"{LIST}?q=Ada", f"/admin/bookings/appointment/{asked.pk}/change/")
    told(asked, today)
    for path in paths:
        client.get(path)
    before = [queries(path) for path in paths]
    for number in range(10):
        told(asked, today, event=f"again {number}")
    assert [queries(path) for path in paths] == before


def test_who_treats_reads_what_is_about_their_own_diary_and_presses_nothing(
    asked: Appointment, diary: Diary, today: datetime
) -> None:
    one = told(asked, today)
    owner, stranger = doctor(diary), member("view_message", name="stranger")
    owner.user_permissions.add(*stranger.user_permissions.all())
    assert listed(signed_in(owner)) == {one}
    assert not listed(signed_in(owner), "?q=Ada")
    assert not listed(signed_in(stranger))
    for who, status in ((owner, 403), (stranger, 404), (member(name="nobody"), 404)):
        for end in ("told", "again"):
            assert signed_in(who).post(f"{LIST}{one.pk}/{end}/").status_code in {status, 403}
    assert "/admin/login/" in Client().post(f"{LIST}{one.pk}/told/")["Location"]
    one.refresh_from_db()
    assert one.state == MessageState.FAILED
