"""Staff make, renew and remove the private addresses of diaries that are theirs to give."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from bookings.actions.roles import MANAGER, make_roles
from bookings.models import CalendarFeed
from bookings.tests.admin.staff import signed_in, someone
from bookings.tests.diary import Diary
from bookings.tests.page import Element, read
from clinic.models import Practitioner

LIST = "/admin/bookings/calendarfeed/"


@pytest.fixture(autouse=True)
def today(now: datetime, diary: Diary, colleague: Practitioner, settings: Any) -> Iterator[None]:
    settings.SESSION_COOKIE_AGE = 10**9
    make_roles()
    with time_machine.travel(now, tick=False):
        yield


def role(name: str, diary: Diary | None = None) -> Client:
    return signed_in(someone(name, diary))


def page_of(response: Any) -> Element:
    return read(response.content.decode())


def offered(client: Client) -> set[str]:
    page = page_of(client.get(f"{LIST}add/"))
    return {option.text for option in page.one("select", name="diary").all("option")}


def make(client: Client, key: str) -> Any:
    return client.post(f"{LIST}add/", {"diary": key}, follow=True)


def shown(response: Any) -> str:
    found = [field.get("value") for field in page_of(response).all("input", id="link")]
    return found[0] if found else ""


def test_an_address_is_made_and_shown_once(diary: Diary) -> None:
    client = role("Practitioner", diary)
    response = make(client, f"practitioner-{diary.practitioner.pk}")
    feed = CalendarFeed.objects.get()
    assert (feed.practitioner, feed.location, feed.created_at) == (diary.practitioner, None, diary.now)
    assert shown(response) == f"https://clinic.example:8443/calendars/{feed.secret}.ics"
    assert "Copy this address into your calendar program" in page_of(response).text
    assert Client().get(feed.path()).status_code == 200
    for path in (f"{LIST}{feed.pk}/change/", LIST, "/admin/"):
        again = client.get(path)
        assert again.status_code == 200
        assert feed.secret not in again.content.decode()
    assert feed.secret not in str([(line.object_repr, line.change_message) for line in LogEntry.objects.all()])


def test_a_new_one_stops_the_old_at_once(diary: Diary, own: CalendarFeed) -> None:
    client, old = role("Practitioner", diary), own.path()
    form, _button = page_of(client.get(f"{LIST}{own.pk}/change/")).form_with("Make a new address")
    response = client.post(form.get("action"), follow=True)
    own.refresh_from_db()
    assert own.path() != old
    assert shown(response).endswith(own.path())
    assert (Client().get(old).status_code, Client().get(own.path()).status_code) == (404, 200)
    assert client.get(form.get("action")).status_code == 405


def test_one_that_is_removed_is_closed(diary: Diary, own: CalendarFeed) -> None:
    client = role("Practitioner", diary)
    client.post(f"{LIST}{own.pk}/delete/", {"post": "yes"})
    assert not CalendarFeed.objects.exists()
    assert Client().get(own.path()).status_code == 404


@pytest.mark.parametrize(
    ("name", "treats", "diaries"),
    [
        ("Practitioner", True, {"own"}),
        ("Practitioner", False, set()),
        ("Receptionist", False, {"place"}),
        ("Receptionist", True, {"own", "place"}),
        (MANAGER, False, {"own", "other", "place"}),
    ],
)
def test_whose_diaries_a_role_gives_away(
    diary: Diary, colleague: Practitioner, name: str, treats: bool, diaries: set[str]
) -> None:
    keys = {
        "own": {"practitioner": diary.practitioner},
        "other": {"practitioner": colleague},
        "place": {"location": diary.location},
    }
    client = role(name, diary if treats else None)
    assert offered(client) == {str(*keys[key].values()) for key in diaries}
    for key, owner in keys.items():
        [(kind, row)] = owner.items()
        make(client, f"{kind}-{row.pk}")
        assert CalendarFeed.objects.filter(**owner).exists() == (key in diaries), key
    assert offered(client) == set()
    feeds = {
        key: CalendarFeed.objects.get_or_create(**owner, defaults={"created_at": diary.now})[0]
        for key, owner in keys.items()
    }
    assert set(client.get(LIST).context["cl"].result_list) == {feeds[key] for key in diaries}
    for key, feed in feeds.items():
        new = client.post(reverse("admin:bookings_calendarfeed_new", args=[feed.pk]))
        assert new.status_code == (302 if key in diaries else 404)
        changed = CalendarFeed.objects.get(pk=feed.pk).secret != feed.secret
        assert changed == (key in diaries)
        client.post(f"{LIST}{feed.pk}/delete/", {"post": "yes"})
        assert CalendarFeed.objects.filter(pk=feed.pk).exists() == (key not in diaries)


@pytest.mark.parametrize("name", ["nobody", "Content editor", "Clinical reviewer"])
def test_nobody_else_gets_there(diary: Diary, own: CalendarFeed, name: str) -> None:
    client = role(name, diary)
    for path in (LIST, f"{LIST}add/", f"{LIST}{own.pk}/delete/"):
        assert client.get(path).status_code == 403
    assert client.post(f"{LIST}{own.pk}/new/").status_code == 403
    assert Client().post(f"{LIST}{own.pk}/new/")["Location"].startswith("/admin/login/")
    assert CalendarFeed.objects.get().secret == own.secret


def test_two_at_the_same_time_make_one(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    client = role("Practitioner", diary)
    save = CalendarFeed.save

    def twice(feed: CalendarFeed, *args: Any, **kwargs: Any) -> None:
        save(CalendarFeed(practitioner=feed.practitioner, created_at=feed.created_at))
        save(feed, *args, **kwargs)

    monkeypatch.setattr(CalendarFeed, "save", twice)
    response = make(client, f"practitioner-{diary.practitioner.pk}")
    assert response.status_code == 200
    assert "This diary has got an address in this moment." in page_of(response).text


def test_who_left_is_offered_to_nobody(diary: Diary) -> None:
    Practitioner.objects.filter(pk=diary.practitioner.pk).update(is_active=False)
    superuser = User.objects.create_superuser("boss", password="x")
    assert diary.practitioner.name not in offered(signed_in(superuser))
