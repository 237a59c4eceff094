"""The page of what to do before and after a visit."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.enums import Kind, State
from bookings.models import Appointment
from bookings.tests.after_visit import of_kind, visited
from bookings.tests.browser import Visitor
from bookings.tests.factories import Diary
from bookings.tests.page import Element
from bookings.tests.rows import everything
from clinic.models import Clinic, Location
from treatments.models import Aftercare, Complication, Preparation, Treatment
from treatments.tests.factories import (
    AftercareFactory,
    ComplicationFactory,
    PreparationFactory,
    TreatmentFactory,
    sign_draft,
    translate,
)

ADVICE = [State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.COMPLETED]


def write_advice(treatment: Treatment, diary: Diary) -> None:
    """Rows of each kind, signed."""
    for model in (Preparation, Aftercare):
        model.objects.filter(treatment=treatment).delete()
    for days, text in ((None, "Keep taking your medicines"), (7, "Do not take aspirin"), (0, "Bring a list")):
        PreparationFactory(treatment=treatment, text_en=text, days_before=days, is_do=not text.startswith("Do not"))
    AftercareFactory(treatment=treatment, text_en="Do not put make-up on", is_do=False, hours=4)
    AftercareFactory(treatment=treatment, text_en="Keep it dry", is_do=True, hours=24)
    AftercareFactory(treatment=treatment, text_en="Do not massage it", hours=None, until_en="until we say so")
    ComplicationFactory(treatment=treatment, name_en="Itching", text_en="The area may itch.")
    sign_draft(treatment, now=diary.now)


@pytest.fixture
def visit(diary: Diary) -> Appointment:
    """A confirmed treatment tomorrow at 14:00 in Berlin; now it is Monday 7 December 2026, 09:00 there."""
    asked = diary.request(diary.at(1, 14))
    of_kind(diary, Kind.SESSION)
    Appointment.objects.filter(pk=asked.pk).update(state=State.CONFIRMED)
    write_advice(diary.treatment, diary)
    return Appointment.objects.get(pk=asked.pk)


def care(visitor: Visitor, visit: Appointment) -> Visitor:
    return visitor.get(f"{visit.patient_path()}care/")


def named(main: Element, name: str) -> Element:
    found = [one for one in main.all("section") if one.get("aria-labelledby") == name]
    assert len(found) == 1, name
    return found[0]


def lines(part: Element) -> list[str]:
    return [line.text for line in part.one("ol").all("li")]


def test_before_the_day_and_after_stand_with_their_real_days_and_hours(visit: Appointment, visitor: Visitor) -> None:
    care(visitor, visit)
    assert (visitor.status, visitor.heading) == (200, "Before and after your visit")
    assert "Tuesday 8 December 2026, 14:00–14:30" in visitor.main.text
    assert visitor.main.text.count("All times are Berlin time (CET).") == 1
    assert lines(named(visitor.main, "before")) == [
        "1Keep taking your medicines at all times",
        "2Do not take aspirin from Tuesday 1 December",
    ]
    assert named(visitor.main, "the-day").one("h2").text == "The day: tomorrow"
    assert lines(named(visitor.main, "the-day")) == ["3Bring a list"]
    assert lines(named(visitor.main, "after")) == [
        "4Do not put make-up on until 18:30 tomorrow",
        "5Keep it dry until 14:30 on Wednesday 9 December",
        "6Do not massage it until we say so",
    ]
    assert "the planned end, 14:30 tomorrow" in named(visitor.main, "after").text


def test_on_the_day_it_says_today(visit: Appointment, visitor: Visitor, clock: time_machine.Traveller) -> None:
    clock.move_to(visit.starts_at - timedelta(hours=1))
    care(visitor, visit)
    assert named(visitor.main, "the-day").one("h2").text == "The day: today"
    assert lines(named(visitor.main, "after"))[:2] == [
        "4Do not put make-up on until 18:30 today",
        "5Keep it dry until 14:30 tomorrow",
    ]


def test_what_is_normal_and_what_is_not_stand_with_whom_to_call(visit: Appointment, visitor: Visitor) -> None:
    care(visitor, visit)
    help_ = named(visitor.main, "seek-help")
    emergency, clinic = help_.all("div", class_="seek-help__part")
    assert emergency.text == "Call an ambulance at once: 112 Trouble breathing"
    assert clinic.text.startswith("Call the clinic the same day: +49 30 23125001 A lump or pus")
    assert [link.get("href") for link in help_.all("a")] == ["tel:112", "tel:+49-30-23125001"]
    normal = named(visitor.main, "normal").text
    assert "Itching" in normal
    assert "breathing" not in normal


def test_late_effects_are_not_called_normal(visit: Appointment, visitor: Visitor, diary: Diary) -> None:
    Complication.objects.filter(name_en="Itching").update(onset="late")
    sign_draft(diary.treatment, now=diary.now)
    assert not [one for one in care(visitor, visit).main.all("section") if one.get("aria-labelledby") == "normal"]


def test_it_says_how_to_come_what_to_bring_and_where_there_is_no_step(visit: Appointment, visitor: Visitor) -> None:
    Location.objects.update(
        getting_there_en="Take the tram.", step_free_access_en="There is a lift.", what_to_bring_en="A card\n\nA list"
    )
    part = named(care(visitor, visit).main, "there")
    assert [line.text for line in part.all("li")] == ["A card", "A list"]
    for said in ("Take the tram.", "There is a lift.", "Teststr. 1, 10115 Berlin"):
        assert said in part.text


def test_once_it_is_over_what_follows_comes_first_and_counts_from_the_true_end(
    visit: Appointment, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    over = visit.starts_at + timedelta(minutes=20)
    Appointment.objects.filter(pk=visit.pk).update(state=State.COMPLETED, over_at=over)
    clock.move_to(over + timedelta(hours=4))
    care(visitor, visit)
    order = [one.get("aria-labelledby") for one in visitor.main.all("section")]
    assert order == ["after", "seek-help", "normal", "before", "the-day"]
    assert "Your visit ended at 14:20 today." in named(visitor.main, "after").text
    assert lines(named(visitor.main, "after"))[:2] == [
        "4Do not put make-up on until 18:20 today (over)",
        "5Keep it dry until 14:20 tomorrow",
    ]
    assert visitor.main.link("Tell us how you are") == f"{visit.patient_path()}how-are-you/"


def test_whoever_waits_for_an_answer_may_prepare(visit: Appointment, visitor: Visitor) -> None:
    assert "not confirmed this time yet" not in care(visitor, visit).main.text
    Appointment.objects.filter(pk=visit.pk).update(state=State.REQUESTED)
    assert "not confirmed this time yet" in care(visitor, visit).main.text
    assert "Do not take aspirin" in visitor.main.text


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.CANCELLED, "is cancelled, so there is no visit"),
        (State.DECLINED, "was not confirmed, so there is no visit"),
        (State.LAPSED, "was not confirmed, so there is no visit"),
        (State.NO_SHOW, "did not take place"),
    ],
)
def test_without_a_visit_it_says_so_and_leads_back(
    visit: Appointment, visitor: Visitor, state: State, why: str
) -> None:
    Appointment.objects.filter(pk=visit.pk).update(state=state)
    care(visitor, visit)
    assert (visitor.status, visitor.heading) == (200, "There is nothing to prepare")
    assert why in visitor.main.text
    assert "aspirin" not in visitor.main.text
    assert visitor.main.link("Back to the appointment") == visit.patient_path()


def test_a_request_whose_time_has_come_unanswered_is_no_visit(
    visit: Appointment, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    Appointment.objects.filter(pk=visit.pk).update(state=State.REQUESTED)
    clock.move_to(visit.starts_at)
    assert care(visitor, visit).heading == "There is nothing to prepare"


def test_a_consultation_leaves_nothing_to_heal(visit: Appointment, visitor: Visitor, diary: Diary) -> None:
    of_kind(diary, Kind.CONSULTATION)
    care(visitor, visit)
    assert "This visit is a talk" in visitor.main.text
    assert not visitor.main.all("figure")
    assert "make-up" not in visitor.main.text


def test_a_treatment_that_nobody_signed_asks_to_call(visit: Appointment, visitor: Visitor) -> None:
    Appointment.objects.filter(pk=visit.pk).update(treatment=TreatmentFactory())
    care(visitor, visit)
    assert "Please call us: we tell you how to prepare" in visitor.main.text
    assert "+49 30 23125001" in visitor.main.text


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
    with django_assert_num_queries(6):
        Client().get(f"{done.patient_path()}care/")
