"""Time off is typed in a location's time, and never swallows an appointment."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from bookings.models import TimeOff
from bookings.tests.factories import Diary
from clinic.models import Location
from clinic.tests.factories import LocationFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/bookings/timeoff/"
ADD = f"{LIST}add/"


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now)


def typed(
    diary: Diary, location: Location, day: str = "2099-12-08", starts: str = "09:00", ends: str = "12:00"
) -> dict:
    return {
        "practitioner": diary.practitioner.pk,
        "location": location.pk,
        "starts_at_0": day,
        "starts_at_1": starts,
        "ends_at_0": day,
        "ends_at_1": ends,
        "note": "",
    }


def test_times_are_those_of_the_location_chosen(admin_client: Client, diary: Diary) -> None:
    dubai = LocationFactory(slug="dubai", time_zone="Asia/Dubai")
    assert admin_client.post(ADD, typed(diary, dubai)).status_code == 302
    assert TimeOff.objects.get().starts_at == datetime(2099, 12, 8, 5, 0, tzinfo=UTC)
    assert "Tue 8 Dec 2099, 09:00 – Tue 8 Dec 2099, 12:00 +04" in admin_client.get(LIST).content.decode()


def test_editing_shows_the_time_that_was_typed(admin_client: Client, diary: Diary) -> None:
    admin_client.post(ADD, typed(diary, diary.location))
    path = f"/admin/bookings/timeoff/{TimeOff.objects.get().pk}/change/"
    assert 'value="09:00:00"' in admin_client.get(path).content.decode()
    before = TimeOff.objects.get().starts_at
    assert admin_client.post(path, typed(diary, diary.location)).status_code == 302
    assert TimeOff.objects.get().starts_at == before


def test_time_off_over_an_appointment_is_refused_and_names_it(admin_client: Client, now: datetime) -> None:
    diary = Diary(now=now.replace(year=2098))
    asked = diary.request(diary.at(1, 10))
    day = asked.local_start.date().isoformat()
    body = admin_client.post(ADD, typed(diary, diary.location, day)).content.decode()
    assert asked.reference in body
    assert not TimeOff.objects.exists()
    assert admin_client.post(ADD, typed(diary, diary.location, day, "10:30", "12:00")).status_code == 302


@pytest.mark.parametrize("values", [{"ends": "09:00"}, {"ends": "08:00"}, {"day": "nonsense"}, {"starts": "25:00"}])
def test_a_bad_time_is_an_error_at_the_form(admin_client: Client, diary: Diary, values: dict[str, str]) -> None:
    response = admin_client.post(ADD, typed(diary, diary.location, **values))
    assert response.status_code == 200
    assert response.context["errors"]
    assert not TimeOff.objects.exists()


def test_a_patient_who_is_just_booking_is_waited_for(admin_client: Client, diary: Diary) -> None:
    with time_machine.travel(diary.now, tick=False):
        held = diary.hold(diary.at(1, 10))
        admin_client.force_login(User.objects.get(username="admin"))
        body = admin_client.post(ADD, typed(diary, diary.location, "2026-12-08")).content.decode()
    assert "Someone is booking 08.12.2026 10:00 at this moment" in body
    assert held.reference not in body
