"""Old enough on the day of the visit, by the calendar of the place."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from bookings.models import Appointment, Patient
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.ways import CHECK, to_details
from treatments.tests.factories import ContraindicationFactory
from treatments.tests.pages import ready_treatment, sign_draft

TOO_YOUNG = "This treatment is for people of 18 or over"


@pytest.fixture
def diary(db: None, now: datetime, clock: time_machine.Traveller) -> Diary:
    """The treatment is for people of 18 or over."""
    diary = Diary(now=now, slug="another")
    diary.treatment = ready_treatment(slug="facial-rejuvenation")
    ContraindicationFactory(treatment=diary.treatment, question_en="", outcome="not_suitable", minimum_age=18)
    sign_draft(diary.treatment, now=now - timedelta(days=1))
    return diary


def born(day: date) -> dict[str, str]:
    parts = {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}
    return {**TYPED, **{name: str(number) for name, number in parts.items()}}


def test_whoever_is_too_young_on_the_day_reads_why_and_nothing_is_kept(diary: Diary, visitor: Visitor) -> None:
    """The visit is tomorrow, on 8 December 2026."""
    to_details(visitor, diary).press("Continue", **born(date(2008, 12, 9)))
    assert (visitor.status, visitor.heading) == (200, TOO_YOUNG)
    assert visitor.main.one("a", class_="phone").get("href") == "tel:+49-30-23125001"
    assert not Appointment.objects.exists()
    assert not Patient.objects.exists()
    kept = str(dict(visitor.client.session.items()))
    assert "2008" not in kept
    assert "Ada" not in kept


def test_whoever_is_old_enough_on_that_very_day_may_book(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary).press("Continue", **born(date(2008, 12, 8)))
    assert visitor.heading == "Check your answers"


@pytest.mark.parametrize(
    ("day", "heading"),
    [(date(2008, 12, 8), "Check your answers"), (date(2008, 12, 9), TOO_YOUNG)],
)
def test_the_day_is_the_one_at_the_place(diary: Diary, visitor: Visitor, day: date, heading: str) -> None:
    """Nine in the morning of the 8th in Auckland is the evening of the 7th by UTC."""
    diary.location.time_zone = "Pacific/Auckland"
    diary.location.save()
    start = datetime(2026, 12, 8, 9, tzinfo=diary.location.zone)
    to_details(visitor, diary, start).press("Continue", **born(day))
    assert visitor.heading == heading


def test_an_earlier_day_chosen_afterwards_is_refused_when_it_is_sent(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary, diary.at(3, 10)).press("Continue", **born(date(2008, 12, 10)))
    assert to_details(visitor, diary, diary.at(1, 10)).path == CHECK
    visitor.press("Ask for this appointment")
    assert visitor.heading == TOO_YOUNG
    assert not Appointment.objects.exists()
    assert not Patient.objects.exists()
