"""How hours, phones and translated names are said."""

from datetime import time

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from phonenumber_field.phonenumber import PhoneNumber

from clinic.hours import HoursLine
from clinic.models import Clinic, Location
from clinic.templatetags import site

MORNING, AFTERNOON = (time(9), time(12, 30)), (time(14), time(18))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(0, 0, "Monday"), (0, 4, "Monday to Friday"), (5, 6, "Saturday to Sunday"), (5, 4, "Saturday to Friday")],
)
def test_days_are_named_alone_or_from_to(first: int, last: int, said: str) -> None:
    assert site.days(HoursLine(first, last, ())) == said


@pytest.mark.parametrize(
    ("spans", "said"),
    [((), "closed"), ((MORNING,), "09:00–12:30"), ((MORNING, AFTERNOON), "09:00–12:30, 14:00–18:00")],
)
def test_hours_are_said_or_closed(spans: tuple[tuple[time, time], ...], said: str) -> None:
    assert site.spans(HoursLine(0, 0, spans)) == said


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        (PhoneNumber.from_string("+49 30 23125001"), "tel:+49-30-23125001"),
        (PhoneNumber.from_string("+971 4 215 0001"), "tel:+971-4-215-0001"),
        ("112", "tel:112"),
    ],
)
def test_a_phone_number_can_be_called(phone: object, address: str) -> None:
    assert site.call(phone) == address


def test_the_first_phone_that_is_set_is_called() -> None:
    assert site.first_phone(None, "", "112", "110") == "112"
    assert site.first_phone(None, "") is None


def test_a_name_is_said_in_the_pages_language_or_labelled() -> None:
    place = Location(name_en="Berlin & Co", name_fa="برلین", city_en="<Mitte>", street_en="")
    assert site.said(place, "name") == "Berlin & Co"
    with override("fa"):
        assert site.said(place, "name") == "برلین"
        assert site.said(place, "city") == '<span lang="en" dir="ltr">&lt;Mitte&gt;</span>'
        assert site.said(place, "street") == ""
        assert site.said(place, "getting_there") == ""


def versions(languages: list[str], path: str = "/en/treatments/") -> list[dict[str, str]]:
    context = {"clinic": Clinic(languages=languages), "request": RequestFactory().get(path)}
    return site.language_versions(context)


def test_a_page_is_offered_in_each_language_of_the_clinic() -> None:
    assert versions(["en", "fa"]) == [
        {"code": "en", "name": "English", "path": "/en/treatments/"},
        {"code": "fa", "name": "فارسی", "path": "/fa/treatments/"},
    ]
    assert versions(["en"]) == []
    assert site.language_versions({}) == []


def test_an_address_without_a_language_stays_as_it_is() -> None:
    assert [one["path"] for one in versions(["en", "fa"], "/nothing")] == ["/nothing", "/nothing"]
