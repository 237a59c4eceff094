"""What a location and a practitioner say of themselves."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from clinic.models import OpeningHours, Practitioner
from clinic.tests.factories import ClinicFactory, LocationFactory, OpeningHoursFactory, PractitionerFactory
from clinic.tests.refusals import form_errors


def test_a_location_knows_its_zone() -> None:
    assert LocationFactory.build(time_zone="Asia/Dubai").zone == ZoneInfo("Asia/Dubai")


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["", "Mars/Phobos", "europe/berlin", "../etc/passwd", "UTC+1"])
def test_a_zone_that_nobody_knows_is_refused(zone: str) -> None:
    assert set(form_errors(LocationFactory.build(time_zone=zone))) == {"time_zone"}


@pytest.mark.django_db
def test_a_location_says_its_hours_from_its_own_first_day() -> None:
    dubai = LocationFactory(slug="dubai", week_starts_on=5)
    for weekday in (0, 1, 2, 3):
        OpeningHoursFactory(location=dubai, weekday=weekday, opens=time(9), closes=time(18))
    lines = [(line.first, line.last, line.spans) for line in dubai.hours_lines]
    assert lines == [(5, 6, ()), (0, 3, ((time(9), time(18)),)), (4, 4, ())]


def test_opening_hours_read_like_a_sign_on_the_door() -> None:
    assert str(OpeningHours(weekday=0, opens=time(9), closes=time(18, 30))) == "Monday 09:00–18:30"


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Dr. Leyla Farrokh", "LF"),
        ("Dr. med. Anna Maria Schmidt", "AS"),
        ("Cher", "C"),
        ("ana lind", "AL"),
        ("Dr.", ""),
        ("", ""),
        ("نرگس رضایی", "نر"),
    ],
)
def test_initials_leave_titles_out(name: str, initials: str) -> None:
    assert Practitioner(name_en=name).initials == initials


def test_lists_are_written_one_a_line() -> None:
    person = PractitionerFactory.build(qualifications_en=" Medicine, Berlin \n\n Dermatology")
    place = LocationFactory.build(what_to_bring_en="A list\r\n Your card ")
    assert person.qualification_list == ["Medicine, Berlin", "Dermatology"]
    assert place.bring_list == ["A list", "Your card"]
    assert PractitionerFactory.build().qualification_list == LocationFactory.build().bring_list == []


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["German", "Persian"]), ("fa", ["آلمانی", "فارسی"]), ("ar", ["الألمانية", "الفارسية"])],
)
def test_languages_are_named_in_the_readers_language(language: str, names: list[str]) -> None:
    person = PractitionerFactory.build(speaks=["de", "fa"])
    with override(language):
        assert person.speaks_list == names
    with override(None):
        assert person.speaks_list == ["German", "Persian"]
    assert PractitionerFactory.build().speaks_list == []


@pytest.mark.django_db
def test_a_slug_is_used_once() -> None:
    LocationFactory(slug="berlin")
    PractitionerFactory(slug="ana")
    assert set(form_errors(LocationFactory.build(slug="berlin"))) == {"slug"}
    assert set(form_errors(PractitionerFactory.build(slug="ana"))) == {"slug"}


@pytest.mark.parametrize(
    ("row", "text", "path"),
    [
        (ClinicFactory.build(name_en="Lotus"), "Lotus", None),
        (LocationFactory.build(slug="berlin"), "Berlin", "/en/locations/berlin/"),
        (PractitionerFactory.build(slug="ana", name_en="Ana"), "Ana", "/en/practitioners/#ana"),
    ],
)
def test_a_row_is_called_by_its_name_and_found_at_its_page(row: object, text: str, path: str | None) -> None:
    assert str(row) == text
    if path:
        assert row.get_absolute_url() == path
