"""Any text gets an answer and moves nothing; its pages are nobody else's."""

from django.test import Client

from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from bookings.tests.views.move.ways import path, to_check

WRONG = ["", "yesterday", "20270229T0900Z", "\x00", "x" * 5000, "20000101T0900Z", "22001231T2330Z"]


def test_any_text_gets_an_answer_and_moves_nothing(asked: Appointment, visitor: Visitor) -> None:
    before = everything()
    for text in WRONG:
        sent = {"start": text, "seen": text, "practitioner": text}
        assert visitor.client.post(path(asked), sent).status_code in (302, 422), text
        assert visitor.client.get(f"{path(asked)}check/", sent).status_code == 302, text
        assert visitor.client.post(f"{path(asked)}check/", sent).status_code == 302, text
        assert visitor.client.post(f"{path(asked)}check/", {**sent, "start": "20261210T1300Z"}).status_code == 302
    assert everything() == before


def test_a_post_without_a_time_asks_for_one(asked: Appointment, visitor: Visitor) -> None:
    visitor.arrive(visitor.client.post(path(asked)), path(asked))
    assert visitor.status == 422
    assert visitor.title.startswith("Error: Choose a new time")
    assert visitor.main.one("div", class_="error-summary").one("a").text == "Choose one of the times below"


def test_a_form_of_another_site_moves_nothing(asked: Appointment, diary: Diary) -> None:
    before = everything()
    sent = {"start": instant(diary.at(3, 14)), "seen": instant(asked.starts_at)}
    assert Client(enforce_csrf_checks=True).post(f"{path(asked)}check/", sent).status_code == 403
    assert everything() == before


def test_its_pages_are_neither_stored_nor_indexed(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    for page in (path(asked), to_check(visitor, asked, diary.at(3, 14)).path):
        visitor.get(page)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.page.one("meta", name="robots").get("content") == "noindex"
