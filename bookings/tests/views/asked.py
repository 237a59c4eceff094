"""What a treatment asks before a visit, and answering it."""

from datetime import timedelta
from typing import Any

from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.ways import BOOK
from treatments.enums import Outcome, Unit
from treatments.models import Edition
from treatments.tests.factories import ContraindicationFactory
from treatments.tests.pages import sign_draft

PREGNANT = {"key": "pregnancy", "name_en": "Pregnant", "question_en": "Are you pregnant?", "outcome": Outcome.NOT_NOW}
ALLERGY = {"key": "allergy", "name_en": "Allergy", "question_en": "Any allergy?", "outcome": Outcome.REVIEW}
WEAK = {"key": "weak", "name_en": "Weak", "question_en": "A weak muscle?", "outcome": Outcome.NOT_SUITABLE}
DIABETES = {
    "key": "diabetes",
    "name_en": "Diabetes",
    "question_en": "Do you have diabetes?",
    "follow_up_en": "Is it well controlled?",
    "outcome": Outcome.REVIEW,
    "outcome_if_no": Outcome.NOT_NOW,
}
ISOTRETINOIN = {
    "key": "isotretinoin",
    "name_en": "Isotretinoin",
    "question_en": "Have you taken isotretinoin?",
    "outcome": Outcome.WAIT,
    "wait": 1,
    "wait_unit": Unit.MONTH,
    "wait_since_en": "after the last dose",
}
ADULT = {
    "key": "under-18",
    "name_en": "Under 18",
    "reason_en": "For adults only.",
    "question_en": "",
    "minimum_age": 18,
    "outcome": Outcome.NOT_SUITABLE,
}


def asks(diary: Diary, *rows: dict[str, Any], slug: str = "facial-rejuvenation") -> Edition:
    """From now on the treatment asks just this, in its newest edition."""
    treatment = type(diary.treatment).objects.get(slug=slug)
    treatment.contraindication_set.all().delete()
    for order, row in enumerate(rows):
        ContraindicationFactory(treatment=treatment, order=order, **row)
    return sign_draft(treatment, now=diary.now - timedelta(minutes=1))


def to_questions(visitor: Visitor) -> Visitor:
    """Old enough, and agreed: on the first question that is not answered."""
    visitor.get(BOOK)
    if visitor.path.endswith("/age/"):
        visitor.press("Continue", answer="yes")
    if visitor.path.endswith("/consent/"):
        visitor.press("Continue", agree="on")
    return visitor


def answer(visitor: Visitor, *replies: str) -> Visitor:
    """Answer one page after the other."""
    for reply in replies:
        visitor.press("Continue", reply=reply)
    return visitor
