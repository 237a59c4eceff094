"""What holds of the messages about any visit, crowded around clock changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bookings.care import Due, QuietHours, Rules, Visit, when_to_send
from bookings.care.due import FRESH
from bookings.enums import MessageKind, State
from bookings.tests.care.test_quiet import quiet_minute
from bookings.tests.care.visits import AFTER_ROWS, CLOCKS, DAY, HOUR, PREPARE_ROWS, ZONES, messages, rules, visits

profile = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
Rows = list[dict[str, Any]]
WINDOWS = st.none() | st.tuples(st.dates(date(2027, 1, 1), date(2028, 1, 31)), st.none())
TAKING_PLACE = (State.CONFIRMED, State.ARRIVED, State.COMPLETED)


def by_key(found: list[Due]) -> dict[str, Due]:
    keyed = {message.key: message for message in found}
    assert len(keyed) == len(found), "two messages for one event"
    return keyed


@profile
@given(visit=visits(), rules=rules(), before=PREPARE_ROWS, after=AFTER_ROWS, window=WINDOWS)
def test_no_message_is_in_the_quiet_hours_unless_it_is_about_today_nor_too_late_nor_too_early(
    visit: Visit, rules: Rules, before: Rows, after: Rows, window: tuple[date, None] | None
) -> None:
    found = messages(visit, rules, preparation=before, aftercare=after, next_session=window)
    assert found == sorted(found, key=lambda message: message.at)
    for message in by_key(found).values():
        assert visit.since <= message.at <= message.not_after
        if quiet_minute(rules.quiet, message.at, visit.zone):
            assert message.at.astimezone(visit.zone).date() == message.about
        if message.kind in (MessageKind.REMINDER, MessageKind.PREPARATION):
            assert message.not_after <= visit.start
        else:
            assert message.at >= visit.over
        # What is planned is what a worker that is on time does.
        assert when_to_send(message, visit.since, visit, rules.quiet) == message.at


@profile
@given(visit=visits(), rules=rules(), before=PREPARE_ROWS, after=AFTER_ROWS, late=st.integers(0, 40 * 24 * 60))
def test_a_late_worker_keeps_to_the_quiet_hours_and_to_what_makes_sense(
    visit: Visit, rules: Rules, before: Rows, after: Rows, late: int
) -> None:
    for message in messages(visit, rules, preparation=before, aftercare=after):
        now = visit.since + late * timedelta(minutes=1)
        at = when_to_send(message, now, visit, rules.quiet)
        if at is None:
            # Nothing is dropped that could still go now.
            today = now.astimezone(visit.zone).date()
            assert now > message.not_after or (quiet_minute(rules.quiet, now, visit.zone) and today != message.about)
            continue
        assert max(now, message.at) <= at <= message.not_after
        if quiet_minute(rules.quiet, at, visit.zone):
            assert at.astimezone(visit.zone).date() == message.about
        assert when_to_send(message, at, visit, rules.quiet) == at


@profile
@given(visit=visits((State.CONFIRMED,)), rules=rules(), before=PREPARE_ROWS, after=AFTER_ROWS, days=st.integers(1, 60))
def test_a_move_keeps_every_key_and_moves_every_message_by_as_many_days(
    visit: Visit, rules: Rules, before: Rows, after: Rows, days: int
) -> None:
    known_before = replace(visit, since=visit.start - 40 * DAY, true_end=None)
    # As the diary moves it: the same wall clock on another day, and as long as before.
    start = (visit.start.astimezone(visit.zone) + days * DAY).astimezone(UTC)
    moved = replace(known_before, start=start, end=start + (visit.end - visit.start))
    # An hour that is skipped or comes twice at either end has its own tests; here the wall clock is to be the same.
    assume(all(shift_of(known_before, moved, name) == days * DAY for name in ("start", "end")))
    old = by_key(messages(known_before, rules, preparation=before, aftercare=after))
    new = by_key(messages(moved, rules, preparation=before, aftercare=after))
    # Reminders that fall on one minute are one: leads that do so on one side of a clock change only are no use here.
    assume(all(len(reminders(found)) == len({*rules.reminders}) for found in (old, new)))
    assert old.keys() == new.keys()
    for key, message in old.items():
        change = wall(new[key].at, visit) - wall(message.at, visit)
        if key == "preparation:always":
            assert change == timedelta(0)  # known since the same moment
        elif key.endswith("h") or key == "check_in":
            # Hours really pass: a clock change in between shows on the wall, and may tip a message over a quiet border.
            assert abs(change - days * DAY) <= DAY
        else:
            assert abs(change - days * DAY) <= HOUR


def reminders(found: dict[str, Due]) -> list[str]:
    return [key for key, message in found.items() if message.kind == MessageKind.REMINDER]


def wall(moment: datetime, visit: Visit) -> datetime:
    return moment.astimezone(visit.zone).replace(tzinfo=None)


def shift_of(old: Visit, new: Visit, name: str) -> timedelta:
    return wall(getattr(new, name), old) - wall(getattr(old, name), old)


@profile
@given(
    day=st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    clocks=st.tuples(CLOCKS, CLOCKS).map(sorted),
    later_by=st.integers(0, 30),
    rules=rules(),
    zone=ZONES,
    rows=st.tuples(PREPARE_ROWS, AFTER_ROWS),
)
def test_a_later_visit_by_day_has_no_message_earlier(
    day: date, clocks: list[Any], later_by: int, rules: Rules, zone: Any, rows: tuple[Rows, Rows]
) -> None:
    #   By day, as clinics work: an evening reminder about today and one about an hour past midnight cannot keep order.
    assume(all(6 <= clock.hour < 20 for clock in clocks))
    rules = replace(rules, quiet=QuietHours())
    starts = [datetime.combine(day, clocks[0], zone), datetime.combine(day + later_by * DAY, clocks[1], zone)]
    since = starts[0] - 60 * DAY
    early, late = (
        by_key(
            messages(
                Visit(State.CONFIRMED, start, start + HOUR, since, zone), rules, preparation=rows[0], aftercare=rows[1]
            )
        )
        for start in starts
    )
    for key in early.keys() & late.keys():
        assert early[key].at <= late[key].at


@profile
@given(visit=visits(TAKING_PLACE), rules=rules(), after=AFTER_ROWS, minutes=st.integers(-300, 300))
def test_the_true_end_moves_what_follows_the_visit_and_nothing_else(
    visit: Visit, rules: Rules, after: Rows, minutes: int
) -> None:
    planned = replace(visit, true_end=None, since=visit.start - 20 * DAY)
    marked = replace(planned, true_end=planned.end + minutes * timedelta(minutes=1))
    shift = marked.over - planned.end
    old, new = (by_key(messages(each, rules, aftercare=after)) for each in (planned, marked))
    assert old.keys() == new.keys()
    for key, message in new.items():
        if key == "aftercare":
            assert (message.at, message.not_after - old[key].not_after) == (marked.over, shift)
        elif key == "check_in":
            assert message.at >= marked.over + rules.check_in_hours * HOUR
            assert message.at - old[key].at >= min(shift, timedelta(0)) - DAY
        else:
            assert message == old[key]


@profile
@given(visit=visits((State.CONFIRMED,)), rules=rules(), before=PREPARE_ROWS, earlier=st.integers(0, 60 * 24 * 60))
def test_knowing_later_skips_reminders_and_tells_preparation_with_the_confirmation(
    visit: Visit, rules: Rules, before: Rows, earlier: int
) -> None:
    late = replace(visit, since=min(visit.since, visit.start))
    early = replace(late, since=late.since - earlier * timedelta(minutes=1))
    then, now = (by_key(messages(each, rules, preparation=before, aftercare=[])) for each in (early, late))
    assert now.keys() <= then.keys()
    for key, message in then.items():
        if message.kind == MessageKind.REMINDER:
            assert now.get(key) == (message if message.at >= late.since + FRESH else None)
        elif message.at <= late.since or message.with_confirmation:
            # Only what the quiet hours put off until after the visit's start may be lost.
            assert key not in now or (now[key].with_confirmation and now[key].at >= late.since)
            assert key in now or quiet_minute(rules.quiet, late.since, visit.zone)
        else:
            assert now[key] == message
