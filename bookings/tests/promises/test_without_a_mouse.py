"""Promise 18: whoever uses a keyboard or a screen reader can book; real browsers walk the same way in the journeys."""

from collections.abc import Iterator

import pytest

from bookings.tests.actions.waiting import waiting
from bookings.tests.answered import answered
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.page import read
from bookings.tests.promises.barriers import barriers
from bookings.tests.promises.reading import choose, day_page
from bookings.tests.views.asked import ADULT, DIABETES, ISOTRETINOIN, asks
from bookings.tests.views.ways import DETAILS, TIMES


def steps_of_booking(visitor: Visitor, diary: Diary) -> Iterator[str]:
    """Stops at each page, right and wrong, from the first question to the appointment; says where."""
    asks(diary, ADULT, DIABETES, ISOTRETINOIN)
    yield visitor.get("/en/book/").heading
    visitor.follow("Facial rejuvenation")
    for typed in ({"answer": "yes"}, {"agree": "on"}, {"reply": "yes"}, {"reply": "yes"}, {"reply": "no"}):
        yield visitor.heading
        visitor.press("Continue")
        assert visitor.status == 422
        yield f"{visitor.heading}, unanswered"
        visitor.press("Continue", **typed)
    assert visitor.path == TIMES
    yield visitor.heading
    yield day_page(visitor, diary.at(5, 0).date()).heading
    diary.request(diary.at(1, 11), visitor="quicker")
    assert choose(visitor, diary.at(1, 11)).status == 409
    yield "The time was taken"
    assert choose(visitor, diary.at(1, 10)).path == DETAILS
    yield visitor.heading
    for wrong in ({}, {**TYPED, "phone": "12", "email": "ada", "birth_date_month": "13"}, {"homepage": "x"}):
        assert visitor.press("Continue", **wrong).status == 422
        yield f"{visitor.heading}, wrong"
    visitor.press("Continue", **TYPED, homepage="")
    yield visitor.heading
    visitor.press("Ask for this appointment")
    yield visitor.heading


def test_promise_18_every_step_of_booking_can_be_walked_without_a_mouse(diary: Diary, newcomer: Visitor) -> None:
    walked = []
    for step in steps_of_booking(newcomer, diary):
        assert not barriers(newcomer.page), step
        walked.append(step)
    assert walked[-1] == "We have your request"
    assert len(walked) == 20


def test_promise_18_so_can_the_ways_from_the_link(diary: Diary, visitor: Visitor) -> None:
    asked = diary.request(diary.at(2, 10))
    answered(asked)
    at_home = asked.patient_path()
    for page in ("", "move/", f"move/check/?start={diary.at(3, 14):%Y%m%dT%H}00Z", "cancel/", "waiting/"):
        assert visitor.get(f"{at_home}{page}").status == 200
        assert not barriers(visitor.page), page
    entry = waiting(diary)
    for path in (entry.patient_path(), f"{TIMES}waiting/", "/en/appointments/lost/", "/en/appointments/none/"):
        assert not barriers(visitor.get(path).page), path


PAGE = '<html lang="en"><title>A</title><a href="#main">Skip</a><main id="main"><h1>A</h1>{}</main></html>'
WRONG = {
    '<input name="name" id="id_name">': "input name has no label",
    '<label for="other">Name</label><input name="name" id="id_name">': "input name has no label",
    '<input type="radio" name="a" aria-label="Yes"><input name="a" aria-label="No">': "no group with a legend",
    '<input name="name" aria-label="Name" aria-describedby="gone">': "described by nothing",
    '<div class="question-field"><p class="question-field__error" id="e">Wrong</p></div>': "belongs to no control",
    '<div class="question-field"><p class="question-field__error" id="e">Wrong</p>'
    '<input id="i" aria-label="Name" aria-describedby="e"></div>': "not linked from the summary",
    '<div class="error-summary">Wrong</div>': "not read aloud",
    '<p id="a"></p><p id="a"></p>': "the id of two elements",
    "<form><button></button></form>": "a button says nothing",
    '<form action="/x"><a href="/y">Send</a></form>': "has no button",
    '<div role="button">Send</div>': "a button that is none",
    '<p onclick="send()">Send</p>': "needs a script",
    '<p tabindex="3">Send</p>': "out of order",
    '<a href="#gone">There</a>': "leads nowhere",
    '<a href="/there"></a>': "says nothing",
    "<h3>B</h3>": "leave out a level",
    "<h1>B</h1>": "2 main headings",
    "<table><tr><th>Mon</th></tr></table>": "heads of nothing",
    '<img src="a.png">': "has no words",
}


@pytest.mark.parametrize(("html", "says"), WRONG.items(), ids=WRONG.values())
def test_promise_18_a_barrier_would_be_noticed(html: str, says: str) -> None:
    """The negative control."""
    assert not barriers(read(PAGE.format("")))
    assert [one for one in barriers(read(PAGE.format(html))) if says in one]
