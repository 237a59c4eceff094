"""A visit with advice of every kind around it, and its page."""

from bookings.enums import Kind, State
from bookings.models import Appointment
from bookings.tests.after_visit import of_kind
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.page import Element
from treatments.models import Aftercare, Preparation, Treatment
from treatments.tests.factories import AftercareFactory, ComplicationFactory, PreparationFactory
from treatments.tests.pages import sign_draft


def write_advice(treatment: Treatment, diary: Diary) -> None:
    """Rows of each kind, signed."""
    for model in (Preparation, Aftercare):
        model.objects.filter(treatment=treatment).delete()
    for days, text in ((None, "Keep taking your medicines"), (7, "Do not take aspirin"), (0, "Bring a list")):
        PreparationFactory(treatment=treatment, text_en=text, days_before=days, is_do=not text.startswith("Do not"))
    AftercareFactory(treatment=treatment, text_en="Do not put make-up on", is_do=False, hours=4)
    AftercareFactory(treatment=treatment, text_en="Keep it dry", is_do=True, hours=24)
    AftercareFactory(treatment=treatment, text_en="Do not massage it", hours=None, until_en="until we say so")
    ComplicationFactory(treatment=treatment, name_en="Itching", text_en="The area may itch.")
    sign_draft(treatment, now=diary.now)


def advised(diary: Diary) -> Appointment:
    """A confirmed treatment tomorrow at 14:00 in Berlin; now it is Monday 7 December 2026, 09:00 there."""
    asked = diary.request(diary.at(1, 14))
    of_kind(diary, Kind.SESSION)
    Appointment.objects.filter(pk=asked.pk).update(state=State.CONFIRMED)
    write_advice(diary.treatment, diary)
    return Appointment.objects.get(pk=asked.pk)


def care(visitor: Visitor, visit: Appointment) -> Visitor:
    return visitor.get(f"{visit.patient_path()}care/")


def named(main: Element, name: str) -> Element:
    found = [one for one in main.all("section") if one.get("aria-labelledby") == name]
    assert len(found) == 1, name
    return found[0]


def lines(part: Element) -> list[str]:
    return [line.text for line in part.one("ol").all("li")]
