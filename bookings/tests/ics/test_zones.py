"""What ical.js makes of our times, compared in UTC, around every clock change."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.ics import Event, Method, event, feed
from bookings.tests.availability.oracle import clock_changes
from bookings.tests.ics.reader import CannotRead, read
from bookings.tests.ics.visits import BERLIN, DAY, DESK, HOUR, MINUTE, PATIENT, ZONES, at, visit

# Tehran changed its clocks for the last time in 2022.
YEARS = [2022, 2027]
LENGTHS = [20 * MINUTE, 3 * HOUR, 26 * HOUR]


def moments(zone: ZoneInfo) -> list[datetime]:
    """Around each clock change and new year: the day before it, on and after it, and each quarter hour close by."""
    found = []
    for year in YEARS:
        for change in [datetime(year, 1, 1, tzinfo=UTC), *(change for change, _ in clock_changes(zone, year))]:
            found += [change + days * DAY + 12 * HOUR for days in (-2, -1, 0, 1)]
            found += [change + quarters * 15 * MINUTE for quarters in range(-8, 9)]
            found += [change - MINUTE, change + MINUTE]
    return found


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_calendar_program_reads_the_very_instants_whatever_the_clocks_do(zone: ZoneInfo) -> None:
    written = [at(start, zone, length) for start in moments(zone) for length in LENGTHS]
    files = read(*(event(each, Method.REQUEST, organizer=DESK, attendee=PATIENT) for each in written))
    for each, file in zip(written, files, strict=True):
        [seen] = file["events"]
        assert (seen["start"], seen["end"]) == (each.start, each.end), each
        assert file["zones"] == ([zone.key] if seen["zones"] == [zone.key] * 2 else []), each


def test_a_feed_of_several_zones_and_years_reads_to_the_very_instants() -> None:
    written = [at(start, zone, uid=f"{zone}-{number}") for zone in ZONES for number, start in enumerate(moments(zone))]
    [file] = read(feed(written, "Diary"))
    seen = {each["uid"]: (each["start"], each["end"]) for each in file["events"]}
    assert seen == {each.uid: (each.start, each.end) for each in written}
    assert sorted(file["zones"]) == sorted(zone.key for zone in ZONES)


def test_a_feed_knows_the_changes_up_to_the_end_of_its_last_visit() -> None:
    over_new_year = at(datetime(2027, 12, 31, 20, tzinfo=UTC), BERLIN, 120 * DAY)
    [file] = read(feed([visit("2027-06-01 09:00"), over_new_year], "Diary"))
    assert [each["end"] for each in file["events"]][1] == over_new_year.end


def shown(of: Event) -> tuple[str, ...]:
    """The lines of its start and end."""
    text = event(of, Method.PUBLISH, organizer=DESK).decode()
    zones, _, rest = text.rpartition("END:VTIMEZONE")
    assert bool(zones) == ("TZID=" in rest)
    return tuple(re.findall(r"(?m)^DT(?:START|END)(.*)\r$", rest))


def test_times_stand_on_the_locations_wall_clock() -> None:
    assert shown(visit("2027-07-01 13:30")) == (
        ";TZID=Europe/Berlin:20270701T133000",
        ";TZID=Europe/Berlin:20270701T143000",
    )


def test_a_time_that_comes_twice_stands_in_utc() -> None:
    #   Berlin, 31 October 2027: 02:00 … 03:00 comes at 00:00 and again at 01:00 UTC.
    midnight = datetime(2027, 10, 31, tzinfo=UTC)
    for start in (midnight, midnight + HOUR, midnight + 119 * MINUTE):
        assert all(line.endswith("Z") for line in shown(at(start, BERLIN)))
    assert shown(at(midnight - 30 * MINUTE, BERLIN)) == (":20271030T233000Z", ":20271031T003000Z")
    for start in (midnight - HOUR, midnight + 2 * HOUR):
        assert all("TZID" in line for line in shown(at(start, BERLIN, 30 * MINUTE)))


def changes(of: Event) -> list[tuple[str, ...]]:
    """Kind, DTSTART, name and offsets of each clock change in its file."""
    text = event(of, Method.PUBLISH, organizer=DESK).decode().replace("\r", "")
    lines = r"DTSTART:(.*)\nTZNAME:(.*)\nTZOFFSETFROM:(.*)\nTZOFFSETTO:(.*)\n"
    return re.findall(rf"BEGIN:(STANDARD|DAYLIGHT)\n{lines}", text)


def test_the_changes_of_the_years_and_the_one_before_are_written_out() -> None:
    before = ("STANDARD", "20261025T030000", "CET", "+0200", "+0100")
    of_2027 = [
        ("DAYLIGHT", "20270328T020000", "CEST", "+0100", "+0200"),
        ("STANDARD", "20271031T030000", "CET", "+0200", "+0100"),
    ]
    assert changes(visit("2027-01-01 00:30")) == [before, *of_2027]
    assert changes(visit("2027-12-31 22:30")) == [before, *of_2027]
    over_new_year = changes(visit("2027-12-31 23:30"))
    assert over_new_year[:3] == [before, *of_2027]
    assert [start for _, start, *_ in over_new_year[3:]] == ["20280326T020000", "20281029T030000"]


def test_a_zone_without_changes_has_one_offset() -> None:
    [only] = changes(visit("2027-07-01 13:30", zone=ZoneInfo("Asia/Dubai")))
    assert (only[0], *only[2:]) == ("STANDARD", "+04", "+0400", "+0400")


def test_winter_as_the_exception_is_no_daylight_saving_time() -> None:
    found = changes(visit("2027-07-01 13:30", zone=ZoneInfo("Africa/Casablanca")))
    assert {kind for kind, *_ in found} == {"STANDARD"}
    assert {offset for *_, offset in found} == {"+0000", "+0100"}


def test_a_location_in_utc_needs_no_zone() -> None:
    assert shown(visit("2027-07-01 13:30", zone=ZoneInfo("UTC"))) == (":20270701T133000Z", ":20270701T143000Z")


def test_the_reader_believes_the_file_and_nothing_else() -> None:
    #   The control: a zone written wrongly is read wrongly, and a zone left out is not read at all.
    summer = event(visit("2027-07-01 13:30"), Method.PUBLISH, organizer=DESK)
    wrong = summer.replace(b"DTSTART:20270328T020000", b"DTSTART:20270828T020000")
    assert wrong != summer
    right_file, wrong_file = read(summer, wrong)
    assert wrong_file["events"][0]["start"] - right_file["events"][0]["start"] == timedelta(hours=1)
    without = re.sub(rb"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", b"", summer, flags=re.DOTALL)
    with pytest.raises(CannotRead, match="dtstart is in Europe/Berlin, read as floating"):
        read(without)
