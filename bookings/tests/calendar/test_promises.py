"""What patients are promised of their calendar; read by ical.js, compared in UTC."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User

from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.actions.undo import undo
from bookings.enums import Actor, State
from bookings.models import Appointment, CalendarFeed
from bookings.queries.calendar_feeds import read_feed
from bookings.queries.calendar_files import calendar_download, calendar_file
from bookings.tests.diary import Diary
from bookings.tests.factories import WorkingHoursFactory
from bookings.tests.ics.reader import read
from clinic.tests.factories import LocationFactory

pytestmark = pytest.mark.django_db
BERLIN, DUBAI, KOLKATA, LORD_HOWE = "Europe/Berlin", "Asia/Dubai", "Asia/Kolkata", "Australia/Lord_Howe"
# What the wall clock shows, and the instant that it is; worked out by hand, not by the library that writes the files.
TIMES = [
    (BERLIN, "2027-01-13 10:00", "2027-01-13 09:00Z"),
    (BERLIN, "2027-03-27 10:00", "2027-03-27 09:00Z"),
    (BERLIN, "2027-03-28 01:30", "2027-03-28 00:30Z"),
    (BERLIN, "2027-03-28 03:00", "2027-03-28 01:00Z"),
    (BERLIN, "2027-03-28 10:00", "2027-03-28 08:00Z"),
    (BERLIN, "2027-10-30 10:00", "2027-10-30 08:00Z"),
    (BERLIN, "2027-10-31 02:30", "2027-10-31 00:30Z"),
    (BERLIN, "2027-10-31 02:30 again", "2027-10-31 01:30Z"),
    (BERLIN, "2027-10-31 10:00", "2027-10-31 09:00Z"),
    (DUBAI, "2027-03-29 10:00", "2027-03-29 06:00Z"),
    (DUBAI, "2027-11-01 10:00", "2027-11-01 06:00Z"),
    (KOLKATA, "2027-03-30 10:00", "2027-03-30 04:30Z"),
    (KOLKATA, "2027-11-02 10:00", "2027-11-02 04:30Z"),
    (LORD_HOWE, "2027-04-03 10:00", "2027-04-02 23:00Z"),
    (LORD_HOWE, "2027-04-04 10:00", "2027-04-03 23:30Z"),
    (LORD_HOWE, "2027-10-02 10:00", "2027-10-01 23:30Z"),
    (LORD_HOWE, "2027-10-03 10:00", "2027-10-02 23:00Z"),
]


def test_promise_05_the_calendar_file_is_never_an_hour_off(now: datetime) -> None:
    diary = Diary(now=now, signed=False, furthest_days=500)
    places = {
        zone: LocationFactory(slug=f"zone-{number}", time_zone=zone)
        for number, zone in enumerate((BERLIN, DUBAI, KOLKATA, LORD_HOWE))
    }
    for place in places.values():
        for weekday in range(7):
            WorkingHoursFactory(
                practitioner=diary.practitioner, location=place, weekday=weekday, starts=time(0), ends=time(23)
            )
    booked: list[tuple[Appointment, datetime]] = []
    for number, (zone, shown, instant) in enumerate(TIMES):
        local = datetime.fromisoformat(shown.removesuffix(" again"))
        start = local.replace(tzinfo=ZoneInfo(zone), fold=shown.endswith("again")).astimezone(UTC)
        asked = diary.request(start, visitor=f"v{number}", location=places[zone])
        booked.append((Appointment.objects.get(pk=asked.pk), datetime.fromisoformat(instant)))
    feed = CalendarFeed.objects.create(practitioner=diary.practitioner, created_at=now)
    mails = [calendar_file(one, now=now)[0] for one, _instant in booked]
    downloads = [calendar_download(one, now=now) for one, _instant in booked]
    *files, diary_file = read(*mails, *downloads, read_feed(feed, now=now).file())
    for (appointment, instant), file in zip(booked * 2, files, strict=True):
        [seen] = file["events"]
        assert (seen["start"], seen["end"] - seen["start"]) == (instant, diary.type.visit.duration), appointment.when
    assert [event["start"] for event in diary_file["events"]] == sorted(instant for _one, instant in booked)


def test_promise_12_a_moved_visit_replaces_the_one_in_the_patients_calendar(now: datetime) -> None:
    diary = Diary(now=now, signed=False)
    first, second = diary.at(2, 10), diary.at(3, 14)
    appointment = diary.request(first)
    staff = User.objects.create_user("vera")
    files: list[tuple[bytes, str]] = []

    def send() -> None:
        files.append(calendar_file(Appointment.objects.get(), now=now))

    def go(start: datetime) -> None:
        move(moves=[Move(Appointment.objects.get(), start)], actor=Actor.PATIENT, now=now)
        send()

    send()
    change_state(appointment=appointment, to=State.CONFIRMED, actor=Actor.STAFF, now=now)
    send()
    for start in (second, first, second, first):
        go(start)
    cancel(appointment=Appointment.objects.get(), now=now)
    send()
    undo(appointment=Appointment.objects.get(), now=now, by=staff, reason="They called")
    send()
    cancel(appointment=Appointment.objects.get(), now=now)
    send()
    found = [(file["method"], *file["events"]) for file in read(*(data for data, _method in files))]
    methods = ["REQUEST"] * 6 + ["CANCEL", "REQUEST", "CANCEL"]
    assert [method for method, _event in found] == [method for _data, method in files] == methods
    assert {event["uid"] for _method, event in found} == {f"{appointment.reference}@testserver"}
    sequences = [event["sequence"] for _method, event in found]
    assert sequences == sorted(set(sequences)), "each file is newer than the one before"
    starts = [first, first, second, first, second, first, first, first, first]
    assert [event["start"] for _method, event in found] == starts
    # Whatever order the mails arrive in, and however often, the calendar ends with the last word.
    for order in (found, found[::-1], found[::2] + found[1::2] + found):
        kept: dict[str, Any] = {}
        for _method, event in order:
            if event["uid"] not in kept or event["sequence"] > kept[event["uid"]]["sequence"]:
                kept[event["uid"]] = event
        [last] = kept.values()
        assert (last["status"], last["start"]) == ("CANCELLED", first)
