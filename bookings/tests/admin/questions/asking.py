"""What the desk types."""

from typing import Any

from django.test import Client

from bookings.models import Appointment, ConsentText
from bookings.tests.admin.staff import press
from bookings.tests.diary import Diary
from treatments.enums import Outcome
from treatments.models import Contraindication
from treatments.tests.factories import ContraindicationFactory
from treatments.tests.pages import sign_draft

YES: dict[str, Any] = {"agreed": "on"}


def store(client: Client, asked: Appointment, text: ConsentText | None, **typed: Any) -> str:
    sent = {**YES, "text": text.hash if text else "", "q1-reply": "no"}
    sent |= {name.replace("_", "-", 1): value for name, value in typed.items()}
    return press(client, asked, "questions", **sent).content.decode()


def waits(diary: Diary) -> None:
    Contraindication.objects.all().delete()
    ContraindicationFactory(
        treatment=diary.treatment,
        question_en="An infection?",
        outcome=Outcome.WAIT,
        wait=14,
        wait_unit="day",
        wait_since_en="after it has healed",
    )
    sign_draft(diary.treatment, now=diary.now)
