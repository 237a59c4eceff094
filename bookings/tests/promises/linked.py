"""Every address behind a patient's link, and patients who stand at such a point that each of them shows something."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import URLPattern, reverse
from django.utils import translation
from django.utils.http import urlencode

from bookings import urls
from bookings.actions.booking import Agreed, Booking
from bookings.actions.change import change_state
from bookings.enums import Actor, ConsentKind, State
from bookings.models import Appointment, ConsentText
from bookings.templatetags.diary import instant
from bookings.tests.actions.waiting import booking, waiting
from bookings.tests.admin.staff import answer
from bookings.tests.diary import BOOKING, CONTACT, Diary
from bookings.tests.planned import Planned
from bookings.tests.views.asked import ALLERGY, DIABETES, asks
from bookings.views.link import token_of
from bookings.views.waiting import token_of as token_of_entry

# In every address there is the token; in some also a course, and the number of a session or a question, or its part.
PATTERNS = {
    pattern.name: pattern
    for pattern in urls.urlpatterns
    if isinstance(pattern, URLPattern) and "token" in pattern.pattern.converters
}
TAKE_POSTS_ONLY = {"waiting_take", "waiting_decline", "waiting_leave"}
QUESTIONS = {"appointment_questions", "appointment_question", "appointment_data_consent"}
CARE, DATA = {"care", "check_in", "calendar_file"}, {"data", "data_sent"}
# To the questions, or back to the first part of one: whoever has not answered that yet is asked nothing more.
LEAD_ON = {"course_questions", "appointment_question_more", "appointment_question_since"}


@dataclass(frozen=True)
class Link:
    """What a patient was sent, and what may be opened from it; `start` is a time that its calendar offers."""

    token: str
    start: datetime
    of_waiting: bool = False
    course: int | None = None
    numbers: tuple[int, ...] = (1,)

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Each pattern's name and address, once for each number."""
        for name, pattern in PATTERNS.items():
            takes = set(pattern.pattern.converters)
            if self.of_waiting != str(pattern.pattern).startswith("waiting/") or ("pk" in takes and not self.course):
                continue
            for number in self.numbers if "number" in takes else (1,):
                given: dict[str, Any] = {
                    "token": self.token,
                    "pk": self.course,
                    "number": number,
                    "part": "reply",
                }
                with translation.override("en"):
                    yield name, reverse(f"bookings:{name}", kwargs={key: given[key] for key in takes})

    @property
    def query(self) -> str:
        """All that their pages read from an address."""
        return urlencode({"start": instant(self.start), "day": f"{self.start:%Y-%m-%d}", "done": "moved"})


def link_of(appointment: Appointment, start: datetime, **more: Any) -> Link:
    return Link(token_of(appointment), start, **more)


def three_requests(now: datetime) -> list[Link]:
    """One answered, one with a question due, and one made by phone: its patient has not agreed to be asked yet."""
    diary = Diary(now=now)
    asks(diary, DIABETES)
    agreed = [Agreed(ConsentText.objects.current("en")[ConsentKind.DATA], now)]
    bookings = Booking(CONTACT, agreed=agreed), Booking(CONTACT, agreed=agreed), Booking(CONTACT)
    asked = [diary.request(diary.at(3, 10 + n), booking=one) for n, one in enumerate(bookings)]
    answer(asked[0], now)
    return [link_of(one, diary.at(4, 14)) for one in asked]


def a_place_offered(now: datetime) -> list[Link]:
    """To someone without an appointment, and another to someone with one."""
    diary = Diary(now=now)
    entry, own = waiting(diary, "Cy", since=9), diary.request(diary.at(4, 16), booking=BOOKING)
    waiting(diary, appointment=own)
    for days in (1, 2):
        given_up = diary.request(diary.at(days, 10), visitor="zoe", booking=booking("Zoe"))
        change_state(appointment=given_up, to=State.CANCELLED, actor=Actor.STAFF, now=now)
    return [Link(token_of_entry(entry), diary.at(4, 14), of_waiting=True), link_of(own, diary.at(3, 14))]


def a_course_held(now: datetime) -> list[Link]:
    planned = Planned(now=now)
    planned.hold()
    return [link_of(planned.consultation, planned.diary.at(4, 14), course=planned.course.pk, numbers=(1, 2))]


def a_course_with_a_new_question(now: datetime) -> list[Link]:
    planned = Planned(now=now)
    asks(planned.diary, ALLERGY)
    return [link_of(planned.consultation, planned.diary.at(4, 14), course=planned.course.pk)]


def a_course_booked(now: datetime) -> list[Link]:
    planned = Planned(now=now)
    booked = planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    planned.confirm(*booked)
    return [link_of(one, planned.diary.at(24, 10)) for one in (booked[1], booked[3])]


# Where each stands, and the addresses that must show a page there: were they only to lead on, nothing would be proved.
STANDS: dict[Callable[[datetime], list[Link]], set[str]] = {
    three_requests: {"appointment", "move", "move_check", "cancel", "wait", *QUESTIONS, *CARE, *DATA},
    a_place_offered: {"appointment", "waiting"},
    a_course_held: {"course", "course_session"},
    a_course_with_a_new_question: {"course", "course_question"},
    a_course_booked: {"appointment", "course_move", "course_move_check", "appointment_changed"},
}
