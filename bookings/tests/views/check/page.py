"""The page on which everything is read once more."""

from bookings.actions.booking import Screened
from bookings.enums import ConsentKind
from bookings.models import ConsentText
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import ConsentTextFactory

SEND = "Ask for this appointment"
EVERYTHING = {**TYPED, "whose": "other", "booked_by": "Grace Example", "channel": "phone", "needs": ["sight"]}


def rows(visitor: Visitor) -> dict[str, str]:
    """What the page says, by term."""
    lists = visitor.main.all("dl", class_="summary")
    return {row.one("dt").text: row.all("dd")[0].text for one in lists for row in one.all("div")}


def new_terms() -> ConsentText:
    return ConsentTextFactory(kind=ConsentKind.TERMS, text="From today: cancel two days before.")


def waiting(diary: Diary) -> Screened:
    edition = diary.treatment.editions.get()
    return Screened(edition, {}, needs_review=False, not_before=diary.at(9, 0).date(), at=diary.now)
