"""Whether a draft is what patients read, and which edition that is."""

from datetime import datetime, timedelta

import pytest

from treatments.models import Edition, Treatment
from treatments.status import Status, status
from treatments.tests.factories import StepFactory
from treatments.tests.pages import ready_treatment, sign_draft, translate

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def state(treatment: Treatment, at: datetime, language: str = "en", *, demo: bool = False) -> Status:
    draft = Treatment.objects.with_page().prefetch_related("editions").get(pk=treatment.pk)
    return status(draft, language, now=at, demo=demo)


def test_a_draft_has_changed_once_something_in_it_has(now: datetime) -> None:
    treatment = ready_treatment()
    assert (state(treatment, now).latest, state(treatment, now).changed) == (None, False)
    first = sign_draft(treatment, now=now)
    assert (state(treatment, now).latest, state(treatment, now).changed) == (first, False)
    StepFactory(treatment=treatment)
    assert state(treatment, now).changed
    second = sign_draft(treatment, now=now)
    assert (state(treatment, now).latest, state(treatment, now).changed) == (second, False)


def test_each_language_has_a_state_of_its_own(now: datetime) -> None:
    treatment = ready_treatment()
    translate(treatment)
    sign_draft(treatment, now=now)
    assert state(treatment, now).latest
    assert state(treatment, now, "fa").latest is None


@pytest.mark.parametrize("hours", [(0, 0), (0, 2), (2, 0), (2, 1), (3, 1)])
@pytest.mark.parametrize("later", range(4))
def test_it_names_the_edition_that_patients_read(now: datetime, hours: tuple[int, int], later: int) -> None:
    treatment, at = ready_treatment(), now + later * HOUR
    for start in hours:
        sign_draft(treatment, now=now, publish_from=now + start * HOUR)
    in_force = Edition.objects.in_force(language="en", at=at, demo=False, prescription_only=True).first()
    assert state(treatment, at).read == in_force
