from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.availability.courses import Breach, Gap, Session, breaches, mend, propose
from treatments.enums import Unit

BERLIN = ZoneInfo("Europe/Berlin")
TEHRAN = ZoneInfo("Asia/Tehran")
JUNE = date(2026, 5, 31)  # the day before the first: on(1) is 1 June
WEEKLY = Gap(7, 10, "day")


def at(day: int, clock: str = "09:00", zone: ZoneInfo = BERLIN) -> datetime:
    """A wall-clock time on a day counted from 1 June, in UTC."""
    return datetime.combine(JUNE + timedelta(days=day), time.fromisoformat(clock), zone).astimezone(UTC)


def free(*days: int, clocks: str = "09:00") -> list[datetime]:
    return [at(day, clock) for day in days for clock in clocks.split()]


def session(day: int, owner: str = "ada", clock: str = "09:00") -> Session[str]:
    return Session(at(day, clock), owner)


def shown(chain: list[Session[str]] | None, zone: ZoneInfo = BERLIN) -> str | None:
    """Such as "ada 1 09:00, bea 8 09:30"."""
    if chain is None:
        return None
    walls = [(each.owner, each.start.astimezone(zone)) for each in chain]
    return ", ".join(f"{owner} {(wall.date() - JUNE).days} {wall:%H:%M}" for owner, wall in walls)


def chain(diary: dict[str, list[datetime]], sessions: int, gap: Gap = WEEKLY, **wishes: object) -> str | None:
    return shown(propose(diary, sessions=sessions, gap=gap, zone=BERLIN, **wishes))


@pytest.mark.parametrize(
    ("gap", "first", "last"),
    [
        (Gap(7, 10, "day"), date(2026, 2, 7), date(2026, 2, 10)),
        (Gap(2, 2, "week"), date(2026, 2, 14), date(2026, 2, 14)),
        (Gap(0, None, "day"), date(2026, 1, 31), None),
        (Gap(1, 3, "month"), date(2026, 2, 28), date(2026, 4, 30)),
        (Gap(11, 13, "month"), date(2026, 12, 31), date(2027, 2, 28)),
        (Gap(25, None, Unit.MONTH), date(2028, 2, 29), None),
    ],
)
def test_the_window_opens_at_the_least_gap_and_closes_at_the_largest(gap: Gap, first: date, last: date | None) -> None:
    day = date(2026, 1, 31)
    assert gap.window(day) == (first, last)
    assert gap.allows(day, first)
    assert not gap.allows(day, first - timedelta(days=1))
    assert gap.allows(day, last or date(2126, 1, 1))
    assert last is None or not gap.allows(day, last + timedelta(days=1))


@pytest.mark.parametrize(("least", "most", "unit"), [(-1, 2, "day"), (3, 2, "day"), (1, 2, "days"), (1, 2, "year")])
def test_a_gap_that_makes_no_sense_is_refused(least: int, most: int, unit: str) -> None:
    with pytest.raises(ValueError, match="gap"):
        Gap(least, most, unit)


def test_the_earliest_days_are_proposed() -> None:
    assert chain({"ada": free(1, 2, 9, 10, 17)}, 3) == "ada 1 09:00, ada 9 09:00, ada 17 09:00"


def test_a_first_day_that_leads_nowhere_is_passed_over() -> None:
    #   1 ──▶ 8 ──▶ nothing in 15…18; 3 ──▶ 12 ──▶ 20
    assert chain({"ada": free(1, 3, 8, 12, 20)}, 3) == "ada 3 09:00, ada 12 09:00, ada 20 09:00"


def test_no_chain_is_no_proposal() -> None:
    assert chain({"ada": free(1, 7, 12)}, 2) is None
    assert chain({"ada": free(1, 8), "bea": free(9)}, 3) is None
    assert chain({"ada": []}, 1) is None
    assert chain({}, 1) is None
    with pytest.raises(ValueError, match="at least one"):
        chain({"ada": free(1)}, 0)


def test_one_owner_for_the_whole_chain_beats_earlier_days() -> None:
    diary = {"ada": free(1, 8), "bea": free(2, 10, 20)}
    assert chain(diary, 3) == "bea 2 09:00, bea 10 09:00, bea 20 09:00"


def test_of_those_who_can_do_it_all_the_preferred_come_first_then_the_order_given() -> None:
    diary = {"ada": free(5, 12), "bea": free(4, 11), "cleo": free(3, 10)}
    assert chain(diary, 2) == "ada 5 09:00, ada 12 09:00"
    assert chain(diary, 2, preferred=["dora", "cleo", "bea"]) == "cleo 3 09:00, cleo 10 09:00"
    assert chain(diary, 2, before=session(-4, "bea")) == "bea 4 09:00, bea 11 09:00"
    assert chain(diary, 2, after=session(19, "bea")) == "bea 4 09:00, bea 11 09:00"
    assert chain(diary, 2, before=session(-4, "bea"), preferred=["cleo"]) == "cleo 3 09:00, cleo 10 09:00"


def test_a_mix_changes_owner_as_seldom_as_it_can() -> None:
    #   Day by day the earliest would be ada, bea, ada, bea.
    diary = {"ada": free(1, 15), "bea": free(8, 9, 16, 24)}
    assert chain(diary, 4) == "ada 1 09:00, bea 8 09:00, bea 16 09:00, bea 24 09:00"
    only_in_turn = {"ada": free(1, 15), "bea": free(8, 22)}
    assert chain(only_in_turn, 4) == "ada 1 09:00, bea 8 09:00, ada 15 09:00, bea 22 09:00"


def test_the_chain_follows_the_session_before_and_leads_to_the_one_after() -> None:
    diary = {"ada": free(*range(1, 40))}
    assert chain(diary, 2, before=session(4)) == "ada 11 09:00, ada 18 09:00"
    assert chain(diary, 2, before=session(4), after=session(33)) == "ada 13 09:00, ada 23 09:00"
    assert chain(diary, 2, before=session(4), after=session(35)) is None
    assert chain(diary, 2, before=session(4), after=session(24)) is None


def test_on_the_day_the_clock_time_nearest_to_the_wish_is_taken() -> None:
    diary = {"ada": free(1, 8, clocks="08:00 10:00 12:00 14:00")}
    assert chain(diary, 2) == "ada 1 08:00, ada 8 08:00"
    assert chain(diary, 2, near=time(13, 10)) == "ada 1 14:00, ada 8 14:00"
    assert chain(diary, 2, near=time(11)) == "ada 1 10:00, ada 8 10:00"
    assert chain(diary, 1, before=session(1, clock="12:15")) == "ada 8 12:00"
    mixed = {"ada": [*free(1, clocks="10:00"), *free(8, clocks="08:00 10:30 12:00"), *free(15, clocks="09:45 11:00")]}
    assert chain(mixed, 3) == "ada 1 10:00, ada 8 10:30, ada 15 09:45"


def test_the_clock_time_stays_when_the_clocks_change() -> None:
    #   In UTC 09:00 is 07:00 in October and 08:00 in November.
    diary = {"ada": free(140, 147, 154, clocks="08:00 09:00 10:00")}
    assert chain(diary, 3, near=time(9)) == "ada 140 09:00, ada 147 09:00, ada 154 09:00"


def test_days_are_counted_where_the_clinic_is() -> None:
    #   00:30 in Tehran is still the day before in UTC.
    diary = {"ada": [at(1, "23:00", TEHRAN), at(8, "00:30", TEHRAN), at(9, "00:30", TEHRAN)]}
    found = propose(diary, sessions=2, gap=Gap(8, 8, "day"), zone=TEHRAN)
    assert shown(found, TEHRAN) == "ada 1 23:00, ada 9 00:30"


def test_sessions_of_one_day_come_one_after_the_other() -> None:
    same_day = Gap(0, 0, "day")
    diary = {"ada": free(1, clocks="09:00 10:00"), "bea": free(1, 2, clocks="09:00 11:00 12:00")}
    assert chain(diary, 3, same_day) == "bea 1 09:00, bea 1 11:00, bea 1 12:00"
    assert chain(diary, 2, same_day, near=time(12)) == "ada 1 09:00, ada 1 10:00"
    assert chain(diary, 4, same_day) == "ada 1 09:00, ada 1 10:00, bea 1 11:00, bea 1 12:00"
    assert chain(diary, 5, same_day) is None
    assert chain(diary, 1, same_day, before=session(1, clock="09:30"), after=session(1, clock="10:00")) is None
    assert chain(diary, 3, Gap(0, 1, "day")) == "bea 1 09:00, bea 1 11:00, bea 1 12:00"


def test_breaches_are_told_with_the_later_sessions_number() -> None:
    first = date(2026, 6, 1)
    days = [first, *(first + timedelta(days=n) for n in (6, 14, 25, 24))]
    assert breaches(days, WEEKLY) == [Breach(2, 6, True), Breach(4, 11, False), Breach(5, -1, True)]
    assert breaches([], WEEKLY) == breaches([None, first, None], WEEKLY) == []


def test_the_neighbours_of_a_cancelled_session_are_compared() -> None:
    days = [date(2026, 6, 1), None, date(2026, 6, 15)]
    assert breaches(days, WEEKLY) == [Breach(3, 14, False)]
    assert breaches(days, Gap(7, 14, "day")) == []


def test_a_move_that_breaks_nothing_mends_nothing() -> None:
    course = [session(1), None, session(9), session(17)]
    assert mend(course, 2, {}, gap=WEEKLY, zone=BERLIN) == course


def test_order_is_told_by_the_instant_in_the_hour_that_happens_twice() -> None:
    course = [Session(datetime(2026, 10, 25, hour, minute, tzinfo=UTC), "ada") for hour, minute in [(0, 30), (1, 10)]]
    assert course[0].wall(BERLIN).time() > course[1].wall(BERLIN).time()
    assert mend(course, 0, {}, gap=Gap(0, 1, "day"), zone=BERLIN) == course


def test_only_the_sessions_that_no_longer_fit_get_a_new_time() -> None:
    days = {"ada": free(*range(1, 60)), "bea": free(*range(1, 60), clocks="09:00 15:00")}
    course = [session(1), session(10), None, session(13, "bea", "15:00"), session(26), session(34)]
    mended = mend(course, 1, days, gap=WEEKLY, zone=BERLIN)
    assert mended == [*course[:3], session(17, "bea", "15:00"), *course[4:]]
    late = [session(1), session(11), None, session(13, "bea"), session(23, "bea"), session(33)]
    mended = mend(late, 1, days, gap=WEEKLY, zone=BERLIN, preferred=["ada"])
    assert mended == [*late[:3], session(18), session(25), late[5]]


def test_an_older_breach_is_mended_too_without_touching_what_fits() -> None:
    days = {"ada": free(*range(1, 60))}
    course = [session(2), session(10), session(12), session(25)]
    assert mend(course, 0, days, gap=WEEKLY, zone=BERLIN) == [session(2), session(10), session(17), session(25)]
    course = [session(2), session(5), session(16), session(30)]
    assert mend(course, 0, days, gap=WEEKLY, zone=BERLIN) == [session(2), session(10), session(20), session(30)]
    course = [session(1), session(11), session(17), session(31)]  # 2 or 3 could go: the longest tail stays
    mended = mend(course, 0, days, gap=Gap(7, 14, "day"), zone=BERLIN)
    assert mended == [session(1), session(8), session(17), session(31)]


def test_a_course_that_cannot_be_mended_is_said_to_be_so() -> None:
    days = {"ada": free(*range(1, 60))}
    assert mend([session(1), session(5), session(12)], 1, days, gap=WEEKLY, zone=BERLIN) is None, "too close to before"
    assert mend([session(1), session(5)], 0, {"ada": free(1, 5)}, gap=WEEKLY, zone=BERLIN) is None
    with pytest.raises(ValueError, match="cancelled"):
        mend([session(1), None], 1, days, gap=WEEKLY, zone=BERLIN)
