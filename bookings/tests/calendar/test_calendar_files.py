"""What the patient's calendar shows of an appointment."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from bookings.enums import State
from bookings.models import Appointment, Patient
from bookings.queries.calendar_files import calendar_download, calendar_file
from bookings.tests.actions.states import in_state
from bookings.tests.diary import Diary
from bookings.tests.ics.reader import read
from clinic.models import Clinic

pytestmark = pytest.mark.django_db


def fresh(appointment: Appointment) -> Appointment:
    related = ("patient", "location")
    return Appointment.objects.select_related(*related).get(pk=appointment.pk)


def test_it_says_where_and_when_and_never_what_for(
    diary: Diary, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = fresh(in_state(diary, State.CONFIRMED))
    with django_assert_num_queries(2):
        data, method = calendar_file(asked, now=diary.now)
    [file] = read(data)
    [found] = file["events"]
    link = f"https://clinic.example:8443{asked.patient_path()}"
    assert method == file["method"] == "REQUEST"
    assert found == {
        "uid": f"{asked.reference}@clinic.example",
        "sequence": 2,
        "stamp": diary.now,
        "start": diary.at(1, 10),
        "end": diary.at(1, 10, 45),
        "zones": ["Europe/Berlin", "Europe/Berlin"],
        "status": "CONFIRMED",
        "summary": "Appointment at Test Clinic",
        "location": "Berlin, Teststr. 1, 10115 Berlin",
        "description": f"Reference: {asked.reference}\nTo move or cancel it, open your page or call us.\n"
        f"+49 30 23125001\n{link}",
        "url": link,
        "visibility": "PRIVATE",
        "organizer": {"address": "mailto:desk@clinic.example", "name": "Test Clinic"},
        "attendee": {"address": "mailto:ada@example.com", "name": "Ada Example"},
        "alarms": ["-P1D", "-PT2H"],
    }
    for word in (asked.treatment.name, asked.type.name, asked.practitioner.name):
        assert word
        assert word not in data.decode()


def test_how_each_state_stands_in_the_calendar(diary: Diary, now: datetime) -> None:
    expected = {
        State.REQUESTED: ("REQUEST", "TENTATIVE"),
        State.CONFIRMED: ("REQUEST", "CONFIRMED"),
        State.ARRIVED: ("REQUEST", "CONFIRMED"),
        State.COMPLETED: ("REQUEST", "CONFIRMED"),
        State.NO_SHOW: ("REQUEST", "CONFIRMED"),
        State.DECLINED: ("CANCEL", "CANCELLED"),
        State.CANCELLED: ("CANCEL", "CANCELLED"),
        State.LAPSED: ("CANCEL", "CANCELLED"),
    }
    asked = fresh(diary.request(diary.at(1, 10)))
    files, downloads = [], []
    for state in expected:
        asked.state = state
        files.append(calendar_file(asked, now=now))
        downloads.append(calendar_download(asked, now=now))
    # A request that nobody has closed yet, though its time has come.
    asked.state = State.REQUESTED
    files.append(calendar_file(asked, now=asked.starts_at))
    found = read(*(data for data, _method in files), *downloads)
    told = [*expected.items(), ("late", ("CANCEL", "CANCELLED"))]
    for file, (_data, method), (state, how) in zip(found[: len(files)], files, told, strict=True):
        [event] = file["events"]
        assert (file["method"], event["status"]) == how, state
        assert method == how[0]
        assert event["sequence"] == (2 if state == "late" else 1)
        assert bool(event["alarms"]) == (how[0] == "REQUEST")
        assert ("not confirmed" in event["description"]) == (how[1] == "TENTATIVE")
        assert ("move or cancel" in event["description"]) == (how[0] == "REQUEST")
    for file, (_method, status) in zip(found[len(files) :], expected.values(), strict=True):
        assert (file["method"], file["events"][0]["status"], file["events"][0]["attendee"]) == ("PUBLISH", status, None)


def test_it_speaks_the_patients_language_and_leads_to_their_page_in_it(diary: Diary) -> None:
    Clinic.objects.update(name_fa="کلینیک نیلوفر")
    asked = diary.request(diary.at(1, 10))
    Patient.objects.update(language="fa")
    diary.location.city_fa = "برلین"
    diary.location.save()
    data, _method = calendar_file(fresh(asked), now=diary.now)
    [found] = read(data)[0]["events"]
    assert "کلینیک نیلوفر" in found["summary"]
    assert found["location"] == "Berlin, Teststr. 1, 10115 برلین"
    assert found["url"].startswith(f"https://clinic.example:8443/fa/appointments/{asked.reference}.")


def test_nobody_without_an_address_is_invited(diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    Patient.objects.update(email="")
    data, method = calendar_file(fresh(asked), now=diary.now)
    assert method == "PUBLISH"
    assert b"mailto:\r\n" not in data
    assert b"ATTENDEE" not in data


def test_a_hold_is_in_nobodys_calendar(diary: Diary) -> None:
    with pytest.raises(ValueError, match="hold"):
        calendar_file(diary.hold(diary.at(1, 10)), now=diary.now)


def test_the_same_appointment_gives_the_same_bytes_whenever_it_is_asked_for(diary: Diary) -> None:
    asked = fresh(diary.request(diary.at(1, 10)))
    assert calendar_file(asked, now=diary.now) == calendar_file(asked, now=diary.now + timedelta(hours=3))
