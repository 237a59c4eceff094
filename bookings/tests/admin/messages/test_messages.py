"""Staff read every message, tell those whom none reached, and send some once more."""

from datetime import datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.actions.told import may_try_again
from bookings.enums import Channel, MessageState
from bookings.models import Appointment, Message
from bookings.tests.actions.waiting import booking
from bookings.tests.admin.messages.told import LIST, desk, listed, press, told
from bookings.tests.admin.staff import doctor, member, signed_in
from bookings.tests.diary import Diary
from bookings.tests.words.said import message
from clinic.tests.markup import read

pytestmark = pytest.mark.django_db


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
