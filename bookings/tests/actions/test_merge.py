"""Staff say that two records are one person: nothing that belonged to either is lost."""

from datetime import date, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from bookings.actions.booking import keep_patient
from bookings.actions.change import change_state
from bookings.actions.merge import merge
from bookings.enums import Actor, Channel, State
from bookings.models import Appointment, Consent, ErasureRequest, Patient, Screening, WaitingEntry
from bookings.tests.answered import answered
from bookings.tests.diary import CONTACT, Diary
from bookings.tests.messages import of
from treatments.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now)


@pytest.fixture
def staff(db: None) -> User:
    return User.objects.create_user("vera", is_staff=True)


def belongings(diary: Diary, patient: Patient) -> None:
    """One row of every kind that names a patient, but for appointments."""
    Screening.objects.create(patient=patient, edition=Edition.objects.get(), answered_at=diary.now)
    Consent.objects.create(patient=patient, kind="data", language="en", version=1, text="Yes", given_at=diary.now)
    WaitingEntry.objects.create(
        patient=patient, type=diary.type, treatment=diary.treatment, location=diary.location, created_at=diary.now
    )
    ErasureRequest.objects.create(patient=patient, asked_at=diary.now)


def test_everything_that_names_a_patient_follows(diary: Diary, staff: User) -> None:
    asked = [diary.request(diary.at(1, hour), visitor=str(hour)) for hour in (9, 10, 11)]
    keep, *gone = [one.patient for one in asked]
    for patient in gone:
        belongings(diary, patient)
    assert merge(keep=keep, gone=gone, by=staff, now=diary.now) == keep
    assert Patient.objects.get() == keep
    for relation in Patient._meta.related_objects:
        rows = relation.related_model.objects.values_list(relation.field.attname, flat=True)
        # What is written to the clinic names nobody.
        assert set(rows) - {None} == {keep.pk}, relation.related_model
    assert Appointment.objects.filter(patient=keep).count() == 3


def test_others_keep_what_is_theirs(diary: Diary, staff: User) -> None:
    asked = [diary.request(diary.at(1, hour), visitor=str(hour)) for hour in (9, 10, 11)]
    merge(keep=asked[0].patient, gone=[asked[1].patient], by=staff, now=diary.now)
    assert Appointment.objects.get(pk=asked[2].pk).patient == asked[2].patient


@pytest.mark.parametrize(
    ("kept", "given", "after"),
    [(None, date(1990, 5, 1), date(1990, 5, 1)), (date(1988, 1, 2), date(1990, 5, 1), date(1988, 1, 2))],
)
def test_only_a_missing_birth_date_is_taken_over(
    diary: Diary, staff: User, kept: date | None, given: date, after: date
) -> None:
    keep, gone = keep_patient(CONTACT, now=diary.now), keep_patient(CONTACT, now=diary.now)
    Patient.objects.filter(pk=keep.pk).update(birth_date=kept, name="Ada Example-Berg")
    Patient.objects.filter(pk=gone.pk).update(birth_date=given)
    merge(keep=keep, gone=[gone], by=staff, now=diary.now)
    stored = Patient.objects.get()
    assert (stored.name, stored.birth_date) == ("Ada Example-Berg", after)


def test_the_admins_log_says_who_merged_which_records_and_no_names_of_the_gone(diary: Diary, staff: User) -> None:
    keep, gone = keep_patient(CONTACT, now=diary.now), keep_patient(CONTACT, now=diary.now)
    merge(keep=keep, gone=[gone], by=staff, now=diary.now)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (staff, str(keep.pk))
    assert str(gone.pk) in entry.change_message
    assert gone.name not in entry.change_message


def test_what_waits_for_the_gone_goes_the_way_that_was_kept(diary: Diary, staff: User) -> None:
    """Somebody who wished for calls, so that nothing was planned, is the same as somebody who wants mails."""
    visit = diary.request(diary.at(9, 10))
    gone = visit.patient
    Patient.objects.filter(pk=gone.pk).update(channel=Channel.PHONE)
    visit.refresh_from_db()
    answered(visit)
    change_state(appointment=visit, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now)
    assert set(of(visit).live().values_list("kind", "channel")) == {("confirmed", "phone")}
    merge(keep=keep_patient(CONTACT, now=diary.now), gone=[gone], by=staff, now=diary.now)
    assert set(of(visit).live().values_list("kind", "channel")) == {("confirmed", "email"), ("reminder", "email")}


def test_nobody_is_merged_into_themselves(diary: Diary, staff: User) -> None:
    keep = keep_patient(CONTACT, now=diary.now)
    with pytest.raises(ValueError, match="themselves"):
        merge(keep=keep, gone=[keep], by=staff, now=diary.now)
    assert Patient.objects.exists()
