"""Withdrawing consents, and being forgotten: wholly, or by the clinic's decision."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from bookings.actions.data_links import send_data_link, try_birth_date
from bookings.actions.lapse import lapse_unanswered
from bookings.actions.plan_all import plan_patient
from bookings.actions.privacy import ask_for_erasure, decide, withdraw
from bookings.enums import (
    Actor,
    Channel,
    ConsentKind,
    EntryState,
    ErasureOutcome,
    MessageKind,
    MessageState,
    OfferState,
    Rule,
    State,
)
from bookings.exceptions import ChangedMeanwhile
from bookings.models import (
    Appointment,
    CheckIn,
    DataLink,
    ErasureRequest,
    Message,
    Patient,
    PlaceOffer,
    Screening,
    StoppedNumber,
)
from bookings.queries.obstacles import obstacles
from bookings.queries.privacy import in_force, visited
from bookings.queries.still import still_holds
from bookings.tests.about_ada import BORN, TRACES, AboutAda
from bookings.tests.actions.waiting import offered_to, patient, waiting
from bookings.tests.actions.whole.power_cut import PowerCut, failing_at
from bookings.tests.factories import CONTACT
from bookings.tests.rows import everything, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(now: datetime) -> AboutAda:
    return AboutAda(now=now)


@pytest.fixture
def newcomer(now: datetime) -> AboutAda:
    return AboutAda(now=now, never_here=True)


@pytest.fixture
def by(db: None) -> User:
    return User.objects.create_user("boss")


def traces_in(rows: Any) -> set[str]:
    text = json.dumps(rows, default=lambda value: getattr(value, "as_e164", None) or str(value), ensure_ascii=False)
    return {trace for trace in TRACES if trace in text}


# Links


def test_a_link_is_mailed_whatever_the_channel_and_replaces_those_before(about: AboutAda) -> None:
    Patient.objects.filter(pk=about.ada.pk).update(channel=Channel.PHONE)
    consultation = Appointment.objects.get(pk=about.consultation.pk)
    first = send_data_link(appointment=consultation, now=about.now)
    second = send_data_link(appointment=consultation, now=about.now)
    assert list(DataLink.objects.all()) == [second]
    told = list(Message.objects.filter(kind=MessageKind.DATA).order_by("pk").values_list("event", "state", "channel"))
    assert told == [
        (f"data link {first.pk}", MessageState.CANCELLED, Channel.EMAIL),
        (f"data link {second.pk}", MessageState.WAITING, Channel.EMAIL),
    ]
    assert Message.objects.get(event=f"data link {second.pk}").not_after == second.expires_at


def test_the_birth_date_opens_a_link_once_and_five_others_close_it(about: AboutAda) -> None:
    wrong, secret = BORN + timedelta(days=1), about.link.secret
    for tries in range(1, 5):
        tried = try_birth_date(secret=secret, birth_date=wrong, now=about.now)
        assert tried
        assert (tried.tries, tried.used_at) == (tries, None)
    opened = try_birth_date(secret=secret, birth_date=BORN, now=about.now)
    assert opened
    assert opened.used_at == about.now
    assert try_birth_date(secret=secret, birth_date=BORN, now=about.now) is None
    DataLink.objects.update(used_at=None)
    try_birth_date(secret=secret, birth_date=wrong, now=about.now)
    assert try_birth_date(secret=secret, birth_date=BORN, now=about.now) is None


def test_a_link_opens_nothing_after_its_hour_or_without_a_birth_date(about: AboutAda) -> None:
    late = about.now + timedelta(hours=1)
    assert try_birth_date(secret=about.link.secret, birth_date=BORN, now=late) is None
    Patient.objects.update(birth_date=None)
    assert try_birth_date(secret=about.link.secret, birth_date=BORN, now=about.now) is None


# Consents


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


# Erasure


def test_of_whoever_was_never_here_nothing_is_left_that_says_who(newcomer: AboutAda, now: datetime) -> None:
    before = everything()
    assert traces_in(before) == set(TRACES)
    assert not visited(newcomer.ada, now=now)
    assert ask_for_erasure(patient=newcomer.ada, now=now) is None
    after = everything()
    assert traces_in(after) == set()
    assert not Screening.objects.exists()
    assert not CheckIn.objects.exists()
    assert not Message.objects.filter(patient=newcomer.ada).exists()
    assert set(Appointment.objects.filter(patient=newcomer.ada).values_list("state", flat=True)) == {State.CANCELLED}
    assert [row for row in after["bookings.Appointment"] if newcomer.bo.pk in row] == [
        row for row in before["bookings.Appointment"] if newcomer.bo.pk in row
    ]
    newcomer.ada.refresh_from_db()
    assert (newcomer.ada.erased_at, newcomer.ada.email) == (now, "")


def test_its_links_are_closed_and_what_is_given_back_goes_to_others_only(newcomer: AboutAda, now: datetime) -> None:
    Patient.objects.filter(pk=newcomer.bo.patient_id).update(phone="+4915112345679")
    someone = waiting(newcomer.diary, patient=patient(newcomer.diary, "Zoe"))
    PlaceOffer.objects.filter(entry=newcomer.entry).delete()
    secrets = set(Appointment.objects.values_list("link_secret", flat=True)) - {newcomer.bo.link_secret}
    ask_for_erasure(patient=newcomer.ada, now=now)
    assert not Appointment.objects.filter(link_secret__in=secrets).exists()
    assert newcomer.entry not in offered_to()
    assert set(offered_to()) <= {someone}
    assert PlaceOffer.objects.filter(state=OfferState.OPEN).exists()


def test_staff_are_still_told_of_the_time_that_is_free(newcomer: AboutAda, now: datetime) -> None:
    newcomer.diary.practitioner.user = User.objects.create_user("dr", email="dr@clinic.example")
    newcomer.diary.practitioner.save()
    Appointment.objects.filter(pk=newcomer.consultation.pk).update(state=State.CONFIRMED)
    ask_for_erasure(patient=newcomer.ada, now=now)
    told = Message.objects.filter(appointment=newcomer.consultation, kind=MessageKind.STAFF_DIARY)
    assert told.get(state=MessageState.WAITING).body == ""


def test_a_number_that_a_family_shares_stays_stopped(newcomer: AboutAda, now: datetime) -> None:
    Patient.objects.filter(pk=newcomer.bo.patient_id).update(phone=CONTACT.phone)
    ask_for_erasure(patient=newcomer.ada, now=now)
    assert StoppedNumber.objects.filter(phone=CONTACT.phone).exists()


def unmarked(about: AboutAda) -> None:
    """Confirmed, its time over, and nobody noted what became of it."""
    Appointment.objects.filter(pk=about.consultation.pk).update(state=State.CONFIRMED, over_at=None)


@pytest.mark.parametrize("happened", [lambda about: None, unmarked])
def test_of_whoever_was_here_the_clinic_decides_and_is_asked_once(
    about: AboutAda, now: datetime, happened: Callable[[AboutAda], None]
) -> None:
    happened(about)
    before = rows_of(Patient, Appointment, Screening, Message)
    wish = ask_for_erasure(patient=about.ada, now=now)
    assert wish
    assert ask_for_erasure(patient=about.ada, now=now + timedelta(hours=1)) == wish
    assert rows_of(Patient, Appointment, Screening, Message) == before


def test_a_no_show_was_not_here(about: AboutAda, now: datetime) -> None:
    Appointment.objects.filter(pk=about.consultation.pk).update(state=State.NO_SHOW, over_at=None)
    assert not visited(about.ada, now=now)


def test_the_clinic_erases_and_the_visit_stays_without_the_person(about: AboutAda, now: datetime, by: User) -> None:
    wish = ask_for_erasure(patient=about.ada, now=now)
    assert wish
    decide(wish=wish, outcome=ErasureOutcome.ERASED, by=by, now=now)
    assert traces_in(everything()) == set()
    about.consultation.refresh_from_db()
    assert about.consultation.state == State.COMPLETED
    assert Appointment.objects.get(pk=about.sessions[0].pk).state == State.CANCELLED
    wish.refresh_from_db()
    assert (wish.outcome, wish.decided_at, wish.decided_by) == (ErasureOutcome.ERASED, now, by)
    with pytest.raises(ChangedMeanwhile):
        decide(wish=wish, outcome=ErasureOutcome.DECLINED, by=by, now=now, reason="Too late")


def test_the_clinic_declines_with_a_reason_and_may_be_asked_again(about: AboutAda, now: datetime, by: User) -> None:
    wish = ask_for_erasure(patient=about.ada, now=now)
    assert wish
    before = rows_of(Patient, Appointment, Screening)
    decide(wish=wish, outcome=ErasureOutcome.DECLINED, by=by, now=now, reason="Kept until 2036")
    assert rows_of(Patient, Appointment, Screening) == before
    again = ask_for_erasure(patient=about.ada, now=now + timedelta(days=1))
    assert again
    assert again != wish
    assert ErasureRequest.objects.get(pk=wish.pk).reason == "Kept until 2036"


def test_what_is_written_to_them_later_is_not_sent(about: AboutAda, now: datetime, by: User) -> None:
    wish = ask_for_erasure(patient=about.ada, now=now)
    assert wish
    lapses = about.diary.request(about.diary.at(4, 15), visitor="ada too")
    Appointment.objects.filter(pk=lapses.pk).update(patient=about.ada, starts_at=now)
    decide(wish=wish, outcome=ErasureOutcome.ERASED, by=by, now=now)
    lapse_unanswered(now=now)
    told = Message.objects.live().get(patient=about.ada)
    assert told.kind == MessageKind.LAPSED
    assert not still_holds(told, now=now)


# All or nothing


def forgetting(about: AboutAda) -> Callable[[], Any]:
    return lambda: ask_for_erasure(patient=about.ada, now=about.now)


def withdrawing(about: AboutAda) -> Callable[[], Any]:
    consent = about.consent(ConsentKind.TREATMENT)
    return lambda: withdraw(consent=consent, now=about.now)


def linking(about: AboutAda) -> Callable[[], Any]:
    return lambda: send_data_link(appointment=about.consultation, now=about.now)


@pytest.mark.parametrize(("case", "step", "least_writes"), [(forgetting, 5, 40), (withdrawing, 5, 12), (linking, 1, 3)])
def test_whichever_write_fails_nothing_is_left_half_done(
    newcomer: AboutAda, case: Callable[[AboutAda], Callable[[], Any]], step: int, least_writes: int
) -> None:
    act = case(newcomer)
    before = everything()
    number, done = 1, False
    while not done:
        with failing_at(number) as writes:
            try:
                act()
                done = True
            except PowerCut:
                pass
        assert (everything() == before) is not done
        number += step
    assert len(writes) >= least_writes
