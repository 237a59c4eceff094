"""The page of what to do before and after a visit: what it says when."""

from datetime import timedelta

import pytest
import time_machine

from bookings.enums import Kind, State
from bookings.models import Appointment
from bookings.tests.after_visit import agree, of_kind
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.advised import advised, care, lines, named
from clinic.models import Location
from treatments.models import Complication
from treatments.tests.factories import TreatmentFactory
from treatments.tests.pages import sign_draft


@pytest.fixture
def visit(diary: Diary) -> Appointment:
    return advised(diary)


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
    agree(visit)
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


def test_how_they_are_is_asked_only_of_those_who_agreed(
    visit: Appointment, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    clock.move_to(visit.ends_at + timedelta(hours=1))
    assert "Tell us how you are" not in care(visitor, visit).main.text
    agree(visit)
    assert "Tell us how you are" in care(visitor, visit).main.text


def test_whoever_waits_for_an_answer_may_prepare(visit: Appointment, visitor: Visitor) -> None:
    assert "not confirmed this time yet" not in care(visitor, visit).main.text
    Appointment.objects.filter(pk=visit.pk).update(state=State.REQUESTED)
    assert "not confirmed this time yet" in care(visitor, visit).main.text
    assert "You can prepare all the same" in visitor.main.text
    assert "Do not take aspirin" in visitor.main.text


def test_for_a_talk_that_waits_for_an_answer_there_is_nothing_to_prepare(
    visit: Appointment, visitor: Visitor, diary: Diary
) -> None:
    of_kind(diary, Kind.CONSULTATION)
    Appointment.objects.filter(pk=visit.pk).update(state=State.REQUESTED)
    assert "not confirmed this time yet" in care(visitor, visit).main.text
    assert "prepare all the same" not in visitor.main.text


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
