"""Public holidays by country and region, named in the reader's language where it is known."""

from datetime import date

import pytest

from clinic.holidays import known_country, known_region, public_holidays

MAY = {"first": date(2027, 5, 1), "last": date(2027, 5, 31)}
WOMENS_DAY = date(2027, 3, 8)


def days(country: str, region: str, year: int = 2027) -> list[date]:
    found = public_holidays(country, region, first=date(year, 1, 1), last=date(year, 12, 31), language="en")
    return [day for day, _name in found]


def test_they_come_by_day_with_their_names() -> None:
    assert public_holidays("DE", "BE", **MAY, language="en") == [
        (date(2027, 5, 1), "Labor Day"),
        (date(2027, 5, 6), "Ascension Day"),
        (date(2027, 5, 17), "Pentecost Monday"),
    ]


def test_both_ends_belong_to_the_span_and_no_day_beyond() -> None:
    first, last = date(2026, 12, 26), date(2027, 1, 1)
    found = public_holidays("DE", "", first=first, last=last, language="de")
    assert found == [(first, "Zweiter Weihnachtstag"), (last, "Neujahr")]
    assert public_holidays("DE", "", first=date(2026, 12, 27), last=date(2026, 12, 31), language="de") == []
    assert public_holidays("DE", "", first=last, last=first, language="de") == []


def test_a_region_adds_its_own() -> None:
    assert WOMENS_DAY in days("DE", "BE")
    assert WOMENS_DAY not in days("DE", "BY")


@pytest.mark.parametrize("region", ["", "XX", "BE!", "DU"])
def test_without_a_known_region_those_of_the_whole_country_remain(region: str) -> None:
    found = days("DE", region)
    assert date(2027, 10, 3) in found
    assert WOMENS_DAY not in found


@pytest.mark.parametrize(("country", "region"), [("de", "be"), ("DE", " BE "), ("DE", "Berlin")])
def test_the_codes_are_read_kindly(country: str, region: str) -> None:
    assert days(country, region) == days("DE", "BE")


@pytest.mark.parametrize("country", ["", "XX", "D", "../"])
def test_a_country_that_nobody_knows_has_none(country: str) -> None:
    assert days(country, "") == []
    assert known_country(country) is None


@pytest.mark.parametrize(
    ("country", "region", "known"),
    [
        ("DE", "BE", "BE"),
        ("de", " be ", "BE"),
        ("DE", "Berlin", "Berlin"),
        ("DE", "", None),
        ("DE", "DU", None),
        ("AE", "DU", None),
        ("XX", "BE", None),
    ],
)
def test_whether_a_region_is_known_can_be_told(country: str, region: str, known: str | None) -> None:
    assert known_region(country, region) == known


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("DE", "en", "New Year's Day"),
        ("DE", "de", "Neujahr"),
        ("AE", "ar", "رأس السنة الميلادية"),
        # Not known for this country: its own names.
        ("DE", "fa", "Neujahr"),
        ("AE", "fa", "رأس السنة الميلادية"),
        ("BR", "pt-br", "Confraternização Universal"),
    ],
)
@pytest.mark.parametrize("environment", ["en_US", "de_DE"])
def test_names_are_in_the_language_asked_for_whatever_the_servers_is(
    monkeypatch: pytest.MonkeyPatch, country: str, language: str, name: str, environment: str
) -> None:
    monkeypatch.setenv("LANGUAGE", environment)
    new_year = date(2027, 1, 1)
    assert public_holidays(country, "", first=new_year, last=new_year, language=language) == [(new_year, name)]


def test_a_country_with_another_calendar_has_its_own() -> None:
    found = dict(public_holidays("IR", "", first=date(2027, 3, 20), last=date(2027, 3, 24), language="fa"))
    assert "نوروز" in found[date(2027, 3, 21)]
