"""Visits and an edition's rows as care gets them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bookings.care import Due, Lead, QuietHours, Rules, Visit, due
from bookings.enums import State

BERLIN, DUBAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Dubai")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = Rules()
# Clocks go forward on 28 March 2027 in Berlin and back on 31 October.
CHANGES = [datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)]


def local(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """From "2026-12-10 14:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def visit(
    start: str = "2026-12-10 13:30", minutes: int = 60, *, since: str = "2026-11-01 10:00", **fields: Any
) -> Visit:
    """A confirmed visit in Berlin; `true_end` as text too."""
    zone = fields.pop("zone", BERLIN)
    true_end = fields.pop("true_end", None)
    begins = local(start, zone)
    return Visit(
        state=fields.pop("state", State.CONFIRMED),
        start=begins,
        end=begins.astimezone(UTC) + HOUR,
        since=local(since, zone),
        zone=zone,
        true_end=local(true_end, zone) if true_end else None,
        **fields,
    )


def prepare(days_before: int | None, text: str = "Bring a list", *, is_do: bool = True) -> dict[str, Any]:
    return {"text": text, "reason": "", "is_do": is_do, "days_before": days_before}


def after(hours: int | None, text: str = "Keep it dry", *, is_do: bool = True, until: str = "") -> dict[str, Any]:
    return {"text": text, "reason": "", "is_do": is_do, "hours": hours, "until": until}


PREPARATION = [prepare(None, "Keep taking your medicines"), prepare(7, "Do not take aspirin", is_do=False)]
PREPARATION += [prepare(0), prepare(0, "Drink as usual")]
AFTERCARE = [after(None, "Touch it with clean hands"), after(24), after(4, "Do not put make-up on", is_do=False)]


def messages(of: Visit, rules: Rules = RULES, **given: Any) -> list[Due]:
    return due(of, **{"preparation": PREPARATION, "aftercare": AFTERCARE, "rules": rules} | given)


def shown(found: list[Due], zone: ZoneInfo = BERLIN) -> dict[str, str]:
    """Each key's local day and clock time."""
    assert len({message.key for message in found}) == len(found)
    return {message.key: f"{message.at.astimezone(zone):%Y-%m-%d %H:%M}" for message in found}


ZONES = st.sampled_from([BERLIN, BERLIN, DUBAI, ZoneInfo("Asia/Tehran"), ZoneInfo("Australia/Lord_Howe")])
LEADS = st.builds(Lead, st.integers(1, 14), st.just("d")) | st.builds(Lead, st.integers(1, 30), st.just("h"))
CLOCKS = st.times().map(lambda clock: clock.replace(minute=clock.minute // 15 * 15, second=0, microsecond=0))


@st.composite
def quiet_hours(draw: st.DrawFn) -> QuietHours:
    """Mostly the usual ones; any others that leave at least three hours of the day."""
    if draw(st.booleans()):
        return QuietHours()
    starts = draw(CLOCKS)
    length = timedelta(minutes=15 * draw(st.integers(0, 21 * 4)))
    return QuietHours(starts, (datetime.combine(date.min, starts) + length).time())


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    leads = tuple(draw(st.lists(LEADS, max_size=4)))
    return Rules(leads, draw(quiet_hours()), draw(st.none() | st.integers(1, 96)), draw(st.integers(0, 14)))


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    """Whole minutes, every other one within days of a clock change."""
    if draw(st.booleans()):
        return draw(st.sampled_from(CHANGES)) + draw(st.integers(-4 * 24 * 60, 4 * 24 * 60)) * timedelta(minutes=1)
    return datetime(2027, 1, 1, tzinfo=UTC) + draw(st.integers(0, 365 * 24 * 60)) * timedelta(minutes=1)


@st.composite
def visits(draw: st.DrawFn, states: tuple[State, ...] = tuple(State)) -> Visit:
    """In any state, known from a month before to a day after its start, ended early or late or as planned."""
    start = draw(instants())
    end = start + draw(st.integers(1, 240)) * timedelta(minutes=1)
    since = start - draw(st.integers(-24 * 60, 30 * 24 * 60)) * timedelta(minutes=1)
    true_end = draw(st.none() | st.integers(-300, 300).map(lambda minutes: end + minutes * timedelta(minutes=1)))
    return Visit(draw(st.sampled_from(states)), start, end, since, draw(ZONES), true_end)


PREPARE_ROWS = st.lists(st.builds(prepare, st.none() | st.integers(0, 14)), max_size=5)
AFTER_ROWS = st.lists(st.builds(after, st.none() | st.integers(1, 200)), max_size=4)


def the(key: str, found: list[Due]) -> Due:
    return next(message for message in found if message.key == key)
