"""The address of a private calendar: sent again only when something shows, and closed without a word."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.enums import Actor, State
from bookings.models import CalendarFeed, TimeOff
from bookings.tests.calendar.program import get
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory
from clinic.models import Clinic

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("clock", "colleague")


def test_what_a_program_has_already_is_not_sent_again(diary: Diary, own: CalendarFeed) -> None:
    diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    response = get(own)
    etag = response["ETag"]
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}
    for sent in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = get(own, if_none_match=sent)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert set(again["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert get(own, if_none_match='"other"').status_code == 200
    assert Client().head(own.path())["ETag"] == etag


def test_whatever_shows_makes_it_another_file(
    diary: Diary, own: CalendarFeed, whole: CalendarFeed, clock: time_machine.Traveller
) -> None:
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    steps: dict[str, Any] = {
        "confirmed": lambda: change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now),
        "moved": lambda: move(moves=[Move(asked, diary.at(2, 14))], actor=Actor.STAFF, now=diary.now),
        "moved back": lambda: move(moves=[Move(asked, diary.at(1, 10))], actor=Actor.STAFF, now=diary.now),
        "another": lambda: diary.request(diary.at(1, 12), visitor="x", practitioner=diary.practitioner),
        "type renamed": lambda: type(diary.type).objects.update(name_en="First visit"),
        "person renamed": lambda: type(diary.practitioner).objects.update(name_en="Dr. New Name"),
        "place renamed": lambda: type(diary.location).objects.update(name_en="New place"),
        "zone": lambda: type(diary.location).objects.update(time_zone="Europe/Athens"),
        "cancelled": lambda: change_state(appointment=asked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now),
        "the next day": lambda: clock.shift(DAY),
    }
    for feed in (own, whole):
        assert get(feed, if_none_match=get(feed)["ETag"]).status_code == 304
    seen = {feed: [get(feed)] for feed in (own, whole)}
    for name, step in steps.items():
        step()
        for feed, responses in seen.items():
            response = get(feed, if_none_match=responses[-1]["ETag"])
            assert response.status_code == 200, (name, feed)
            responses.append(response)
    for responses in seen.values():
        assert len({response["ETag"] for response in responses}) == len(steps) + 1
    times = {"starts_at": diary.at(3, 9), "ends_at": diary.at(3, 17)}
    before = get(own)["ETag"]
    away = TimeOffFactory(practitioner=diary.practitioner, location=diary.location, **times)
    added = get(own)["ETag"]
    TimeOff.objects.update(ends_at=diary.at(3, 18))
    longer = get(own)["ETag"]
    away.delete()
    assert len({before, added, longer}) == 3
    assert get(own)["ETag"] == before


def test_nothing_that_does_not_show_makes_it_another_file(diary: Diary, own: CalendarFeed) -> None:
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    etag = get(own)["ETag"]
    diary.hold(diary.at(1, 12), visitor="x", practitioner=diary.practitioner)
    diary.request(diary.at(1, 12), visitor="y", practitioner=diary.practitioners[1])
    type(asked.patient).objects.update(name="Ada Renamed")
    assert get(own, if_none_match=etag).status_code == 304


def test_wrong_former_and_closed_addresses_are_answered_alike(diary: Diary, own: CalendarFeed) -> None:
    diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    former = own.path()
    own.secret = "x" * 32
    own.save()
    gone = CalendarFeed.objects.create(practitioner=diary.practitioners[1], created_at=diary.now)
    type(gone.practitioner).objects.filter(pk=gone.practitioner_id).update(is_active=False)
    paths = [former, gone.path(), "/calendars/nobody.ics", f"/calendars/{'a' * 5000}.ics", "/calendars/%00.ics"]
    answers = [Client().get(path) for path in paths]
    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1
    assert all("ETag" not in response for response in answers)
    assert get(own).status_code == 200
    own.delete()
    assert get(own).status_code == 404


def test_whoever_lost_their_sign_in_lost_their_calendar(diary: Diary, own: CalendarFeed) -> None:
    user = User.objects.create_user("leyla")
    type(diary.practitioner).objects.filter(pk=diary.practitioner.pk).update(user=user)
    assert get(own).status_code == 200
    User.objects.update(is_active=False)
    assert get(own).status_code == 404


def test_it_knows_no_session_no_language_and_only_reads(diary: Diary, own: CalendarFeed) -> None:
    Clinic.objects.update(default_language="en")
    client = Client(headers={"accept-language": "fa"}, enforce_csrf_checks=True)
    response = client.get(own.path())
    assert not response.cookies
    assert not Session.objects.exists()
    assert "Cookie" not in response.get("Vary", "")
    assert response["ETag"] == get(own)["ETag"]
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(own.path()).status_code in {403, 405}
