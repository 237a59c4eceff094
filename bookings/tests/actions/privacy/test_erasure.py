"""Whoever was never here is forgotten at once; about whoever was, the clinic decides."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from bookings.actions.lapse import lapse_unanswered
from bookings.actions.privacy import ask_for_erasure, decide
from bookings.enums import ErasureOutcome, MessageKind, MessageState, OfferState, State
from bookings.exceptions import ChangedMeanwhile
from bookings.models import Appointment, CheckIn, ErasureRequest, Message, Patient, PlaceOffer, Screening, StoppedNumber
from bookings.queries.privacy import visited
from bookings.queries.still import still_holds
from bookings.tests.about_ada import TRACES, AboutAda, traces_in
from bookings.tests.actions.waiting import offered_to, patient, waiting
from bookings.tests.diary import CONTACT
from bookings.tests.rows import everything, rows_of

pytestmark = pytest.mark.django_db


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
