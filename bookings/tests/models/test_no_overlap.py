"""The database itself refuses a claim that overlaps another one on the same practitioner."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bookings.actions.overlaps import OVERLAPS, overlap_is_slot_taken
from bookings.exceptions import SlotTaken
from bookings.models import Claim
from bookings.tests.diary import Diary
from clinic.models import Practitioner

pytestmark = pytest.mark.django_db
OVERLAP = OVERLAPS[0]
NewClaim = Callable[..., Claim]
OVERLAPPING = {
    "equal": ("10:00", "10:30"),
    "inside": ("10:10", "10:20"),
    "inside, same start": ("10:00", "10:10"),
    "inside, same end": ("10:20", "10:30"),
    "around": ("09:00", "12:00"),
    "around, same start": ("10:00", "12:00"),
    "around, same end": ("09:00", "10:30"),
    "over the start": ("09:45", "10:01"),
    "over the end": ("10:29", "10:45"),
}


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, people=2)


@pytest.fixture
def new_claim(diary: Diary) -> NewClaim:
    """Makes an unsaved claim on a day of its own, by default on the first practitioner."""
    appointment = diary.hold(diary.at(10, 9), practitioner=diary.practitioner)

    def make(start: str, end: str, *, practitioner: Practitioner | None = None, day: int = 1) -> Claim:
        starts_at, ends_at = (diary.at(day, *map(int, text.split(":"))) for text in (start, end))
        who = practitioner or diary.practitioner
        return Claim(appointment=appointment, practitioner=who, starts_at=starts_at, ends_at=ends_at)

    return make


@pytest.fixture(autouse=True)
def taken(new_claim: NewClaim) -> Claim:
    claim = new_claim("10:00", "10:30")
    claim.save()
    return claim


def spans() -> list[tuple[datetime, datetime]]:
    return list(Claim.objects.order_by("pk").values_list("starts_at", "ends_at"))


@pytest.mark.parametrize(("start", "end"), OVERLAPPING.values(), ids=OVERLAPPING)
def test_an_overlapping_claim_is_refused_by_its_name(new_claim: NewClaim, start: str, end: str) -> None:
    before = spans()
    with pytest.raises(IntegrityError, match=OVERLAP), transaction.atomic():
        new_claim(start, end).save()
    assert spans() == before


@pytest.mark.parametrize(("start", "end"), [("09:30", "10:00"), ("10:30", "11:00")])
def test_claims_may_touch(new_claim: NewClaim, start: str, end: str) -> None:
    new_claim(start, end).save()


def test_a_single_shared_microsecond_is_an_overlap(new_claim: NewClaim) -> None:
    late = new_claim("10:30", "11:00")
    late.starts_at -= timedelta(microseconds=1)
    with pytest.raises(IntegrityError, match=OVERLAP), transaction.atomic():
        late.save()


def test_another_practitioner_is_free_at_the_same_time(diary: Diary, new_claim: NewClaim) -> None:
    new_claim("10:00", "10:30", practitioner=diary.practitioners[1]).save()


def test_a_deleted_claim_frees_its_time(new_claim: NewClaim, taken: Claim) -> None:
    taken.delete()
    new_claim("10:10", "10:40").save()


def test_a_claim_cannot_be_moved_onto_another(diary: Diary, new_claim: NewClaim, taken: Claim) -> None:
    moved = new_claim("14:00", "14:30")
    moved.save()
    with pytest.raises(IntegrityError, match=OVERLAP), transaction.atomic():
        Claim.objects.filter(pk=moved.pk).update(starts_at=taken.starts_at)
    moved.starts_at, moved.ends_at = taken.starts_at - timedelta(minutes=5), taken.ends_at
    with pytest.raises(IntegrityError, match=OVERLAP), transaction.atomic():
        moved.save()


def test_a_claim_cannot_be_given_to_a_practitioner_who_is_taken(diary: Diary, new_claim: NewClaim) -> None:
    given = new_claim("10:00", "10:30", practitioner=diary.practitioners[1])
    given.save()
    with pytest.raises(IntegrityError, match=OVERLAP), transaction.atomic():
        Claim.objects.filter(pk=given.pk).update(practitioner=diary.practitioner)


def test_a_claim_is_not_in_its_own_way(taken: Claim) -> None:
    taken.starts_at += timedelta(minutes=10)
    taken.ends_at += timedelta(minutes=10)
    taken.save()


def test_claims_made_in_bulk_are_refused_together(new_claim: NewClaim) -> None:
    before = spans()
    for bulk in (
        [new_claim("08:00", "08:30"), new_claim("10:15", "10:45")],
        [new_claim("08:00", "08:30"), new_claim("08:15", "08:45")],
    ):
        with pytest.raises(IntegrityError, match=OVERLAP), transaction.atomic():
            Claim.objects.bulk_create(bulk)
        assert spans() == before


def test_ignoring_conflicts_lets_no_overlap_in(new_claim: NewClaim) -> None:
    before = spans()
    with suppress(IntegrityError), transaction.atomic():
        Claim.objects.bulk_create([new_claim("10:15", "10:45")], ignore_conflicts=True)
    assert spans() == before


def test_an_overlap_is_slot_taken_and_anything_else_stays_an_error(new_claim: NewClaim) -> None:
    with pytest.raises(SlotTaken), overlap_is_slot_taken(), transaction.atomic():
        new_claim("10:00", "10:30").save()
    with pytest.raises(IntegrityError), overlap_is_slot_taken(), transaction.atomic():
        new_claim("11:30", "11:00").save()


@pytest.mark.parametrize(("start", "end"), OVERLAPPING.values(), ids=OVERLAPPING)
def test_a_form_says_that_the_time_overlaps(new_claim: NewClaim, start: str, end: str) -> None:
    with pytest.raises(ValidationError, match="overlaps another appointment"):
        new_claim(start, end).full_clean()


def test_a_form_accepts_what_the_database_accepts(diary: Diary, new_claim: NewClaim, taken: Claim) -> None:
    taken.full_clean()
    new_claim("10:30", "11:00").full_clean()
    new_claim("10:00", "10:30", practitioner=diary.practitioners[1]).full_clean()
