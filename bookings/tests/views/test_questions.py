"""The questions of a booking: one a page, each asked once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.asked import (
    ADULT,
    ALLERGY,
    DIABETES,
    ISOTRETINOIN,
    PREGNANT,
    WEAK,
    answer,
    asks,
    to_questions,
)
from bookings.tests.views.ways import CONSENT, QUESTIONS, TIMES
from bookings.views.visitor import ANSWERS
from treatments.tests.pages import signed_treatment


def labels(visitor: Visitor) -> list[str]:
    return [label.text for label in visitor.main.all("label")]


def test_a_page_asks_one_question_with_its_reason_and_says_how_far_it_is(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ALLERGY, {**PREGNANT, "reason_en": "Nobody has tested it."}, DIABETES)
    answer(to_questions(newcomer), "no")
    assert (newcomer.path, newcomer.heading) == (f"{QUESTIONS}2/", "Are you pregnant?")
    assert "Question 2 of 3" in newcomer.main.text
    assert newcomer.title == "Question 2 of 3 – Test Clinic"
    group = newcomer.main.one("fieldset")
    assert group.one("legend").one("h1").text == "Are you pregnant?"
    assert newcomer.page.one("p", id=group.get("aria-describedby")).text == "Nobody has tested it."
    assert labels(newcomer) == ["Yes", "No", "Not sure"]
    assert not [box for box in newcomer.main.all("input", type="radio") if "checked" in box.attributes]
    assert newcomer.main.link("Back") == f"{QUESTIONS}1/"


def test_back_from_the_first_leads_to_the_consent(diary: Diary, newcomer: Visitor) -> None:
    assert to_questions(newcomer).follow("Back").path == CONSENT


def test_an_answer_that_is_missing_is_asked_for(diary: Diary, newcomer: Visitor) -> None:
    for sent in ({}, {"reply": "maybe"}, {"reply": "\x00"}):
        to_questions(newcomer).press("Continue", **sent)
        assert (newcomer.status, newcomer.title) == (422, "Error: Question 1 of 1 – Test Clinic")
        link = newcomer.main.one("div", class_="error-summary").one("a")
        assert link.text == "Choose an answer; “not sure” is one"
        assert newcomer.main.one("input", id=link.get("href")[1:]).get("value") == "yes"
    assert ANSWERS not in newcomer.client.session


def test_when_all_are_answered_the_calendar_comes(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ALLERGY, PREGNANT)
    answer(to_questions(newcomer), "no", "no")
    assert newcomer.heading == "Choose a time"
    assert not newcomer.main.all("div", class_="notice")
    assert newcomer.main.link("Back") == f"{QUESTIONS}2/"


def test_what_asks_nothing_skips_the_questions(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ADULT)
    assert to_questions(newcomer).heading == "Choose a time"
    for path in (QUESTIONS, f"{QUESTIONS}1/"):
        assert newcomer.get(path).heading == "Choose a time"


def test_a_follow_up_comes_only_after_a_yes(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, DIABETES, ALLERGY)
    assert to_questions(newcomer).get(f"{QUESTIONS}1/more/").path == f"{QUESTIONS}1/"
    answer(newcomer, "yes")
    assert (newcomer.path, newcomer.heading) == (f"{QUESTIONS}1/more/", "Is it well controlled?")
    assert "Question 1 of 2" in newcomer.main.text
    assert "Do you have diabetes? Yes" in newcomer.main.text
    assert newcomer.main.link("Back") == f"{QUESTIONS}1/"
    assert answer(newcomer, "yes").heading == "Any allergy?"


def test_going_back_shows_what_was_answered_and_asks_nothing_twice(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, DIABETES, ALLERGY, WEAK)
    answer(to_questions(newcomer), "yes", "yes", "no")
    assert newcomer.heading == "A weak muscle?"
    newcomer.follow("Back").follow("Back")
    assert newcomer.heading == "Do you have diabetes?"
    assert newcomer.main.form_with("Continue")[0].fields()["reply"] == "yes"
    newcomer.press("Continue")
    assert newcomer.main.form_with("Continue")[0].fields()["reply"] == "yes"
    assert newcomer.press("Continue").heading == "A weak muscle?"


def test_another_answer_on_the_way_back_replaces_the_first(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, DIABETES, ALLERGY)
    answer(to_questions(newcomer), "yes", "yes")
    answer(newcomer.get(f"{QUESTIONS}1/"), "no")
    assert newcomer.heading == "Any allergy?"
    answer(newcomer, "no")
    assert not newcomer.main.all("div", class_="notice")


def test_all_answers_can_be_read_again_and_changed(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, DIABETES, ISOTRETINOIN)
    answer(to_questions(newcomer), "yes", "yes", "yes")
    newcomer.press("Continue", since_day="3", since_month="12", since_year="2026")
    newcomer.get(QUESTIONS)
    assert newcomer.heading == "Your answers"
    rows = [row.text for row in newcomer.main.one("dl", class_="summary").all("div")]
    assert rows[0].startswith("Do you have diabetes? Yes Is it well controlled? Yes Change")
    assert rows[1].startswith("Have you taken isotretinoin? Yes We count from 3 December 2026 Change")
    newcomer.follow("the answer to question 2")
    assert newcomer.path == f"{QUESTIONS}2/"
    answer(newcomer, "no")
    assert newcomer.heading == "Choose a time"


def test_the_answers_of_one_treatment_serve_another_that_asks_the_same(diary: Diary, newcomer: Visitor) -> None:
    signed_treatment(now=diary.now - timedelta(days=1), slug="hair")
    asks(diary, PREGNANT, ALLERGY)
    asks(diary, ALLERGY, WEAK, PREGNANT, slug="hair")
    answer(to_questions(newcomer), "no", "not_sure")
    newcomer.get("/en/book/hair/")
    assert (newcomer.path, newcomer.heading) == ("/en/book/hair/questions/2/", "A weak muscle?")
    answer(newcomer, "no")
    assert newcomer.heading == "Choose a time"
    assert "A clinician will look at your answers" in newcomer.main.text


def test_only_a_question_whose_words_changed_is_asked_again(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, PREGNANT, ALLERGY)
    answer(to_questions(newcomer), "no", "no")
    asks(diary, PREGNANT, {**ALLERGY, "question_en": "Any allergy to a medicine?"})
    newcomer.get(TIMES)
    assert (newcomer.path, newcomer.heading) == (f"{QUESTIONS}2/", "Any allergy to a medicine?")
    assert not [box for box in newcomer.main.all("input", type="radio") if "checked" in box.attributes]
    assert answer(newcomer, "no").heading == "Choose a time"


def test_an_answer_is_never_taken_for_a_question_that_was_not_on_the_page(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, ALLERGY, PREGNANT)
    to_questions(newcomer)
    asks(diary, DIABETES, ALLERGY, PREGNANT)
    answer(newcomer, "yes")
    assert newcomer.heading == "Do you have diabetes?"
    assert ANSWERS not in newcomer.client.session
    response = newcomer.client.post(f"{QUESTIONS}1/", {"reply": "no"}, follow=True)
    assert newcomer.arrive(response, QUESTIONS).heading == "Do you have diabetes?"


@pytest.mark.parametrize("number", [0, 3, 99, 10**12])
def test_a_number_that_no_question_has_leads_to_the_next_one(diary: Diary, newcomer: Visitor, number: int) -> None:
    asks(diary, ALLERGY, PREGNANT)
    answer(to_questions(newcomer), "no")
    for path in (f"{QUESTIONS}{number}/", f"{QUESTIONS}{number}/more/", f"{QUESTIONS}{number}/since/"):
        assert newcomer.get(path).path == f"{QUESTIONS}2/"
        assert newcomer.client.post(path, {"reply": "yes"}).status_code == 302


def test_answers_lie_in_the_session_sealed(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, DIABETES, ALLERGY)
    answer(to_questions(newcomer), "yes", "yes", "not_sure")
    kept = str(dict(newcomer.client.session.items()))
    for told in ("diabetes", "allergy", "yes", "not_sure", "reply"):
        assert told not in kept
    assert newcomer.client.session[ANSWERS].startswith("gAAAA")


def test_answers_that_no_key_opens_any_more_are_asked_again(diary: Diary, visitor: Visitor) -> None:
    session = visitor.client.session
    session[ANSWERS] = f"{session[ANSWERS][:-8]}AAAAAAA="
    session.save()
    assert visitor.get(TIMES).heading == "Are you pregnant?"


def test_no_address_says_a_word_about_health(diary: Diary, newcomer: Visitor) -> None:
    asks(diary, DIABETES, ISOTRETINOIN)
    paths = []
    for reply in ("yes", "yes", "yes"):
        paths.append(answer(to_questions(newcomer), reply).path)
    assert paths == [f"{QUESTIONS}1/more/", f"{QUESTIONS}2/", f"{QUESTIONS}2/since/"]


@pytest.mark.parametrize("rows", [[PREGNANT], [PREGNANT, ALLERGY, WEAK, DIABETES, ISOTRETINOIN]])
def test_a_question_costs_the_same_however_many_there_are(
    diary: Diary, newcomer: Visitor, rows: list[dict[str, str]]
) -> None:
    asks(diary, *rows)
    to_questions(newcomer)
    with CaptureQueriesContext(connection) as queries:
        newcomer.get(f"{QUESTIONS}1/")
    assert newcomer.status == 200
    assert len(queries) == 9
