"""A consent that is withdrawn cancels what cannot be without it."""

from datetime import timedelta

import pytest

from bookings.actions.plan_all import plan_patient
from bookings.actions.privacy import withdraw
from bookings.enums import Actor, ConsentKind, EntryState, MessageKind, Rule, State
from bookings.models import Appointment, Message, Patient, Screening
from bookings.queries.obstacles import obstacles
from bookings.queries.privacy import in_force
from bookings.tests.about_ada import AboutAda
from bookings.tests.rows import everything, rows_of

pytestmark = pytest.mark.django_db


def test_withdrawing_the_consent_to_a_treatment_cancels_its_sessions_and_stands_in_the_way(about: AboutAda) -> None:
    other = about.diary.request(about.diary.at(4, 15), visitor="ada too")
    Appointment.objects.filter(pk=other.pk).update(patient=about.ada)
    session = about.sessions[0]
    assert Rule.CONSENT not in obstacles(session, now=about.now)
    withdraw(consent=about.consent(ConsentKind.TREATMENT), now=about.now)
    states = set(Appointment.objects.filter(course=about.planned.course).values_list("state", flat=True))
    assert states == {State.CANCELLED}
    step = session.transitions.latest("pk")
    assert (step.actor, step.reason) == (Actor.PATIENT, "Consent withdrawn")
    assert Rule.CONSENT in obstacles(session, now=about.now)
    other.refresh_from_db()
    assert other.state == State.REQUESTED
    assert [one.kind for one in in_force(about.ada)] == [ConsentKind.DATA]


def test_a_consent_to_another_treatment_stays(about: AboutAda) -> None:
    course = about.planned.of_another_treatment()
    about.planned.agree(course=course)
    withdraw(consent=about.ada.consents.get(kind=ConsentKind.TREATMENT, treatment=course.treatment), now=about.now)
    assert about.sessions[0].transitions.latest("pk").to_state != State.CANCELLED
    assert {one.treatment_id for one in in_force(about.ada) if one.kind == ConsentKind.TREATMENT} == {
        about.planned.course.treatment_id
    }


def test_withdrawing_the_consent_to_data_use_cancels_all_that_is_to_come(about: AboutAda) -> None:
    before = rows_of(Patient, Screening)
    withdraw(consent=about.consent(ConsentKind.DATA), now=about.now)
    mine = Appointment.objects.filter(patient=about.ada)
    assert set(mine.values_list("state", flat=True)) == {State.COMPLETED, State.CANCELLED}
    about.entry.refresh_from_db()
    assert about.entry.state == EntryState.LEFT
    assert not about.ada.consents.filter(kind=ConsentKind.DATA, withdrawn_at=None).exists()
    assert rows_of(Patient, Screening) == before
    again = everything()
    withdraw(consent=about.consent(ConsentKind.DATA), now=about.now + timedelta(hours=1))
    assert everything() == again


def test_whoever_withdrew_it_is_not_asked_how_they_are_but_still_told_how_to_heal(about: AboutAda) -> None:
    first, second = about.sessions
    hour = timedelta(hours=1)
    times = {"starts_at": about.now - 2 * hour, "ends_at": about.now - hour}
    Appointment.objects.filter(pk=first.pk).update(state=State.COMPLETED, **times)
    Appointment.objects.filter(pk=second.pk).update(state=State.CANCELLED)
    planned = Message.objects.live().filter(appointment=first)
    plan_patient(patient=about.ada, now=about.now)
    kinds = {MessageKind.AFTERCARE, MessageKind.CHECK_IN, MessageKind.NEXT_SESSION}
    assert kinds <= set(planned.values_list("kind", flat=True))
    withdraw(consent=about.consent(ConsentKind.DATA), now=about.now)
    assert kinds & set(planned.values_list("kind", flat=True)) == {MessageKind.AFTERCARE}
    plan_patient(patient=about.ada, now=about.now + hour)
    assert kinds & set(planned.values_list("kind", flat=True)) == {MessageKind.AFTERCARE}
