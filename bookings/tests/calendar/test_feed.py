"""The private calendar of a practitioner or a location: what it holds."""

from datetime import datetime, timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, CalendarFeed, TimeOff
from bookings.tests.actions.states import WAYS
from bookings.tests.calendar.program import events, get
from bookings.tests.diary import BOOKING, Diary
from bookings.tests.factories import TimeOffFactory
from bookings.tests.ics.reader import read
from clinic.tests.factories import LocationFactory

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("clock", "colleague")


def test_it_holds_what_is_booked_with_the_practitioner_and_when_they_are_away(
    diary: Diary, own: CalendarFeed, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    diary.request(diary.at(1, 10), visitor="x", practitioner=diary.practitioners[1])
    times = {"starts_at": diary.at(2, 9), "ends_at": diary.at(3, 17)}
    TimeOffFactory(practitioner=diary.practitioner, location=diary.location, note="Knee surgery", **times)
    TimeOffFactory(practitioner=diary.practitioners[1], location=diary.location, **times)
    diary.hold(diary.at(1, 12), visitor="y", practitioner=diary.practitioner)
    with django_assert_num_queries(4):
        response = get(own)
    [file] = read(response.content)
    visit, away = file["events"]
    assert (file["method"], file["name"], file["zones"]) == ("PUBLISH", diary.practitioner.name, ["Europe/Berlin"])
    assert {key: visit[key] for key in ("summary", "status", "start", "end", "url", "location", "sequence", "uid")} == {
        "summary": f"Consultation · {asked.reference}",
        "status": "TENTATIVE",
        "start": asked.starts_at,
        "end": asked.ends_at,
        "url": f"https://clinic.example:8443/admin/bookings/appointment/{asked.pk}/change/",
        "location": "Berlin, Teststr. 1, 10115 Berlin",
        "sequence": 1,
        "uid": f"diary-{asked.reference}@clinic.example",
    }
    assert (away["summary"], away["start"], away["end"]) == ("Away", times["starts_at"], times["ends_at"])
    assert b"TRANSP:TRANSPARENT" not in response.content, "what is in it keeps the time busy"


def test_a_locations_names_the_practitioner_and_holds_nobodys_time_off(diary: Diary, whole: CalendarFeed) -> None:
    for person in diary.practitioners:
        diary.request(diary.at(1, 10), visitor=person.slug, practitioner=person)
    times = {"starts_at": diary.at(2, 9), "ends_at": diary.at(3, 17)}
    TimeOffFactory(practitioner=diary.practitioner, location=diary.location, **times)
    elsewhere = LocationFactory(slug="dubai")
    other = diary.request(diary.at(1, 12), visitor="z", practitioner=diary.practitioner)
    Appointment.objects.filter(pk=other.pk).update(location=elsewhere)
    found = events(get(whole))
    assert {event["summary"].rpartition(" · ")[2] for event in found} == {one.name for one in diary.practitioners}
    assert len(found) == 2


def test_it_names_no_patient_and_no_treatment(diary: Diary, own: CalendarFeed, whole: CalendarFeed) -> None:
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now, reason="Allergy, calls back")
    contact = BOOKING.contact
    for feed in (own, whole):
        text = get(feed).content.decode().replace("\r\n ", "")
        assert asked.reference in text
        for word in (contact.name, contact.email, contact.phone, diary.treatment.name, "Allergy", asked.link_secret):
            assert word
            assert word not in text
        assert not {"ATTENDEE", "ORGANIZER", "VALARM"} & set(text.replace(":", "\n").split())


@pytest.mark.parametrize("state", WAYS)
def test_it_shows_what_takes_place(diary: Diary, own: CalendarFeed, state: State) -> None:
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    for step in WAYS[state]:
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    text = get(own).content.decode()
    shown = {
        State.REQUESTED: "TENTATIVE",
        State.CONFIRMED: "CONFIRMED",
        State.ARRIVED: "CONFIRMED",
        State.COMPLETED: "CONFIRMED",
    }
    assert (f"STATUS:{shown[state]}" in text) if state in shown else ("VEVENT" not in text)


def test_it_reaches_from_thirty_days_ago_to_two_years_ahead(
    diary: Diary, own: CalendarFeed, now: datetime, clock: time_machine.Traveller
) -> None:
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=now)
    ages = {"starts_at": now - 4000 * DAY, "ends_at": now + 8000 * DAY}
    time_off = TimeOffFactory(practitioner=diary.practitioner, location=diary.location, **ages)
    away, _visit = events(get(own))
    assert now - 32 * DAY < away["start"] < away["end"] < now + 733 * DAY
    time_off.delete()
    clock.move_to(asked.starts_at + 30 * DAY)
    assert len(events(get(own))) == 1
    clock.move_to(asked.starts_at + 31 * DAY)
    assert events(get(own)) == []


def test_a_request_whose_time_has_come_is_no_longer_in_it(
    diary: Diary, own: CalendarFeed, clock: time_machine.Traveller
) -> None:
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    clock.move_to(asked.starts_at - timedelta(seconds=1))
    assert b"VEVENT" in get(own).content
    clock.move_to(asked.starts_at)
    assert b"VEVENT" not in get(own).content


def test_it_costs_the_same_whatever_its_size(
    diary: Diary, own: CalendarFeed, whole: CalendarFeed, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    rows = []
    for number in range(1, 60):
        one = Appointment.objects.get(pk=first.pk)
        one.pk, one.reference = None, f"TEST-{number:04}"
        one.starts_at, one.ends_at = first.starts_at + number * DAY, first.ends_at + number * DAY
        rows.append(one)
    Appointment.objects.bulk_create(rows)
    TimeOff.objects.bulk_create(
        TimeOffFactory.build(
            practitioner=diary.practitioner,
            location=diary.location,
            starts_at=first.starts_at + number * DAY,
            ends_at=first.ends_at + number * DAY,
        )
        for number in range(20)
    )
    with django_assert_num_queries(4):
        assert get(own).content.count(b"BEGIN:VEVENT") == 80
    with django_assert_num_queries(3):
        assert get(whole).content.count(b"BEGIN:VEVENT") == 60
