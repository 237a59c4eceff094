"""The calendar narrowed to who speaks a language, or to a woman or a man."""

import pytest

from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory, WorkingHoursFactory
from bookings.tests.page import Element
from bookings.tests.views.ways import TIMES
from clinic.enums import Gender
from clinic.models import Practitioner
from clinic.tests.factories import PractitionerFactory


@pytest.fixture
def woman(diary: Diary) -> Practitioner:
    """Works on Thursdays only, and speaks Persian as well."""
    Practitioner.objects.update(speaks=["en"], gender=Gender.MALE)
    woman = PractitionerFactory(name_en="Dr. Woman", slug="woman", speaks=["en", "fa"], gender=Gender.FEMALE)
    diary.type.practitioners.add(woman)
    WorkingHoursFactory(practitioner=woman, location=diary.location, weekday=3)
    return woman


def choices(visitor: Visitor, name: str) -> dict[str, str]:
    return {one.get("value"): one.text for one in visitor.main.one("select", name=name).all("option")}


def show(visitor: Visitor, **chosen: str) -> Visitor:
    form: Element = visitor.main.form_with("Show")[0]
    assert set(chosen) <= form.names()
    assert (form.get("method"), form.get("action")) == ("get", TIMES)
    return visitor.arrive(visitor.client.get(TIMES, {**form.fields(), **chosen}), TIMES)


def with_whom(visitor: Visitor) -> list[str]:
    return [link.text for link in visitor.main.one("nav", class_="with-whom").all("a")]


def test_only_what_tells_people_apart_can_be_asked_for(diary: Diary, visitor: Visitor, woman: Practitioner) -> None:
    visitor.get(TIMES)
    assert choices(visitor, "speaks") == {"": "any language", "fa": "Persian"}
    assert choices(visitor, "gender") == {"": "a woman or a man", "female": "a woman", "male": "a man"}
    Practitioner.objects.update(speaks=["en"], gender=Gender.FEMALE)
    assert not visitor.get(TIMES).main.all("select")


def test_with_one_practitioner_nothing_can_be_narrowed(diary: Diary, visitor: Visitor) -> None:
    Practitioner.objects.update(speaks=["en", "fa"], gender=Gender.FEMALE)
    assert not visitor.get(TIMES).main.all("select")


@pytest.mark.parametrize("chosen", [{"speaks": "fa"}, {"gender": "female"}, {"speaks": "fa", "gender": "female"}])
def test_only_the_times_of_those_who_fit_are_offered(
    diary: Diary, visitor: Visitor, woman: Practitioner, chosen: dict[str, str]
) -> None:
    show(visitor.get(TIMES), **chosen)
    assert visitor.page.one("h2", id="day-title").text == "Thursday 10 December"
    assert with_whom(visitor) == ["anyone", "Dr. Woman"]
    for name, value in chosen.items():
        [option] = [one for one in visitor.main.one("select", name=name).all("option") if "selected" in one.attributes]
        assert option.get("value") == value


def test_a_filter_holds_from_page_to_page_and_for_the_time_that_is_chosen(
    diary: Diary, visitor: Visitor, woman: Practitioner
) -> None:
    show(visitor.get(TIMES), gender="female").follow("January 2027").follow("14 January")
    visitor.press("09:00")
    held = diary.treatment.appointments.get()
    assert (held.practitioner, held.starts_at.day) == (woman, 14)


def test_a_time_that_only_others_have_is_not_held_under_a_filter(
    diary: Diary, visitor: Visitor, woman: Practitioner
) -> None:
    response = visitor.client.post(f"{TIMES}?gender=female", {"start": "20261208T0900Z"})
    assert response.status_code == 409
    assert not diary.treatment.appointments.exists()


def test_a_filter_holds_beside_a_chosen_practitioner(diary: Diary, visitor: Visitor, woman: Practitioner) -> None:
    show(visitor.get(TIMES), speaks="fa").follow("Dr. Woman")
    assert "speaks=fa" in visitor.path
    assert "speaks=fa" in visitor.main.link("anyone")
    visitor.press("09:00")
    assert diary.treatment.appointments.get().practitioner == woman


def test_someone_who_does_not_fit_is_not_chosen(diary: Diary, visitor: Visitor, woman: Practitioner) -> None:
    visitor.get(f"{TIMES}?gender=female&with={diary.practitioner.slug}")
    assert visitor.page.one("h2", id="day-title").text == "Thursday 10 December"


def test_with_nothing_free_under_a_filter_it_says_so_and_leads_to_everyone(
    diary: Diary, visitor: Visitor, woman: Practitioner
) -> None:
    TimeOffFactory(practitioner=woman, starts_at=diary.at(-1, 0), ends_at=diary.at(99, 0))
    for chosen in ({"speaks": "fa"}, {"speaks": "fa", "gender": "male"}):
        show(visitor.get(TIMES), **chosen)
        assert (
            "Nobody who fits what you chose has a free time in the days that can be booked here." in visitor.main.text
        )
        assert visitor.main.link("Look at everyone’s times") == TIMES
        assert visitor.main.form_with("Show")


@pytest.mark.parametrize("query", ["speaks=xx", "speaks=%00", "gender=other", "gender=", "speaks=de&gender=divers"])
def test_a_filter_that_fits_nobody_is_left_out(diary: Diary, visitor: Visitor, woman: Practitioner, query: str) -> None:
    visitor.get(f"{TIMES}?{query}")
    assert visitor.page.one("h2", id="day-title").text == "Monday 7 December"
    assert with_whom(visitor) == ["anyone", diary.practitioner.name, "Dr. Woman"]


def test_the_locations_weekend_is_marked(diary: Diary, visitor: Visitor) -> None:
    diary.location.weekend = [4, 5]
    diary.location.save()
    heads = [head.text for head in visitor.get(TIMES).main.one("table").all("th", class_="month__weekend")]
    assert heads == ["Fri", "Sat"]
    marked = {cell.text.split()[0] for cell in visitor.main.all("td", class_="month__weekend") if cell.text}
    assert marked == {"4", "5", "11", "12", "18", "19", "25", "26"}
