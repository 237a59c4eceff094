"""How often someone may do something, whoever counts and wherever they come from."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache, caches
from django.core.management import call_command
from django.test import RequestFactory
from pytest_django import Settings

from clinic import limits
from clinic.limits import address_of, allowed, seconds_to_wait

HOUR = 3600


@pytest.fixture
def clock(now: datetime) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(now, tick=False) as clock:
        yield clock


def tries(count: int, who: str = "ada", scope: str = "book") -> list[bool]:
    return [allowed(scope, who, limit=3, seconds=HOUR) for _ in range(count)]


def test_so_many_are_allowed_and_no_more() -> None:
    assert tries(5) == [True, True, True, False, False]


def test_whoever_waits_may_again(clock: time_machine.Traveller) -> None:
    assert tries(4)[-1] is False
    clock.shift(timedelta(seconds=HOUR - 1))
    assert tries(1) == [False]
    clock.shift(timedelta(seconds=2))
    assert tries(4) == [True, True, True, False]


def test_it_holds_in_any_hour_not_only_from_one_full_hour_to_the_next(clock: time_machine.Traveller) -> None:
    assert tries(1) == [True]
    clock.shift(timedelta(minutes=50))
    assert tries(3) == [True, True, False]
    clock.shift(timedelta(minutes=11))
    assert tries(2) == [True, False]


def test_being_refused_makes_nobody_wait_for_longer(clock: time_machine.Traveller) -> None:
    tries(3)
    for _ in range(6):
        clock.shift(timedelta(minutes=9))
        assert tries(1) == [False]
    clock.shift(timedelta(minutes=7))
    assert tries(1) == [True]


def test_it_says_when_the_next_turn_is_free(clock: time_machine.Traveller) -> None:
    for _ in range(3):
        assert seconds_to_wait("book", "ada", limit=3, seconds=HOUR) == 0
        clock.shift(timedelta(minutes=10))
    assert seconds_to_wait("book", "ada", limit=3, seconds=HOUR) == HOUR - 30 * 60


def test_a_limit_of_none_lets_nobody_in() -> None:
    assert seconds_to_wait("book", "ada", limit=0, seconds=60) == 60


def test_another_person_and_another_matter_have_their_own_turns() -> None:
    tries(3)
    assert tries(1, who="grace") == [True]
    assert tries(1, scope="look") == [True]
    # The two names are kept apart, wherever one ends and the other begins.
    assert tries(1, scope="boo", who="kada") == [True]


def test_the_cache_holds_neither_name_nor_address(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Any] = []
    monkeypatch.setattr(cache, "add", lambda *entry: kept.append(entry) or True)
    assert allowed("book", "ada@example.com 192.0.2.7", limit=3, seconds=60)
    assert kept
    assert "ada" not in str(kept)
    assert "192.0.2" not in str(kept)


def test_without_a_cache_the_clinic_stays_open(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "get_many", fails)
    assert tries(4) == [True] * 4
    assert "the cache does not answer" in caplog.text


@pytest.mark.django_db
def test_a_cache_in_the_database_keeps_the_turns_for_the_whole_window(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "test_turns"}}
    call_command("createcachetable", verbosity=0)
    monkeypatch.setattr(limits, "cache", caches["default"])
    assert tries(4) == [True, True, True, False]
    clock.shift(timedelta(seconds=HOUR - 1))
    assert tries(1) == [False]
    clock.shift(timedelta(seconds=2))
    assert tries(4) == [True, True, True, False]


@pytest.mark.parametrize(
    ("seen", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_a_customer_of_a_provider_is_one_address(seen: str, address: str) -> None:
    assert address_of(RequestFactory().post("/", REMOTE_ADDR=seen)) == address


def test_a_header_that_anyone_can_send_says_nothing_without_a_proxy(settings: Settings) -> None:
    settings.BEHIND_PROXY = False
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "198.51.100.1"})
    assert address_of(request) == "192.0.2.7"


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("203.0.113.5, 10.0.0.1 ,198.51.100.1", "198.51.100.1"),
        ("", "192.0.2.7"),
        ("203.0.113.5,", "192.0.2.7"),
    ],
)
def test_behind_a_proxy_its_own_sight_counts(settings: Settings, header: str, address: str) -> None:
    settings.BEHIND_PROXY = True
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": header})
    assert address_of(request) == address
