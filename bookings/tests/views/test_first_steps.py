"""Age and consent: asked before anything about health, and asked once."""

from datetime import timedelta

import time_machine

from bookings.enums import ConsentKind
from bookings.models import ConsentText
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import ConsentTextFactory
from bookings.tests.prepared import sit_down
from bookings.tests.rows import everything
from bookings.tests.views.asked import ADULT, PREGNANT, asks
from bookings.tests.views.ways import AGE, BOOK, CONSENT, QUESTIONS, TIMES, to_check
from bookings.views.steps import AGE as AGE_PASSED
from bookings.views.steps import CONSENT as AGREED


def test_the_age_is_asked_first_of_all_and_of_the_person_who_comes(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ADULT, PREGNANT)
    newcomer.get("/en/book/").follow("Facial rejuvenation")
    assert (newcomer.path, newcomer.heading) == (AGE, "Are you 18 or over?")
    assert "If you book for someone else, answer for them." in newcomer.main.text
    assert newcomer.asks == {"csrfmiddlewaretoken", "answer"}
    newcomer.press("Continue", answer="yes")
    assert newcomer.path == CONSENT
    assert newcomer.client.session[AGE_PASSED] == 18


def test_without_a_minimum_age_nobody_is_asked_for_it(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, PREGNANT)
    assert newcomer.get(BOOK).path == CONSENT
    assert newcomer.get(AGE).path == CONSENT
    assert newcomer.get(CONSENT).main.link("Back") == "/en/book/"


def test_whoever_is_too_young_reads_why_and_nothing_is_stored(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ADULT, PREGNANT)
    newcomer.get(AGE)
    before = everything()
    newcomer.press("Continue", answer="no")
    assert (newcomer.status, newcomer.path) == (200, AGE)
    assert newcomer.heading == "This treatment is for people of 18 or over"
    assert "For adults only." in newcomer.main.text
    assert newcomer.main.link("Read about our other treatments") == "/en/treatments/"
    assert newcomer.main.one("a", class_="phone").get("href").startswith("tel:")
    assert everything() == before
    assert "session" not in newcomer.client.cookies
    assert newcomer.get(TIMES).path == AGE


def test_whoever_says_so_after_choosing_a_time_frees_it(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    asks(diary, ADULT, PREGNANT)
    visitor.get(AGE).press("Continue", answer="no")
    assert not diary.treatment.appointments.exists()
    assert not set(visitor.client.session.keys()) & {AGE_PASSED, "answers", "details", "chosen"}


def test_another_treatment_with_a_higher_age_asks_again(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, {**ADULT, "minimum_age": 16})
    newcomer.get(BOOK).press("Continue", answer="yes").press("Continue", agree="on")
    assert newcomer.heading == "Choose a time"
    asks(diary, ADULT)
    assert newcomer.get(TIMES).heading == "Are you 18 or over?"
    newcomer.press("Continue", answer="yes")
    assert newcomer.heading == "Choose a time"
    # Who is 18 is also 16.
    asks(diary, {**ADULT, "minimum_age": 16})
    assert newcomer.get(TIMES).heading == "Choose a time"


def test_an_age_not_answered_is_asked_for_at_its_first_choice(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ADULT)
    newcomer.get(AGE).press("Continue")
    assert (newcomer.status, newcomer.title) == (422, "Error: Are you 18 or over? – Test Clinic")
    link = newcomer.main.one("div", class_="error-summary").one("a")
    assert link.text == "Choose yes if you are 18 or over"
    assert newcomer.main.one("input", id=link.get("href")[1:]).get("value") == "yes"


def test_the_consent_shows_the_text_and_an_unticked_box(diary: Diary, newcomer: Visitor) -> None:
    newcomer.get(BOOK)
    assert (newcomer.path, newcomer.heading) == (CONSENT, "May we use your answers?")
    text = newcomer.main.one("div", class_="consent-text")
    assert [one.text for one in text.all("p")] == ["The text about data.", "Its second paragraph."]
    box = newcomer.main.one("input", type="checkbox")
    assert "checked" not in box.attributes
    assert "I agree" in newcomer.main.one("label", for_=box.get("id")).text


def test_without_a_tick_it_goes_no_further(diary: Diary, newcomer: Visitor) -> None:
    newcomer.get(BOOK).press("Continue")
    assert (newcomer.status, newcomer.path) == (422, CONSENT)
    link = newcomer.main.one("div", class_="error-summary").one("a")
    assert link.text.startswith("Tick the box if you agree")
    assert newcomer.main.one("input", id=link.get("href")[1:]).get("type") == "checkbox"
    assert newcomer.get(QUESTIONS).path == CONSENT


def test_to_which_text_and_when_is_remembered(diary: Diary, newcomer: Visitor) -> None:
    newcomer.get(BOOK).press("Continue", agree="on")
    text = ConsentText.objects.current("en")[ConsentKind.DATA]
    assert newcomer.client.session[AGREED] == {
        "kind": "data",
        "language": "en",
        "version": 1,
        "hash": text.hash,
        "at": diary.now.isoformat(),
    }


def test_a_text_that_changed_meanwhile_is_asked_again(diary: Diary, visitor: Visitor) -> None:
    assert visitor.get(TIMES).heading == "Choose a time"
    ConsentTextFactory(kind=ConsentKind.DATA, text="Another text.")
    visitor.get(TIMES)
    assert visitor.path == CONSENT
    assert "Another text." in visitor.main.text
    # The answers themselves were kept.
    assert visitor.press("Continue", agree="on").heading == "Choose a time"
    assert visitor.client.session[AGREED]["version"] == 2


def test_nobody_agrees_to_a_text_they_have_not_seen(diary: Diary, newcomer: Visitor) -> None:
    newcomer.get(CONSENT)
    ConsentTextFactory(kind=ConsentKind.DATA, text="Another text.")
    newcomer.press("Continue", agree="on")
    assert newcomer.path == CONSENT
    assert "This text has changed since you opened the page." in newcomer.main.one("div", class_="notice").text
    assert "Another text." in newcomer.main.text
    assert AGREED not in newcomer.client.session
    assert newcomer.press("Continue", agree="on").heading == "Are you pregnant?"


def test_going_back_shows_the_tick_and_taking_it_away_forgets_the_answers(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    assert "checked" in visitor.get(CONSENT).main.one("input", type="checkbox").attributes
    sent = visitor.main.form_with("Continue")[0].fields()
    del sent["agree"]
    visitor.client.post(CONSENT, sent)
    assert not set(visitor.client.session.keys()) & {AGREED, "answers"}
    assert visitor.get(TIMES).path == CONSENT


def test_whoever_comes_back_by_the_same_steps_is_led_to_where_they_were(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    visitor.get(CONSENT).press("Continue", agree="on")
    assert visitor.heading == "Check your answers"


def test_everything_is_there_after_almost_24_hours(
    diary: Diary, newcomer: Visitor, clock: time_machine.Traveller
) -> None:
    asks(diary, ADULT, PREGNANT)
    sit_down(newcomer.client, diary)
    clock.shift(timedelta(hours=23, minutes=59))
    assert newcomer.get(TIMES).heading == "Choose a time"
    clock.shift(timedelta(minutes=2))
    assert newcomer.get(TIMES).path == AGE
