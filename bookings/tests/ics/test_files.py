"""Calendar files of one visit and of many."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.ics import Event, Method, Person, Status, event, feed
from bookings.tests.ics import reader
from bookings.tests.ics.reader import read
from bookings.tests.ics.visits import DESK, HOUR, PATIENT, visit

FULL = visit(
    sequence=3,
    location="Parkallee 1, 10115 Berlin",
    note="To change it, open the link or call.",
    phone="+49 30 1234567",
    link="https://clinic.example/en/appointments/K7QM-3XPA.0123456789abcdef/",
)


def one(of: Event, method: Method = Method.REQUEST, attendee: Person | None = PATIENT) -> dict:
    [file] = read(event(of, method, organizer=DESK, attendee=attendee))
    [found] = file["events"]
    return {"method": file["method"], **found}


def test_a_request_says_all_that_a_calendar_shows() -> None:
    assert one(FULL) == {
        "method": "REQUEST",
        "uid": "K7QM-3XPA@clinic.example",
        "sequence": 3,
        "stamp": datetime(2026, 12, 1, 8, tzinfo=UTC),
        "start": datetime(2026, 12, 10, 12, 30, tzinfo=UTC),
        "end": datetime(2026, 12, 10, 13, 30, tzinfo=UTC),
        "zones": ["Europe/Berlin", "Europe/Berlin"],
        "status": "CONFIRMED",
        "summary": "Praxis am Park",
        "location": "Parkallee 1, 10115 Berlin",
        "description": f"To change it, open the link or call.\n+49 30 1234567\n{FULL.link}",
        "url": FULL.link,
        "visibility": "PRIVATE",
        "organizer": {"address": "mailto:desk@clinic.example", "name": "Praxis am Park"},
        "attendee": {"address": "mailto:zoe@patient.example", "name": "Zoë Öztürk"},
        "alarms": ["-P1D", "-PT2H"],
    }


def test_what_is_not_known_is_left_out() -> None:
    found = one(visit())
    assert [found[name] for name in ("location", "description", "url")] == [None, None, None]
    assert one(replace(FULL, note="", phone=""))["description"] == FULL.link


def test_a_patient_without_a_name_still_gets_an_invitation() -> None:
    assert one(FULL, attendee=Person("", "zoe@patient.example"))["attendee"] == {
        "address": "mailto:zoe@patient.example",
        "name": None,
    }


def test_a_request_that_waits_for_an_answer_is_tentative() -> None:
    assert one(replace(FULL, status=Status.TENTATIVE))["status"] == "TENTATIVE"


def test_a_cancellation_names_the_same_visit_and_rings_no_alarm() -> None:
    found = one(replace(FULL, sequence=4), Method.CANCEL)
    assert (found["method"], found["status"], found["uid"], found["sequence"]) == ("CANCEL", "CANCELLED", FULL.uid, 4)
    assert found["alarms"] == []
    assert found["attendee"]["address"] == "mailto:zoe@patient.example"
    assert one(replace(FULL, status=Status.CANCELLED), Method.PUBLISH)["alarms"] == []


def test_a_file_to_download_names_no_attendee() -> None:
    found = one(FULL, Method.PUBLISH)
    assert (found["method"], found["attendee"], found["alarms"]) == ("PUBLISH", None, ["-P1D", "-PT2H"])


def test_the_patient_is_not_asked_whether_they_come() -> None:
    text = event(FULL, Method.REQUEST, organizer=DESK, attendee=PATIENT).decode().replace("\r\n ", "")
    assert "PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:zoe@patient.example\r\n" in text


def test_a_request_without_an_attendee_is_refused() -> None:
    with pytest.raises(ValueError, match="attendee"):
        event(FULL, Method.REQUEST, organizer=DESK)


def test_naive_and_backward_times_are_refused() -> None:
    naive = FULL.start.replace(tzinfo=None)
    for wrong in ({"start": naive}, {"end": naive}, {"stamp": naive}, {"end": FULL.start}):
        with pytest.raises(ValueError, match=r"naive|end after"):
            replace(FULL, **wrong)


def test_lines_end_as_the_standard_asks_and_are_folded_at_75_octets() -> None:
    umlauts = replace(FULL, note="Ünter den Linden " * 20, location="سلام " * 40)
    data = event(umlauts, Method.REQUEST, organizer=DESK, attendee=Person("ö" * 70, PATIENT.email))
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert max(len(line) for line in lines) == 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    # No letter is torn apart.
    assert all(line.decode() for line in lines)
    assert one(umlauts)["location"] == umlauts.location


# What one can type: letters of any script, punctuation, line breaks; of the controls only those. The one thing that
# icalendar itself takes for a line break is a backslash with a capital N.
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from('\n";:,\\^')
TYPED = st.text(LETTERS, max_size=90).filter(lambda text: "\\N" not in text)


@settings(deadline=None, max_examples=6)
@given(texts=st.lists(st.tuples(TYPED, TYPED, TYPED), min_size=20, max_size=40))
def test_whatever_is_typed_comes_out_as_it_was(texts: list[tuple[str, str, str]]) -> None:
    #   Many files at a time: starting node is what takes long.
    files = read(
        *(
            event(
                replace(FULL, summary=summary, location=place, note=""),
                Method.REQUEST,
                organizer=DESK,
                attendee=Person(name, PATIENT.email),
            )
            for summary, place, name in texts
        )
    )
    for (summary, place, name), file in zip(texts, files, strict=True):
        [found] = file["events"]
        assert (found["summary"] or "", found["location"] or "") == (summary, place)
        assert (found["attendee"]["name"] or "") == name.replace("\\", "")
        assert (found["uid"], found["url"]) == (FULL.uid, FULL.link)


@pytest.mark.parametrize(
    "text", ["a\r\nATTENDEE:mailto:evil@x.example", "a\rSTATUS:CANCELLED", "a\nUID:other", "a\x00\x07\x1bb"]
)
def test_a_control_that_was_smuggled_in_starts_no_line_and_breaks_nothing(text: str) -> None:
    smuggled = replace(FULL, summary=text, location=text, note=text, phone=text)
    data = event(smuggled, Method.REQUEST, organizer=Person(text, DESK.email), attendee=Person(text, PATIENT.email))
    found = one(smuggled)
    assert (found["status"], found["uid"]) == ("CONFIRMED", FULL.uid)
    assert data.count(b"\nATTENDEE") == data.count(b"\nUID") == data.count(b"\nSTATUS") == 1
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert all(byte >= 32 or byte in b"\r\n" for byte in data + feed([smuggled], text))


def test_a_feed_holds_its_visits_by_time_under_its_name() -> None:
    early, late = visit("2026-12-10 09:00", uid="b"), visit("2026-12-10 10:00", uid="a")
    same_time = replace(late, uid="z", status=Status.TENTATIVE)
    [file] = read(feed([same_time, late, early], "Dr. Ada, Praxis"))
    assert (file["method"], file["name"], file["zones"]) == ("PUBLISH", "Dr. Ada, Praxis", ["Europe/Berlin"])
    assert [(each["uid"], each["status"]) for each in file["events"]] == [
        ("b", "CONFIRMED"),
        ("a", "CONFIRMED"),
        ("z", "TENTATIVE"),
    ]
    assert all(each["alarms"] == [] and each["attendee"] is None for each in file["events"])


def test_a_feed_says_how_often_to_look_again() -> None:
    lines = feed([visit()], "Diary", refresh=timedelta(hours=1)).decode().splitlines()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT1H" in lines
    assert "X-WR-CALNAME:Diary" in lines


def test_an_empty_feed_is_a_calendar() -> None:
    [file] = read(feed([], "Diary"))
    assert (file["events"], file["zones"]) == ([], [])


def test_the_same_visits_give_the_same_bytes_and_another_time_gives_others() -> None:
    visits = [visit("2026-12-10 09:00", uid="b"), visit("2026-12-11 10:00", uid="a")]
    again = [replace(each) for each in visits]
    assert feed(visits, "Diary") == feed(again[::-1], "Diary")
    moved = [replace(visits[0], start=visits[0].start - HOUR, sequence=1), visits[1]]
    assert feed(moved, "Diary") != feed(visits, "Diary")


def test_without_node_the_tests_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(reader.CannotRead, match="node is missing"):
        read(event(FULL, Method.PUBLISH, organizer=DESK))


def test_what_is_pinned_is_what_reads() -> None:
    read()
    pinned = json.loads((reader.FOLDER / "package.json").read_text())["dependencies"]["ical.js"]
    assert json.loads((reader.MODULES / "ical.js/package.json").read_text())["version"] == pinned
