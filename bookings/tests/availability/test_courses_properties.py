"""Proposals and mends against brute force: every chain there is, on small crowded diaries."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bookings.availability.courses import Gap, Session, breaches, mend, propose

Course = list[Session[str]]
ZONES = [ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tehran"), ZoneInfo("America/Santiago")]
# The week in which Berlin sets its clocks back, and one across a month's end.
FIRSTS = [date(2026, 10, 22), date(2027, 1, 27)]
HOURS = [4, 9, 13, 22]  # in UTC: a Tehran evening is the next day, a Santiago morning the one before
DAYS = 9

profile = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def wall(session: Session[str], zone: ZoneInfo) -> datetime:
    return session.start.astimezone(zone).replace(tzinfo=None)


def later(day: date, count: int, unit: str) -> date:
    """One unit after the other; months from the calendar."""
    if unit != "month":
        return date.fromordinal(day.toordinal() + count * {"day": 1, "week": 7}[unit])
    first = day.replace(day=1)
    for _ in range(count):
        first += timedelta(days=monthrange(first.year, first.month)[1])
    return max(first + timedelta(days=n) for n in range(day.day) if (first + timedelta(days=n)).month == first.month)


def may_follow(a: Session[str], b: Session[str], gap: Gap, zone: ZoneInfo) -> bool:
    day, after = wall(a, zone).date(), wall(b, zone).date()
    return (
        a.start < b.start
        and later(day, gap.least, gap.unit) <= after
        and (gap.most is None or after <= later(day, gap.most, gap.unit))
    )


def chains(places: Sequence[Sequence[Session[str]]], gap: Gap, zone: ZoneInfo) -> Iterator[Course]:
    """Every way to take one of each place's sessions so that each may follow the one before."""
    if not places:
        yield []
        return
    for chain in chains(places[:-1], gap, zone):
        yield from ([*chain, each] for each in places[-1] if not chain or may_follow(chain[-1], each, gap, zone))


def fewest_new(course: Course, moved: int, every: Course, gap: Gap, zone: ZoneInfo) -> int | None:
    """How many of the sessions after `moved` must get a new time, whichever they are; None if it cannot be done."""
    indices = range(max(moved - 1, 0), len(course))
    later_ones = range(moved + 1, len(course))
    for count in range(len(later_ones) + 1):
        for new in combinations(later_ones, count):
            places = [every if index in new else [course[index]] for index in indices]
            if any(True for _ in chains(places, gap, zone)):
                return count
    return None


def changes(chain: Course) -> int:
    return sum(a.owner != b.owner for a, b in pairwise(chain))


@st.composite
def diaries(draw: st.DrawFn, first: date, owners: str = "abc") -> dict[str, list[datetime]]:
    slots = [datetime.combine(first + timedelta(days=n), time(hour), UTC) for n in range(DAYS) for hour in HOURS]
    several = st.sets(st.sampled_from(slots), max_size=6).map(sorted)
    return {owner: draw(several) for owner in draw(st.permutations(owners))}


def gaps() -> st.SearchStrategy[Gap]:
    days = st.tuples(st.integers(0, 3), st.none() | st.integers(0, 3), st.just("day"))
    return days.map(lambda each: Gap(each[0], None if each[1] is None else sum(each[:2]), each[2]))


def fixed(first: date, day: int) -> st.SearchStrategy[Session[str] | None]:
    moment = datetime.combine(first + timedelta(days=day), time(9), UTC)
    starts = st.integers(-2, 2).map(lambda n: moment + timedelta(days=n))
    return st.none() | st.builds(Session, starts, st.sampled_from("abz"))


@profile
@given(st.data(), st.sampled_from(FIRSTS), st.sampled_from(ZONES), gaps(), st.integers(1, 4))
def test_the_best_chain_is_proposed(data: st.DataObject, first: date, zone: ZoneInfo, gap: Gap, length: int) -> None:
    diary = data.draw(diaries(first))
    before, after = data.draw(fixed(first, 0)), data.draw(fixed(first, DAYS))
    preferred = data.draw(st.lists(st.sampled_from("abcz"), max_size=2))
    near = data.draw(st.none() | st.sampled_from([time(0), time(11), time(14, 30), time(23, 59)]))
    rank = list(dict.fromkeys([*preferred, *(each.owner for each in (before, after) if each), *diary]))

    def worth(chain: Course) -> tuple[object, ...]:
        """Smallest for the best: changes, then whose and which day each, then the time of each."""
        walls = [wall(each, zone) for each in chain]
        owners = [each.owner for each in chain]
        moved = [False, *(a != b for a, b in pairwise(owners))]
        wished = near or (wall(before, zone) if before else walls[0]).time()
        whose = [(m, rank.index(o), w.date()) for m, o, w in zip(moved, owners, walls, strict=True)]
        off = [(abs(w - datetime.combine(w, wished)), each.start) for w, each in zip(walls, chain, strict=True)]
        if near is None and before is None:
            off[0] = (timedelta(0), chain[0].start)
        return changes(chain), whose, off

    places = [[Session(start, owner) for owner in diary for start in diary[owner]]] * length
    places = [*([[before]] if before else []), *places, *([[after]] if after else [])]
    inner = slice(1 if before else 0, -1 if after else None)
    expected = min((chain[inner] for chain in chains(places, gap, zone)), key=worth, default=None)
    found = propose(
        diary, sessions=length, gap=gap, zone=zone, preferred=preferred, before=before, after=after, near=near
    )
    assert found == expected


@profile
@given(st.data(), st.sampled_from(FIRSTS), st.sampled_from(ZONES), gaps())
def test_a_mend_changes_as_little_as_can_be(data: st.DataObject, first: date, zone: ZoneInfo, gap: Gap) -> None:
    diary = data.draw(diaries(first, owners="ab"))
    every = [Session(start, owner) for owner in diary for start in diary[owner]]
    booked = propose(diary, sessions=data.draw(st.integers(2, 4)), gap=gap, zone=zone)
    assume(booked is not None)
    moved = data.draw(st.integers(0, len(booked) - 1))
    course = [*booked[:moved], data.draw(st.sampled_from(every)), *booked[moved + 1 :]]

    fewest = fewest_new(course, moved, every, gap, zone)
    mended = mend(course, moved, diary, gap=gap, zone=zone)
    if fewest is None:
        assert mended is None
        return
    assert mended is not None
    assert mended[: moved + 1] == course[: moved + 1]
    assert sum(new != old for new, old in zip(mended, course, strict=True)) == fewest
    assert all(each in every for each in mended)
    assert all(may_follow(a, b, gap, zone) for a, b in pairwise(mended))
    assert breaches([wall(each, zone).date() for each in mended], gap) == []


@given(
    st.sampled_from(["day", "week", "month"]),
    st.integers(0, 30),
    st.integers(0, 12),
    st.dates(date(2000, 1, 1), date(2199, 12, 31)),
    st.integers(0, 1500),
)
def test_a_gap_allows_what_its_window_holds(unit: str, least: int, width: int, day: date, days: int) -> None:
    gap, after = Gap(least, least + width, unit), day + timedelta(days=days)
    low, high = later(day, least, unit), later(day, least + width, unit)
    assert gap.window(day) == (low, high)
    assert gap.allows(day, after) == (low <= after <= high)
    assert all(ours <= theirs for ours, theirs in zip(gap.window(day), gap.window(after), strict=True))
    told = breaches([day, None, after], gap)
    assert [(each.number, each.days, each.too_close) for each in told] == (
        [] if gap.allows(day, after) else [(3, days, after < low)]
    )
