"""Closures of a location, and its public holidays taken over at once."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.models import Closure
from bookings.tests.admin.absent import closing
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import Diary
from bookings.tests.factories import ClosureFactory
from clinic.models import Location
from clinic.tests.factories import LocationFactory
from clinic.tests.markup import Markup, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST = "/admin/bookings/closure/"
ADD, HOLIDAYS = f"{LIST}add/", f"{LIST}holidays/"
CHRISTMAS, WOMENS_DAY = date(2026, 12, 25), date(2027, 3, 8)


@pytest.fixture
def diary(now: datetime) -> Diary:
    diary = Diary(now=now, signed=False)
    Location.objects.update(region="BE")
    return diary


def boxes(page: Markup) -> dict[str, bool]:
    """The days that can be ticked, and whether they are."""
    return {box["value"]: "checked" in box.attributes for box in page.all("input", type="checkbox", name="days")}


def test_one_day_needs_no_last_day(staff: Client, diary: Diary) -> None:
    assert staff.post(ADD, closing(diary)).status_code == 302
    found = Closure.objects.get()
    assert (found.first_day, found.last_day, found.starts, found.ends) == (date(2026, 12, 8),) * 2 + (None,) * 2


def test_the_list_says_where_and_when(staff: Client, diary: Diary) -> None:
    staff.post(ADD, closing(diary, last_day="2026-12-10", starts="12:00", ends="14:30"))
    ClosureFactory(location=LocationFactory(slug="dubai"), first_day=date(2026, 11, 2))
    [row] = staff.get(LIST).context["cl"].result_list
    assert (row.first_day, row.last_day, row.starts, row.ends) == (
        date(2026, 12, 8),
        date(2026, 12, 10),
        time(12),
        time(14, 30),
    )
    text = read(staff.get(f"{LIST}?when=all")).text
    for words in ("Tue 8 Dec 2026 – Thu 10 Dec 2026", "12:00–14:30", "Mon 2 Nov 2026", "whole day"):
        assert words in text


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"first_day": ""}, {"first_day"}),
        ({"first_day": "nonsense"}, {"first_day"}),
        ({"first_day": "9999-12-31"}, {"first_day"}),
        ({"last_day": "2026-12-07"}, {"last_day"}),
        ({"last_day": "2028-12-07"}, {"last_day"}),
        ({"starts": "09:00"}, {"ends"}),
        ({"starts": "09:00", "ends": "09:00"}, {"ends"}),
        ({"name": ""}, {"name"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    staff: Client, diary: Diary, values: dict[str, Any], fields: set[str]
) -> None:
    assert set(staff.post(ADD, closing(diary, **values)).context["adminform"].form.errors) == fields
    assert not Closure.objects.exists()


def test_the_holidays_of_a_year_are_listed_with_the_region_they_are_known_for(staff: Client, diary: Diary) -> None:
    page = read(staff.get(HOLIDAYS))
    assert "the public holidays of DE, region BE, in the next twelve months" in page.text
    assert "Fri 25 December 2026: Christmas Day" in page.text
    assert boxes(page)[CHRISTMAS.isoformat()]
    assert boxes(page)[WOMENS_DAY.isoformat()]
    days = [date.fromisoformat(day) for day in boxes(page)]
    assert min(days) >= date(2026, 12, 7)
    assert max(days) <= date(2027, 12, 7)


@pytest.mark.parametrize(
    ("values", "says", "link"),
    [
        ({"region": "XX"}, "The region “XX” is not known: these are the national holidays of DE alone.", True),
        ({"region": ""}, "The location has no region: these are the national holidays of DE alone.", True),
        ({"country": "XX"}, "No public holidays are known for the country code “XX”.", False),
    ],
)
def test_a_wrong_region_is_not_silently_the_whole_country(
    staff: Client, diary: Diary, values: dict[str, str], says: str, link: bool
) -> None:
    Location.objects.update(**values)
    page = read(staff.get(HOLIDAYS))
    assert says in page.text
    assert (reverse("admin:clinic_location_change", args=[diary.location.pk]) in page.links) is link
    assert WOMENS_DAY.isoformat() not in boxes(page)


def test_those_ticked_become_closures_once(staff: Client, diary: Diary) -> None:
    wanted = [CHRISTMAS.isoformat(), WOMENS_DAY.isoformat()]
    response = staff.post(HOLIDAYS, {"days": wanted}, follow=True)
    assert "2 closures were added" in read(response).text
    rows = Closure.objects.values_list("first_day", "last_day", "name", "starts")
    assert list(rows) == [
        (CHRISTMAS, CHRISTMAS, "Christmas Day", None),
        (WOMENS_DAY, WOMENS_DAY, "Women's Day", None),
    ]
    assert LogEntry.objects.count() == 2
    page = read(staff.get(HOLIDAYS))
    assert CHRISTMAS.isoformat() not in boxes(page)
    assert "Fri 25 December 2026: Christmas Day – closed already" in page.text
    staff.post(HOLIDAYS, {"days": wanted})
    assert Closure.objects.count() == 2


def test_a_day_inside_a_longer_closure_is_closed_already_but_not_one_with_times(staff: Client, diary: Diary) -> None:
    ClosureFactory(location=diary.location, first_day=date(2026, 12, 24), last_day=date(2026, 12, 26))
    ClosureFactory(location=diary.location, first_day=WOMENS_DAY, starts=time(9), ends=time(10))
    ClosureFactory(location=LocationFactory(slug="dubai"), first_day=date(2027, 1, 1))
    found = boxes(read(staff.get(HOLIDAYS)))
    assert CHRISTMAS.isoformat() not in found
    assert WOMENS_DAY.isoformat() in found
    assert "2027-01-01" in found


def test_a_day_with_appointments_leads_to_deciding_about_them(staff: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(18, 10))
    page = read(staff.get(HOLIDAYS))
    assert CHRISTMAS.isoformat() not in boxes(page)
    link = next(a for a in page.all("a") if a.text == "decide about 1 appointment")
    # Asked for all the same, as by a page that is out of date: it is not swallowed.
    response = staff.post(HOLIDAYS, {"days": [CHRISTMAS.isoformat(), WOMENS_DAY.isoformat()]}, follow=True)
    assert "25 December 2026 was not added: there are appointments to decide about." in read(response).text
    assert list(Closure.objects.values_list("first_day", flat=True)) == [WOMENS_DAY]
    form = staff.get(link["href"]).context["adminform"].form
    shown = {name: form[name].value() for name in ("location", "name", "first_day")}
    assert shown == {"location": str(asked.location_id), "name": "Christmas Day", "first_day": "2026-12-25"}


@pytest.mark.parametrize("days", [[], ["2026-12-24"], ["nonsense"]])
def test_only_listed_days_are_added(staff: Client, diary: Diary, days: list[str]) -> None:
    assert staff.post(HOLIDAYS, {"days": days}).status_code == 200
    assert not Closure.objects.exists()


def test_each_location_has_its_own(staff: Client, diary: Diary) -> None:
    dubai = LocationFactory(slug="dubai", country="AE", time_zone="Asia/Dubai")
    assert f"?location={dubai.pk}" in read(staff.get(HOLIDAYS)).links
    assert "2027-01-01" in boxes(read(staff.get(f"{HOLIDAYS}?location={dubai.pk}")))
    staff.post(f"{HOLIDAYS}?location={dubai.pk}", {"days": ["2027-01-01"]})
    assert Closure.objects.get().location == dubai
    for wrong in ("999", "x", "-1"):
        assert staff.get(f"{HOLIDAYS}?location={wrong}").status_code == 404


def test_without_a_location_there_is_nothing_to_close(staff: Client, db: None) -> None:
    assert "Add a location first." in read(staff.get(HOLIDAYS)).text
    assert staff.post(HOLIDAYS, {"days": ["2027-01-01"]}).status_code == 200


def test_the_page_costs_the_same_with_one_appointment_and_with_four(staff: Client, diary: Diary) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(HOLIDAYS)
        return len(captured)

    diary.request(diary.at(18, 10))
    queries()
    one = queries()
    for hour in (11, 12, 13):
        diary.request(diary.at(18, hour), visitor=f"at {hour}")
    assert queries() == one


@pytest.mark.parametrize("permissions", [(), ("view_closure",)])
def test_outsiders_close_nothing(client: Client, diary: Diary, permissions: tuple[str, ...]) -> None:
    assert "/admin/login/" in client.post(HOLIDAYS, {"days": ["2027-01-01"]})["Location"]
    someone = signed_in(member(*permissions))
    for path, body in ((HOLIDAYS, {"days": ["2027-01-01"]}), (ADD, closing(diary))):
        assert someone.get(path).status_code == 403
        assert someone.post(path, body).status_code == 403
    if permissions:
        assert HOLIDAYS not in read(someone.get(LIST)).links
    assert not Closure.objects.exists()
