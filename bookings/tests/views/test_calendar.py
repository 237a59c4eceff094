"""The calendar's page."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from bookings.models import WorkingHours
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory, WorkingHoursFactory
from bookings.tests.views.ways import TIMES, to_times
from clinic.tests.factories import PractitionerFactory


def slots(visitor: Visitor) -> list[str]:
    return [button.text for button in visitor.main.all("button", class_="slot")]


def cells(visitor: Visitor) -> dict[str, str]:
    """What each day of the calendar says after its number."""
    days = visitor.main.one("table").all("a", class_="month__day") + visitor.main.one("table").all(
        "span", class_="month__day"
    )
    return {day.text.partition(" ")[0]: day.text.partition(" ")[2] for day in days}


def test_it_opens_on_the_next_free_day(diary: Diary, visitor: Visitor) -> None:
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(0, 0), ends_at=diary.at(2, 12))
    visitor.get(TIMES)
    assert visitor.page.one("h2", id="day-title").text == "Wednesday 9 December"
    assert slots(visitor)[0] == "Wednesday 9 December, 12:00"
    assert "Next free: Wednesday 9 December, 12:00" in visitor.main.text


def test_every_day_says_in_words_what_it_is(diary: Diary, visitor: Visitor) -> None:
    WorkingHours.objects.update(ends=time(9, 30))
    diary.type.least_notice_hours = 25
    diary.type.furthest_days = 14
    diary.type.save()
    diary.request(diary.at(2, 9), visitor="someone")
    said = cells(visitor.get(TIMES))
    assert said["7"] == "too early"
    assert said["8"] == "full"  # within the notice from ten on
    assert said["9"] == "full"
    assert said["10"] == "December, 1 free time, selected"
    assert said["11"] == "December, 1 free time"
    assert said["12"] == "closed"
    assert said["22"] == "too far"
    assert len(said) == 31


def test_the_chosen_day_is_marked_and_its_times_are_shown(diary: Diary, visitor: Visitor) -> None:
    visitor.get(f"{TIMES}?day=2026-12-10")
    current = [link for link in visitor.main.all("a") if link.get("aria-current") == "date"]
    assert [link.text for link in current] == ["10 December, 16 free times, selected"]
    assert len(slots(visitor)) == 16
    assert slots(visitor)[0] == "Thursday 10 December, 09:00"


def test_a_day_without_times_leads_to_the_next_that_has_some(diary: Diary, visitor: Visitor) -> None:
    visitor.get(f"{TIMES}?day=2026-12-12")
    assert slots(visitor) == []
    assert "There is no free time on this day." in visitor.main.text
    visitor.follow("Go to the next free day")
    assert visitor.page.one("h2", id="day-title").text == "Monday 7 December"


def test_months_lead_to_each_other_as_far_as_can_be_booked(diary: Diary, visitor: Visitor) -> None:
    assert not visitor.get(TIMES).main.all("a", rel="prev")
    months = []
    while visitor.main.all("a", rel="next"):
        visitor.follow(visitor.main.one("a", rel="next").text)
        months.append(visitor.page.one("h2", id="month-title").text)
        assert visitor.page.one("h2", id="day-title").text == "Choose a day"
    assert months == ["January 2027", "February 2027"]
    visitor.follow("January 2027").follow("December 2026")
    assert len(slots(visitor)) > 0


def test_with_whom_is_kept_from_page_to_page_and_held(diary: Diary, visitor: Visitor) -> None:
    other = PractitionerFactory(name_en="Dr. Other", slug="other")
    diary.type.practitioners.add(other)
    WorkingHoursFactory(practitioner=other, location=diary.location, weekday=3)
    visitor.get(TIMES).follow("Dr. Other")
    assert visitor.page.one("h2", id="day-title").text == "Thursday 10 December"
    visitor.follow("January 2027").follow("14 January").press("09:00")
    held = diary.treatment.appointments.get()
    assert (held.practitioner, held.starts_at.day) == (other, 14)


def test_with_one_practitioner_nobody_is_asked_with_whom(diary: Diary, visitor: Visitor) -> None:
    assert not visitor.get(TIMES).main.all("nav", class_="with-whom")


@pytest.mark.parametrize("with_", ["nobody", "\x00", "'", "../../etc/passwd", "x" * 5000])
def test_an_unknown_practitioner_is_anyone(diary: Diary, visitor: Visitor, with_: str) -> None:
    visitor.response = visitor.client.get(TIMES, {"with": with_})
    assert visitor.response.status_code == 200
    assert b'class="slot"' in visitor.response.content


def test_with_nothing_free_it_says_so_and_gives_the_phone(diary: Diary, visitor: Visitor) -> None:
    TimeOffFactory(practitioner=diary.practitioner, starts_at=diary.at(-1, 0), ends_at=diary.at(99, 0))
    visitor.get(TIMES)
    assert "There is no free time at the moment" in visitor.main.text
    assert visitor.main.one("a", class_="phone").text == "+49 30 23125001"


def test_with_nothing_free_with_one_person_it_leads_to_everyone(diary: Diary, visitor: Visitor) -> None:
    busy = PractitionerFactory(name_en="Dr. Busy", slug="busy")
    diary.type.practitioners.add(busy)
    WorkingHoursFactory(practitioner=busy, location=diary.location)
    TimeOffFactory(practitioner=busy, starts_at=diary.at(-1, 0), ends_at=diary.at(99, 0))
    visitor.get(TIMES).follow("Dr. Busy")
    assert "Dr. Busy has no free time in the days that can be booked here." in visitor.main.text
    assert slots(visitor.follow("Look at everyone’s times"))


def test_the_columns_are_the_locations_week(diary: Diary, visitor: Visitor) -> None:
    diary.location.week_starts_on = 5
    diary.location.save()
    heads = [head.text for head in visitor.get(TIMES).main.one("table").all("th")]
    assert heads == ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]


def test_two_times_alike_on_the_clock_are_told_apart(
    diary: Diary, newcomer: Visitor, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2027, 10, 27, 12, tzinfo=UTC))
    visitor = to_times(newcomer, diary)
    WorkingHours.objects.all().delete()
    WorkingHoursFactory(
        practitioner=diary.practitioner,
        location=diary.location,
        weekday=6,
        starts=time(2),
        ends=time(3),
    )
    visitor.get(f"{TIMES}?day=2027-10-31")
    day = "Sunday 31 October, "
    assert slots(visitor) == [day + text for text in ("02:00 CEST", "02:30 CEST", "02:00 CET", "02:30 CET")]
    visitor.press("02:30 CET")
    held = diary.treatment.appointments.get()
    assert held.starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert held.ends_at - held.starts_at == timedelta(minutes=30)
