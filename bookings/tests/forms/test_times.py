"""A start as the calendar sends it."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from bookings.forms.times import StartField, TimeForm
from bookings.templatetags.diary import instant
from clinic.tests.factories import PractitionerFactory


@given(st.datetimes(datetime(2020, 1, 1), datetime(2190, 12, 31), timezones=st.timezones()))  # noqa: DTZ001
def test_what_the_calendar_writes_is_read_as_the_same_minute(start: datetime) -> None:
    minute = start.astimezone(UTC).replace(second=0, microsecond=0)
    assert StartField().clean(instant(start)) == minute


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "yesterday",
        "now",
        "2026-12-08T09:00",
        "20261208T0900",
        "20261308T0900Z",
        "20270229T0900Z",  # no leap year
        "20261208T2400Z",
        "20261208T0960Z",
        "99991231T2330Z",  # a time that no zone east of London has
        "00010101T0000Z",
        "100000101T0900Z",
        "-0011208T0900Z",
        "20261208T0900Z\x00",
        "20261208T0900Z" * 1000,
        "' OR 1=1 --",
    ],
)
def test_anything_else_asks_to_choose_a_time(text: str | None) -> None:
    with pytest.raises(ValidationError) as refused:
        StartField().clean(text)
    assert refused.value.messages == ["Choose one of the times below"]


def test_a_leap_day_is_read_in_a_leap_year() -> None:
    assert StartField().clean("20280229T0900Z") == datetime(2028, 2, 29, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_only_a_practitioner_of_the_calendar_can_be_chosen() -> None:
    here, elsewhere = PractitionerFactory(), PractitionerFactory()
    for slug, chosen in ((here.slug, here), ("", None)):
        form = TimeForm({"start": "20261208T0900Z", "practitioner": slug}, practitioners=[here])
        assert form.is_valid()
        assert form.cleaned_data["practitioner"] == chosen
    for slug in (elsewhere.slug, "nobody", "x" * 5000):
        form = TimeForm({"start": "20261208T0900Z", "practitioner": slug}, practitioners=[here])
        assert dict(form.errors) == {"practitioner": ["Choose someone from the list"]}
    assert not TimeForm({"start": "20261208T0900Z", "practitioner": "\x00"}, practitioners=[here]).is_valid()
