"""Staff set the rules of booking, and the week of a location."""

from datetime import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from clinic.models import Clinic, Location, OpeningHours
from clinic.tests.admin.forms import form_of
from clinic.tests.factories import ClinicFactory, LocationFactory
from clinic.tests.markup import read

pytestmark = pytest.mark.django_db

CLINIC = "/admin/clinic/clinic/1/change/"


@pytest.fixture
def place() -> Location:
    return LocationFactory(weekend=[5, 6])


def path_of(place: Location) -> str:
    return reverse("admin:clinic_location_change", args=[place.pk])


def test_every_rule_of_booking_is_changed_on_the_page_of_the_clinic(admin_client: Client) -> None:
    ClinicFactory()
    changed = {
        "hold_minutes": 12,
        "reply_working_days": 2,
        "open_requests_per_contact": 3,
        "requests_per_hour": 50,
        "cooling_off_days": 14,
        "late_hours": 48,
        "late_changes": "allowed",
        "offer_minutes": 60,
    }
    shown = form_of(admin_client, CLINIC)
    assert set(changed) <= set(shown)
    assert admin_client.post(CLINIC, {**shown, **changed}).status_code == 302
    assert Clinic.objects.values(*changed).get() == changed


def test_a_number_out_of_range_is_said_at_its_field(admin_client: Client) -> None:
    ClinicFactory()
    response = admin_client.post(CLINIC, {**form_of(admin_client, CLINIC), "cooling_off_days": 61})
    assert response.context["adminform"].form.errors == {"cooling_off_days": ["Give a number from 0 to 60."]}
    assert Clinic.objects.get().cooling_off_days == 3


def test_opening_hours_are_typed_as_the_clock_of_the_place_shows_them(admin_client: Client, place: Location) -> None:
    hours = OpeningHours.objects.create(location=place, weekday=0, opens=time(9), closes=time(17, 30))
    path = path_of(place)
    page = read(admin_client.get(path))
    for name, shown in (("opens", "09:00"), ("closes", "17:30")):
        control = page.one("input", name=f"opening_hours-0-{name}")
        assert (control["type"], control["value"]) == ("time", shown)
    assert admin_client.post(path, {**form_of(admin_client, path), "opening_hours-0-opens": "08:15"}).status_code == 302
    hours.refresh_from_db()
    assert (hours.opens, hours.closes) == (time(8, 15), time(17, 30))


@pytest.mark.parametrize(("ticked", "stored"), [(["4", "5"], [4, 5]), (["4"], [4]), ([], [])])
def test_the_weekend_is_ticked(admin_client: Client, place: Location, ticked: list[str], stored: list[int]) -> None:
    path = path_of(place)
    shown = form_of(admin_client, path)
    assert shown["weekend"] == [5, 6]
    assert admin_client.post(path, {**shown, "weekend": ticked, "region": "BE"}).status_code == 302
    place.refresh_from_db()
    assert (place.weekend, place.region) == (stored, "BE")


@pytest.mark.parametrize("ticked", [list("0123456"), ["7"], ["Saturday"]])
def test_a_week_without_a_working_day_is_refused(admin_client: Client, place: Location, ticked: list[str]) -> None:
    path = path_of(place)
    response = admin_client.post(path, {**form_of(admin_client, path), "weekend": ticked})
    assert set(response.context["adminform"].form.errors) == {"weekend"}


def test_a_new_location_proposes_saturday_and_sunday(admin_client: Client) -> None:
    assert form_of(admin_client, reverse("admin:clinic_location_add"))["weekend"] == [5, 6]


def test_staff_without_the_permission_change_nothing(client: Client, place: Location) -> None:
    ClinicFactory()
    for sign_in in (False, True):
        if sign_in:
            client.force_login(User.objects.create_user("desk", is_staff=True))
        for path in (CLINIC, path_of(place)):
            assert client.post(path, {"hold_minutes": 2}).status_code == (403 if sign_in else 302)
    assert Clinic.objects.get().hold_minutes == 10
