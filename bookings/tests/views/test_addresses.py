"""Addresses and posts that no page of ours sends: an answer in words, never an error of the server."""

from bookings.models import Appointment
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.ways import CHECK, DETAILS, FREE, KEEP, TIMES, to_details

WORSE = ["\x00", "\x1b[31m", "\u202e", "%", "'", "<script>", "٣", "x" * 5000]


def test_a_day_that_cannot_be_read_is_said_to_be_so(diary: Diary, visitor: Visitor) -> None:
    for day in ("2026-13-45", "2026-02-30", "today", "9999-12-31", "0001-01-01", "2201-01-01", "1999-12-31", *WORSE):
        visitor.arrive(visitor.client.get(TIMES, {"day": day}), TIMES)
        assert visitor.status == 200, day
        assert "We could not read the day in the address." in visitor.main.text, day
        assert visitor.page.one("h2", id="day-title").text == "Monday 7 December", day


def test_a_month_that_cannot_be_read_is_said_to_be_so(diary: Diary, visitor: Visitor) -> None:
    for month in ("0000-00", "9999-12", "0001-01", "2026-13", "december", "2026", *WORSE):
        visitor.arrive(visitor.client.get(TIMES, {"month": month}), TIMES)
        assert visitor.status == 200, month
        assert "We could not read the day in the address." in visitor.main.text, month
        assert visitor.page.one("h2", id="month-title").text == "December 2026", month


def test_a_day_in_another_age_has_no_times(diary: Diary, visitor: Visitor) -> None:
    for query in ("day=2000-01-01", "day=2200-12-31", "month=2000-01", "month=2200-12"):
        visitor.get(f"{TIMES}?{query}")
        assert visitor.status == 200, query
        assert not visitor.main.all("button", class_="slot"), query
        assert "Next free: Monday 7 December, 11:00" in visitor.main.text, query


def test_a_day_and_a_month_that_differ_show_the_month(diary: Diary, visitor: Visitor) -> None:
    visitor.get(f"{TIMES}?day=2026-12-10&month=2027-01")
    assert visitor.page.one("h2", id="month-title").text == "January 2027"
    assert visitor.page.one("h2", id="day-title").text == "Choose a day"


def test_a_start_that_cannot_be_read_asks_for_one(diary: Diary, visitor: Visitor) -> None:
    for start in ("", "yesterday", "20270229T0900Z", "99991231T2330Z", "00010101T0000Z", "20261208T0900Z\x00", *WORSE):
        visitor.arrive(visitor.client.post(TIMES, {"start": start}), TIMES)
        assert visitor.status == 422, start
        assert visitor.title.startswith("Error: Choose a time"), start
        summary = visitor.main.one("div", class_="error-summary")
        assert summary.one("h2").text == "There is a problem"
        link = summary.one("a")
        assert link.text == "Choose one of the times below", start
        assert visitor.main.one("div", id=link.get("href").removeprefix("#")).all("button", class_="slot")
    assert not Appointment.objects.exists()


def test_a_post_without_a_start_asks_for_one(diary: Diary, visitor: Visitor) -> None:
    visitor.arrive(visitor.client.post(TIMES), TIMES)
    assert (visitor.status, visitor.main.one("div", class_="error-summary").one("a").text) == (
        422,
        "Choose one of the times below",
    )


def test_a_practitioner_of_another_place_asks_to_choose(diary: Diary, visitor: Visitor) -> None:
    for practitioner in ("nobody", *WORSE):
        data = {"start": "20261208T0900Z", "practitioner": practitioner}
        visitor.arrive(visitor.client.post(TIMES, data), TIMES)
        assert visitor.status == 422, practitioner
        link = visitor.main.one("div", class_="error-summary").one("a")
        assert visitor.main.one("div", id=link.get("href").removeprefix("#"))
    assert not Appointment.objects.exists()


def test_a_start_that_has_passed_or_is_too_far_cannot_be_booked(diary: Diary, visitor: Visitor) -> None:
    for start in ("20000101T0900Z", "20261206T0900Z", "20261207T0800Z", "20291208T0900Z", "22001231T2330Z"):
        visitor.arrive(visitor.client.post(TIMES, {"start": start}), TIMES)
        assert visitor.status == 422, start
        summary = visitor.main.one("div", class_="error-summary")
        assert summary.one("a").text == "This time cannot be booked. Choose one of the times below"
        assert "Next free: Monday 7 December, 11:00" in visitor.main.text
    assert not Appointment.objects.exists()


def test_any_text_in_any_field_gets_an_answer(diary: Diary, visitor: Visitor) -> None:
    for text in WORSE:
        to_details(visitor, diary)
        typed = {"name": text, "email": text, "phone": text, "visitor": text, "reference": text, "check": text}
        for path in (DETAILS, CHECK, KEEP, TIMES, FREE):
            assert visitor.client.post(path, typed).status_code in (302, 422), (path, text)
        for path in (DETAILS, CHECK, f"/en/appointments/{text}/"):
            assert visitor.client.get(path).status_code in (200, 302, 404), (path, text)


def test_bytes_that_are_no_text_get_an_answer(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    body = b"name=%FF%FE%ED%A0%80&email=\xff&phone=%00"
    response = visitor.client.generic("POST", DETAILS, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert visitor.client.get(DETAILS).status_code == 200
