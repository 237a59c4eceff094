"""Choosing times, and the page that asks to wait."""

from bookings.templatetags.diary import instant
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.ways import TIMES, fields, to_times

SEND = "Ask for this appointment"
WAIT = "Please wait a little"


def choose(visitor: Visitor, diary: Diary, hour: int) -> Visitor:
    sent = {**fields(to_times(visitor, diary)), "start": instant(diary.at(1, hour))}
    return visitor.arrive(visitor.client.post(TIMES, sent, follow=True), TIMES)


def says_to_wait(visitor: Visitor, minutes: int) -> None:
    assert (visitor.status, visitor.heading) == (429, WAIT)
    assert int(visitor.response["Retry-After"]) == minutes * 60
    assert f"You can go on in {minutes} minutes." in visitor.main.text
    assert visitor.main.one("a", class_="phone").get("href") == "tel:+49-30-23125001"
