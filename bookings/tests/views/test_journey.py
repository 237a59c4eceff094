"""The whole way, by links and buttons only."""

from datetime import timedelta

import time_machine

from bookings.enums import State
from bookings.models import Appointment, Patient
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import WorkingHoursFactory
from bookings.tests.rows import bookings
from bookings.tests.views.ways import BOOK, CHECK, DETAILS, QUESTIONS, TIMES, to_appointment, to_check, to_details
from clinic.tests.factories import LocationFactory


def second_location(diary: Diary) -> None:
    dubai = LocationFactory(slug="dubai", time_zone="Asia/Dubai", country="AE", city_en="Dubai", order=9)
    WorkingHoursFactory(practitioner=diary.practitioner, location=dubai, weekday=2)


def test_from_choosing_to_the_appointments_page(diary: Diary, newcomer: Visitor) -> None:
    visitor = newcomer
    second_location(diary)
    visitor.get("/en/book/")
    assert visitor.heading == "What would you like to talk about?"
    visitor.follow("Facial rejuvenation").passes_the_questions()
    assert (visitor.path, visitor.heading) == (BOOK, "Where would you like to come?")
    visitor.follow("Berlin")
    assert (visitor.path, visitor.heading) == (TIMES, "Choose a time")
    visitor.press("14:30")
    assert (visitor.path, visitor.heading) == (DETAILS, "Your details")
    assert "We hold Monday 7 December, 14:30 for you until 09:10, Berlin time." in visitor.main.text
    visitor.press("Continue", **TYPED)
    assert (visitor.path, visitor.heading) == (CHECK, "Check your answers")
    rows = " ".join(part.text for part in visitor.main.all("dl", class_="summary"))
    for answer in ("Facial rejuvenation", "Monday 7 December 2026, 14:30", "Berlin, CET", "Dr. Person"):
        assert answer in rows
    for answer in ("Ada Example", "ada@example.com", "+49 1511 2345678"):
        assert answer in rows
    visitor.press("Ask for this appointment")
    asked = Appointment.objects.get()
    assert asked.state == State.REQUESTED
    assert (asked.starts_at, asked.location, asked.practitioner) == (
        diary.at(0, 14, 30),
        diary.location,
        diary.practitioner,
    )
    assert visitor.path == asked.patient_path()
    assert visitor.heading == "We have your request"
    assert asked.reference in visitor.main.text
    assert "Monday 7 December 2026" in visitor.main.text
    assert "14:30–15:00" in visitor.main.text
    patient = Patient.objects.get()
    assert (patient.name, patient.email, patient.phone.as_e164, patient.language) == (
        "Ada Example",
        "ada@example.com",
        "+4915112345678",
        "en",
    )


def test_with_one_location_nobody_is_asked_where(diary: Diary, visitor: Visitor) -> None:
    visitor.get("/en/book/").follow("Facial rejuvenation")
    assert (visitor.path, visitor.heading) == (TIMES, "Choose a time")


def test_a_day_is_chosen_by_a_link(diary: Diary, visitor: Visitor) -> None:
    visitor.get(TIMES).follow("10 December")
    assert visitor.page.one("h2", id="day-title").text == "Thursday 10 December"
    visitor.press("09:00")
    assert Appointment.objects.get().starts_at == diary.at(3, 9)


def test_reloading_and_going_back_change_nothing(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    before = bookings()
    for path in (CHECK, DETAILS, CHECK, TIMES, DETAILS, BOOK, "/en/book/", CHECK):
        assert visitor.get(path).status == 200
    assert visitor.heading == "Check your answers"
    assert bookings() == before


def test_what_was_typed_is_there_when_going_back(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary).follow("Back")
    assert visitor.path == DETAILS
    assert visitor.main.form_with("Continue")[0].fields().items() >= TYPED.items()


def test_every_answer_can_be_changed_from_the_check_page(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    leads = {link.text: link.get("href") for link in visitor.main.all("a") if link.text.startswith("Change")}
    assert leads == {
        "Change what it is about": "/en/book/",
        "Change the time": TIMES,
        "Change the place": BOOK,
        "Change the practitioner": TIMES,
        "Change your answers to the questions": QUESTIONS,
        "Change who it is for": f"{DETAILS}#id_whose_0",
        "Change the name": f"{DETAILS}#id_name",
        "Change the date of birth": f"{DETAILS}#id_birth_date_0",
        "Change your phone number": f"{DETAILS}#id_phone",
        "Change your email address": f"{DETAILS}#id_email",
        "Change how we reach you": f"{DETAILS}#id_channel_0",
        "Change what would help you on the day": f"{DETAILS}#id_needs_0",
    }


def test_another_time_goes_straight_back_to_the_check_page(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary).follow("Change the time").press("15:00")
    assert (visitor.path, visitor.heading) == (CHECK, "Check your answers")
    assert "15:00" in visitor.main.all("dl", class_="summary")[0].text
    assert Appointment.objects.get().starts_at == diary.at(0, 15)


def test_sending_twice_is_one_appointment_and_shows_it_both_times(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    sent = visitor.main.form_with("Ask for this appointment")[0].fields()
    pages = [visitor.client.post(CHECK, sent, follow=True) for _ in range(3)]
    assert Appointment.objects.count() == Patient.objects.count() == 1
    url = Appointment.objects.get().patient_path()
    assert [page.redirect_chain[-1][0] for page in pages] == [url, url, url]


def test_after_sending_the_way_back_leads_to_the_appointment(diary: Diary, visitor: Visitor) -> None:
    there = to_appointment(visitor, diary).path
    before = bookings()
    for path in (CHECK, DETAILS):
        assert visitor.get(path).path == there
    assert bookings() == before


def test_the_appointments_page_survives_a_reload_and_a_bookmark(diary: Diary, visitor: Visitor) -> None:
    there = to_appointment(visitor, diary).path
    for browser in (visitor, Visitor()):
        assert browser.get(there).heading == "We have your request"


def test_someone_may_ask_for_a_second_appointment(diary: Diary, visitor: Visitor) -> None:
    to_appointment(visitor, diary)
    to_details(visitor, diary, diary.at(2, 11))
    assert visitor.heading == "Your details"
    assert visitor.main.form_with("Continue")[0].fields()["name"] == ""
    visitor.press("Continue", **TYPED).press("Ask for this appointment")
    assert Appointment.objects.filter(state=State.REQUESTED).count() == 2
    assert Appointment.objects.latest("pk").patient_path() == visitor.path


def test_freeing_the_time_leads_back_to_the_treatment(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary).press("Stop, and free the time")
    assert visitor.path == diary.treatment.get_absolute_url()
    assert not Appointment.objects.exists()
    # Whoever sits down at the same computer next does not read what was typed.
    assert to_details(visitor, diary).main.form_with("Continue")[0].fields()["name"] == ""


def test_a_request_an_hour_later_still_works_while_the_time_is_free(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    to_check(visitor, diary)
    clock.shift(timedelta(hours=1))
    visitor.press("Ask for this appointment")
    assert visitor.heading == "We have your request"
