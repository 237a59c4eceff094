"""How far a visitor has come, and the addresses of the way."""

from datetime import datetime

from bookings.templatetags.diary import instant
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.prepared import sit_down

BOOK = "/en/book/facial-rejuvenation/"
AGE, CONSENT, QUESTIONS = (f"{BOOK}{step}/" for step in ("age", "consent", "questions"))
TIMES = f"{BOOK}at/berlin/"
DETAILS, CHECK, KEEP, FREE = (f"{BOOK}{step}/" for step in ("details", "check", "keep", "free"))


def to_times(visitor: Visitor, diary: Diary) -> Visitor:
    """All that is asked before has been answered."""
    sit_down(visitor.client, diary)
    return visitor.get(TIMES).passes_the_questions().get(TIMES)


def to_details(visitor: Visitor, diary: Diary, start: datetime | None = None) -> Visitor:
    """Tomorrow at ten is held."""
    start = start or diary.at(1, 10)
    to_times(visitor, diary)
    response = visitor.client.post(TIMES, {**fields(visitor), "start": instant(start)}, follow=True)
    return visitor.arrive(response, TIMES)


def to_check(visitor: Visitor, diary: Diary, start: datetime | None = None) -> Visitor:
    return to_details(visitor, diary, start).press("Continue", **TYPED)


def to_appointment(visitor: Visitor, diary: Diary, start: datetime | None = None) -> Visitor:
    return to_check(visitor, diary, start).press("Ask for this appointment")


def fields(visitor: Visitor) -> dict[str, str]:
    """What the calendar's form sends along with a time."""
    forms = [form for form in visitor.main.all("form") if form.all("button", name="start")]
    return forms[0].fields() if forms else {}
