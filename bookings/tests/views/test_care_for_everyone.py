"""The page of what to do before and after a visit: its languages, its picture, and what it keeps to itself."""

from typing import Any

import pytest
from django.test import Client

from bookings.enums import State
from bookings.models import Appointment
from bookings.tests.after_visit import visited
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from bookings.tests.views.advised import advised, care
from clinic.models import Clinic
from treatments.tests.factories import AftercareFactory
from treatments.tests.pages import sign_draft, translate

ADVICE = [State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.COMPLETED]


@pytest.fixture
def visit(diary: Diary) -> Appointment:
    return advised(diary)


def test_advice_in_another_language_is_labelled_and_the_page_says_so(visit: Appointment, visitor: Visitor) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    persian = visit.patient_path().replace("/en/", "/fa/")
    visitor.get(f"{persian}care/")
    assert visitor.page.one("html").get("lang") == "fa"
    assert "No clinician has signed the advice in your language yet, so it is shown in English." in visitor.main.text
    for text in ("Do not put make-up on", "until we say so", "Itching", "Trouble breathing"):
        (label,) = {one.get("lang") for one in visitor.main.all(lang="en", dir="ltr") if text in one.text}
        assert label == "en"
    translate(visit.treatment, "fa")
    sign_draft(visit.treatment, now=visit.requested_at, language="fa")
    visitor.get(f"{persian}care/")
    assert "fa: Do not put make-up on" in visitor.main.text
    assert not [one for one in visitor.main.all(lang="en") if "Do not" in one.text]
    assert "No clinician has signed" not in visitor.main.text


def test_the_picture_has_a_name_that_says_where_its_text_is(visit: Appointment, visitor: Visitor) -> None:
    figure = care(visitor, visit).main.one("figure")
    drawing = figure.one("svg")
    assert drawing.get("role") == "img"
    assert figure.one("figcaption", id=drawing.get("aria-labelledby")).text.startswith(
        "At a glance: each bar is a line of the lists below, with its number."
    )
    numbers = [mark.text for mark in visitor.main.all("span", class_="care-line__number")]
    assert numbers == ["1", "2", "3", "4", "5", "6"]
    assert [bar.one("text").text for bar in drawing.all("g", class_="timeline__bar")] == numbers
    assert not any("style" in one.attributes for one in visitor.page.all())


def test_nothing_of_the_treatment_is_in_its_title_or_address(visit: Appointment, visitor: Visitor) -> None:
    care(visitor, visit)
    assert visitor.title == "Before and after your visit – Test Clinic"
    assert visit.treatment.slug not in visitor.path
    assert visitor.page.one("meta", name="robots").get("content") == "noindex"
    assert "no-store" in visitor.response["Cache-Control"]


@pytest.mark.parametrize("state", ADVICE)
def test_the_appointment_leads_there(visit: Appointment, visitor: Visitor, state: State) -> None:
    Appointment.objects.filter(pk=visit.pk).update(state=state)
    visitor.get(visit.patient_path()).follow("Before and after your visit")
    assert visitor.heading == "Before and after your visit"


def test_reading_changes_nothing_and_nothing_else_is_answered(visit: Appointment) -> None:
    before = everything()
    client, path = Client(), f"{visit.patient_path()}care/"
    assert client.get(path).status_code == client.head(path).status_code == 200
    assert [getattr(client, method)(path).status_code for method in ("post", "put", "delete")] == [405] * 3
    assert everything() == before


def test_an_outsider_reads_nothing(visit: Appointment) -> None:
    response = Client().get(f"{visit.patient_path()[:-2]}x/care/")
    assert response.status_code == 404
    assert b"make-up" not in response.content


@pytest.mark.parametrize("rows", [1, 6])
def test_it_costs_the_same_whatever_it_shows(
    visit: Appointment, diary: Diary, rows: int, django_assert_num_queries: Any
) -> None:
    AftercareFactory.create_batch(rows, treatment=diary.treatment)
    sign_draft(diary.treatment, now=diary.now)
    # The appointment, its log, the signed page, the clinic, and the locations with their hours.
    with django_assert_num_queries(6):
        Client().get(f"{visit.patient_path()}care/")


def test_so_it_is_after_the_visit(diary: Diary, django_assert_num_queries: Any) -> None:
    done = visited(diary)
    # And whether they agreed to be asked how they are.
    with django_assert_num_queries(7):
        Client().get(f"{done.patient_path()}care/")
