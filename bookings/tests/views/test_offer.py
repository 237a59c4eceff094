"""What can be booked online, and what is said where it cannot."""

from datetime import timedelta

import pytest

from bookings.enums import ConsentKind, Kind
from bookings.models import AppointmentType
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import AppointmentTypeFactory, ConsentTextFactory
from bookings.tests.views.ways import AGE, BOOK, CHECK, CONSENT, DETAILS, QUESTIONS, TIMES
from clinic.models import Clinic
from clinic.tests.factories import LocationFactory
from treatments.models import Treatment
from treatments.tests.pages import sign_draft, signed_treatment, translate

STEPS = [BOOK, AGE, CONSENT, QUESTIONS, f"{QUESTIONS}1/", TIMES, DETAILS, CHECK]


def choices(visitor: Visitor) -> list[str]:
    return [
        link.one("span", class_="pick__title").text for link in visitor.get("/en/book/").main.all("a", class_="pick")
    ]


def says_by_phone(visitor: Visitor, *, because: str) -> None:
    assert (visitor.status, visitor.heading) == (200, "Please book by phone")
    assert because in visitor.main.text
    assert visitor.main.one("a", class_="phone").get("href").startswith("tel:+49")


def test_whoever_is_not_sure_finds_the_overview_at_the_end(diary: Diary, visitor: Visitor) -> None:
    signed_treatment(now=diary.now - timedelta(days=1), slug="mesotherapy", is_overview=True, order=0)
    assert choices(visitor) == ["Facial rejuvenation", "I am not sure yet"]


def test_a_treatment_that_nothing_can_be_booked_for_is_not_offered(diary: Diary, visitor: Visitor) -> None:
    signed_treatment(now=diary.now - timedelta(days=1), slug="peeling", needs_consultation=False)
    assert choices(visitor) == ["Facial rejuvenation"]
    says_by_phone(visitor.get("/en/book/peeling/"), because="nothing to book online")
    AppointmentTypeFactory(kind=Kind.SESSION, practitioners=diary.practitioners)
    assert choices(visitor) == ["Facial rejuvenation", "Peeling"]
    assert visitor.get("/en/book/peeling/").passes_the_questions().heading == "Choose a time"


def test_with_nothing_bookable_every_step_says_by_phone(diary: Diary, visitor: Visitor) -> None:
    AppointmentType.objects.update(is_active=False)
    for step in ("/en/book/", *STEPS):
        says_by_phone(visitor.get(step), because="nothing to book online")


def test_with_nobody_to_see_every_step_says_by_phone(diary: Diary, visitor: Visitor) -> None:
    diary.practitioner.is_active = False
    diary.practitioner.save()
    for step in STEPS:
        says_by_phone(visitor.get(step), because="nothing to book online")


def test_booking_is_closed_in_a_language_without_signed_pages(diary: Diary, visitor: Visitor) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    for step in ("/en/book/", *STEPS):
        visitor.get(step.replace("/en/", "/fa/"))
        assert visitor.page.one("html").get("lang") == "fa"
        says_by_phone(visitor, because="have not been signed by a clinician in this language")
        assert not visitor.main.all("form")


@pytest.mark.parametrize("kind", [ConsentKind.DATA, ConsentKind.TERMS])
def test_booking_is_closed_in_a_language_without_a_text_to_agree_to(
    diary: Diary, visitor: Visitor, kind: ConsentKind
) -> None:
    translate(diary.treatment)
    sign_draft(diary.treatment, now=diary.now - timedelta(hours=1), language="fa")
    Clinic.objects.update(languages=["en", "fa"])
    others = set(ConsentKind) - {kind}
    for other in others:
        ConsentTextFactory(kind=other, language="fa")
    for step in ("/en/book/", *STEPS):
        says_by_phone(
            visitor.get(step.replace("/en/", "/fa/")),
            because="questions and consent texts have not been signed by a clinician in this language",
        )
    ConsentTextFactory(kind=kind, language="fa")
    assert visitor.get(BOOK.replace("/en/", "/fa/")).heading == "May we use your answers?"


def test_a_treatment_without_a_signed_page_is_being_reviewed(diary: Diary, visitor: Visitor) -> None:
    Treatment.objects.create(slug="draft", name_en="Draft")
    for step in STEPS:
        visitor.get(step.replace("facial-rejuvenation", "draft"))
        assert (visitor.status, visitor.heading) == (404, "This page is being reviewed")


def test_an_unknown_treatment_is_not_found(diary: Diary, visitor: Visitor) -> None:
    for step in STEPS:
        visitor.get(step.replace("facial-rejuvenation", "no-such-thing"))
        assert (visitor.status, visitor.heading) == (404, "We cannot find this page")


def test_a_hidden_prescription_only_treatment_is_as_unknown_as_any_other(diary: Diary, visitor: Visitor) -> None:
    unknown = visitor.get("/en/book/no-such-thing/").response.content
    Treatment.objects.update(prescription_only=True)
    for step in STEPS:
        assert visitor.get(step).status == 404
        assert visitor.response.content == unknown
    assert visitor.get("/en/book/").heading == "Please book by phone"
    Clinic.objects.update(lists_prescription_only=True)
    assert visitor.get(BOOK).heading == "Choose a time"
    assert choices(visitor) == ["Facial rejuvenation"]


@pytest.mark.parametrize("slug", ["no-such-place", "dubai"])
def test_a_location_where_it_is_not_offered_is_not_found(diary: Diary, visitor: Visitor, slug: str) -> None:
    LocationFactory(slug="dubai")
    path = f"{BOOK}at/{slug}/"
    assert visitor.get(path).heading == "We cannot find this page"
    assert visitor.client.post(path, {"start": "20261208T0900Z"}).status_code == 404


def test_a_page_signed_for_later_is_not_bookable_yet(diary: Diary, visitor: Visitor) -> None:
    signed_treatment(now=diary.now + timedelta(days=1), slug="later")
    assert choices(visitor) == ["Facial rejuvenation"]
    assert visitor.get("/en/book/later/").heading == "This page is being reviewed"


def test_a_treatment_with_a_new_address_is_booked_there_before_it_is_signed_again(
    diary: Diary, visitor: Visitor
) -> None:
    diary.treatment.slug = "skin-renewal"
    diary.treatment.save()
    visitor.get("/en/book/").follow("Facial rejuvenation").press("15:00")
    assert (visitor.heading, visitor.path) == ("Your details", "/en/book/skin-renewal/details/")
    assert visitor.get(BOOK).heading == "We cannot find this page"
