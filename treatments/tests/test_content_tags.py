"""How prices, sessions, gaps and waiting times are said."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from treatments.enums import Frequency, Grade
from treatments.templatetags import content


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("50.00", "450.00", "€50 to €450"),
        ("40.00", "40.00", "€40"),
        ("40.00", "40", "€40"),
        ("49.90", "450.00", "€49.90 to €450"),
        ("0.00", "25.00", "€0 to €25"),
        ("1200.00", "12500.50", "€1,200 to €12,500.50"),
        (None, None, "Price on request"),
    ],
)
def test_a_price_is_a_range_one_amount_or_on_request(low: str | None, high: str | None, said: str) -> None:
    assert content.price({"amount_from": low, "amount_to": high, "currency": "EUR"}) == said


@pytest.mark.parametrize(
    ("currency", "said"), [("USD", "$350"), ("AED", "AED\N{NO-BREAK SPACE}350"), ("XQZ", "XQZ\N{NO-BREAK SPACE}350")]
)
def test_every_currency_is_written(currency: str, said: str) -> None:
    assert content.price({"amount_from": "350.00", "amount_to": "350.00", "currency": currency}) == said


@pytest.mark.parametrize(
    ("language", "whole", "with_cents"),
    [("en", "€450", "€49.90"), ("fa", "€ 450", "€ 49.90"), ("ar", "450 €", "49.90 €")],
)
def test_an_amount_is_written_as_the_language_does(language: str, whole: str, with_cents: str) -> None:
    with override(language):
        written = [content.money(amount, "EUR") for amount in ("450.00", "49.90")]
    # Without the marks of direction, and with plain spaces.
    assert [text.strip("\u200e\u200f").replace("\u00a0", " ") for text in written] == [whole, with_cents]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (4, 6, "4–6 sessions"),
        (1, 1, "1 session"),
        (1, 2, "1–2 sessions"),
        (3, 3, "3 sessions"),
        (4, None, "at least 4 sessions"),
        (1, None, "at least 1 session"),
        (None, 6, "up to 6 sessions"),
        (None, 1, "up to 1 session"),
        (None, None, "As many as you and the clinician agree"),
    ],
)
def test_sessions_are_counted_with_open_ends(low: int | None, high: int | None, said: str) -> None:
    assert content.session_count({"sessions_from": low, "sessions_to": high}) == said


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (7, 10, "day", "7–10 days apart"),
        (1, 1, "day", "1 day apart"),
        (2, 2, "week", "2 weeks apart"),
        (1, 1, "week", "1 week apart"),
        (1, 3, "month", "1–3 months apart"),
        (1, None, "month", "at least 1 month apart"),
        (None, 3, "month", "up to 3 months apart"),
        (None, None, "day", ""),
    ],
)
def test_gaps_are_said_with_open_ends(low: int | None, high: int | None, unit: str, said: str) -> None:
    assert content.session_gap({"gap_from": low, "gap_to": high, "gap_unit": unit}) == said


@pytest.mark.parametrize(
    ("wait", "unit", "since", "said"),
    [
        (14, "day", "after it has healed", "14 days after it has healed"),
        (1, "week", "after the last dose", "1 week after the last dose"),
        (6, "month", "", "6 months"),
        (None, "", "", ""),
    ],
)
def test_waiting_is_a_length_and_from_when(wait: int | None, unit: str, since: str, said: str) -> None:
    assert content.waiting_time({"wait": wait, "wait_unit": unit, "wait_since": since}) == said


@pytest.mark.parametrize(
    ("hours", "until", "said"),
    [
        (24, "", "for 24 hours"),
        (1, "", "for 1 hour"),
        (None, "until your clinician says so", "until your clinician says so"),
        (None, "", ""),
    ],
)
def test_aftercare_says_for_how_long(hours: int | None, until: str, said: str) -> None:
    assert content.how_long({"hours": hours, "until": until}) == said


@pytest.mark.parametrize(("days", "said"), [(0, "on the day"), (1, "from 1 day before"), (7, "from 7 days before")])
def test_preparation_says_from_when(days: int, said: str) -> None:
    assert content.when_before({"days_before": days}) == said


@pytest.mark.parametrize("grade", Grade.values)
def test_every_grade_has_a_name_a_meaning_and_a_level(grade: str) -> None:
    assert content.grade_name(grade)
    assert content.grade_meaning(grade).endswith(".")
    assert [content.grade_level(one) for one in ("none", "weak", "some", "good")] == [0, 1, 2, 3]


@pytest.mark.parametrize("frequency", Frequency.values)
def test_every_frequency_has_a_name(frequency: str) -> None:
    assert content.frequency_name(frequency)


def test_citations_link_to_their_references() -> None:
    assert content.cite([]) == ""
    html = content.cite([2, 5])
    assert html.count("<a ") == 2
    assert '<a href="#ref-5"><span class="visually-hidden">Reference </span>5</a>' in html


def rendered(source: str, **context: Any) -> str:
    return Template("{% load content %}" + source).render(Context(context))


def test_the_day_of_a_price_is_a_date() -> None:
    assert rendered("{{ row|as_of_date|date:'j F Y' }}", row={"as_of": "2026-11-01"}) == "1 November 2026"
