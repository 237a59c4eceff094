"""When reminders and preparation are due, and when a worker may send."""

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bookings.care import Due, Lead, QuietHours, Rules, when_to_send
from bookings.enums import State
from bookings.tests.care.visits import BERLIN, DUBAI, RULES, local, messages, prepare, shown, the, visit


def test_a_visit_confirmed_long_before_has_every_message_at_its_time() -> None:
    assert shown(messages(visit("2026-12-10 13:30"))) == {
        "preparation:always": "2026-11-01 10:00",
        "preparation:7": "2026-12-02 20:59",
        "reminder:7d": "2026-12-03 13:30",
        "reminder:2d": "2026-12-08 13:30",
        "preparation:0": "2026-12-09 20:59",
        "reminder:3h": "2026-12-10 10:30",
        # An hour for staff to note the true end, from which its hours count.
        "aftercare": "2026-12-10 15:30",
        "check_in": "2026-12-11 14:30",
    }


@pytest.mark.parametrize(
    "state", [State.HELD, State.REQUESTED, State.DECLINED, State.CANCELLED, State.LAPSED, State.NO_SHOW]
)
def test_nothing_is_due_before_it_is_confirmed_or_when_it_does_not_take_place(state: State) -> None:
    assert messages(visit(state=state), next_session=(date(2026, 12, 24), None)) == []


@pytest.mark.parametrize("state", [State.ARRIVED, State.COMPLETED])
def test_who_came_needs_no_reminder_and_no_preparation(state: State) -> None:
    assert set(shown(messages(visit(state=state)))) == {"aftercare", "check_in"}


def test_a_reminder_at_night_is_sent_the_evening_before_unless_it_is_about_today() -> None:
    found = shown(messages(visit("2026-12-10 07:30")))
    assert found["reminder:7d"] == "2026-12-02 20:59"
    assert found["reminder:2d"] == "2026-12-07 20:59"
    assert found["reminder:3h"] == "2026-12-10 04:30"
    assert shown(messages(visit("2026-12-10 10:00")))["reminder:3h"] == "2026-12-10 07:00"
    assert shown(messages(visit("2026-12-10 01:00")))["reminder:3h"] == "2026-12-09 20:59"


def test_a_reminder_gives_way_to_the_next_one_and_the_last_to_the_visit() -> None:
    found = messages(visit("2026-12-10 13:30"))
    assert the("reminder:7d", found).not_after == the("reminder:2d", found).at
    assert the("reminder:2d", found).not_after == the("reminder:3h", found).at
    assert the("reminder:3h", found).not_after == local("2026-12-10 13:30")


def test_reminders_may_be_listed_in_any_order() -> None:
    assert messages(visit(), replace(RULES, reminders=RULES.reminders[::-1])) == messages(visit())


def test_of_two_reminders_for_one_evening_only_the_later_is_sent() -> None:
    both = Rules(reminders=(Lead(12, "h"), Lead(10, "h"), Lead(10, "h")))
    found = shown(messages(visit("2026-12-10 09:00"), both))
    assert [key for key in found if key.startswith("reminder")] == ["reminder:10h"]
    assert found["reminder:10h"] == "2026-12-09 20:59"


def test_booked_late_a_reminder_is_skipped_and_preparation_goes_with_the_confirmation() -> None:
    found = messages(visit("2026-12-10 13:30", since="2026-12-08 13:31"))
    assert shown(found) == {
        "preparation:7": "2026-12-08 13:31",
        "preparation:always": "2026-12-08 13:31",
        "preparation:0": "2026-12-09 20:59",
        "reminder:3h": "2026-12-10 10:30",
        "aftercare": "2026-12-10 15:30",
        "check_in": "2026-12-11 14:30",
    }
    assert {message.key for message in found if message.with_confirmation} == {"preparation:7", "preparation:always"}


@pytest.mark.parametrize(("since", "is_sent"), [("10:30", True), ("10:31", False), ("13:30", False)])
def test_whoever_was_told_within_three_hours_is_not_reminded(since: str, is_sent: bool) -> None:
    found = shown(messages(visit("2026-12-10 13:30", since=f"2026-12-08 {since}")))
    assert ("reminder:2d" in found) == is_sent


def test_preparation_due_that_very_minute_goes_with_the_confirmation() -> None:
    found = messages(visit("2026-12-10 13:30", since="2026-12-09 20:59"))
    assert the("preparation:0", found).with_confirmation


def test_days_are_the_locations() -> None:
    #   Half past one in Dubai is the evening before in UTC.
    found = shown(messages(visit("2026-12-10 01:30", zone=DUBAI)), DUBAI)
    assert found["preparation:0"] == "2026-12-09 20:59"
    assert found["preparation:7"] == "2026-12-02 20:59"


def test_confirmed_at_night_preparation_waits_for_the_morning_or_for_the_day_of_an_early_visit() -> None:
    afternoon = messages(visit("2026-12-10 13:30", since="2026-12-09 23:00"))
    assert shown(afternoon)["preparation:7"] == "2026-12-10 08:00"
    early = messages(visit("2026-12-10 07:30", since="2026-12-09 23:00"))
    assert shown(early)["preparation:7"] == "2026-12-10 00:00"
    today = messages(visit("2026-12-10 07:30", since="2026-12-10 06:00"))
    assert shown(today)["preparation:0"] == "2026-12-10 06:00"


def test_confirmed_after_the_start_only_what_follows_the_visit_is_left() -> None:
    found = shown(messages(visit("2026-12-10 13:30", since="2026-12-10 15:00")))
    assert found == {"aftercare": "2026-12-10 15:30", "check_in": "2026-12-11 14:30"}
    assert messages(visit("2026-12-10 13:30", since="2026-12-20 15:00")) == []


def test_rows_of_one_day_make_one_message() -> None:
    rows = [prepare(3), prepare(3, "Another"), prepare(1)]
    found = shown(messages(visit("2026-12-10 13:30"), preparation=rows))
    assert {key: at for key, at in found.items() if key.startswith("preparation")} == {
        "preparation:3": "2026-12-06 20:59",
        "preparation:1": "2026-12-08 20:59",
    }


def test_days_are_counted_on_the_wall_clock_and_hours_in_real_time() -> None:
    #   Clocks went forward on 28 March 2027: the night before the visit is one hour short.
    spring = shown(messages(visit("2027-03-28 13:30"), Rules(reminders=(Lead(2, "d"), Lead(24, "h")))))
    assert spring["reminder:2d"] == "2027-03-26 13:30"
    assert spring["reminder:24h"] == "2027-03-27 12:30"
    autumn = shown(messages(visit("2027-10-30 13:30")))
    assert autumn["check_in"] == "2027-10-31 13:30"
    dubai = shown(messages(visit("2027-10-30 13:30", zone=DUBAI)), DUBAI)
    assert dubai["check_in"] == "2027-10-31 14:30"


def test_a_day_that_does_not_begin_at_midnight_still_begins() -> None:
    #   Tehran's 22 March 2021 began at 01:00; without quiet hours the message goes at its first instant.
    tehran = ZoneInfo("Asia/Tehran")
    never_quiet = Rules(quiet=QuietHours(time(0), time(0)))
    found = messages(visit("2021-03-22 13:30", since="2021-03-01 10:00", zone=tehran), never_quiet)
    assert shown(found, tehran)["preparation:0"] == "2021-03-22 01:00"


def test_a_worker_sends_on_time_waits_for_the_morning_or_gives_up() -> None:
    booked = visit("2026-12-10 13:30")
    found = messages(booked)
    evening, three_hours = the("preparation:0", found), the("reminder:3h", found)

    def sent(message: Due, now: str) -> str | None:
        at = when_to_send(message, local(now), booked, QuietHours())
        return at and f"{at.astimezone(BERLIN):%d %H:%M}"

    assert sent(evening, "2026-12-09 12:00") == "09 20:59"
    assert sent(evening, "2026-12-09 20:59") == "09 20:59"
    assert sent(evening, "2026-12-09 21:00") == "10 08:00"
    assert sent(evening, "2026-12-10 13:31") is None
    assert sent(three_hours, "2026-12-10 13:29") == "10 13:29"
    assert sent(three_hours, "2026-12-10 13:31") is None
