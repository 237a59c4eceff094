"""After `manage.py reseal` nothing needs the old key."""

from base64 import urlsafe_b64encode
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from bookings.actions.reseal import reseal_batch
from bookings.enums import Actor
from bookings.management.commands import reseal as command
from bookings.models import CheckIn, Patient, Screening
from bookings.sealed import CannotUnseal, seal, unseal
from bookings.tests.diary import Diary
from treatments.models import Edition
from treatments.tests.pages import signed_treatment

pytestmark = pytest.mark.django_db
OLD, NEW = (urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2))


@pytest.fixture
def edition(now: datetime) -> Edition:
    return Edition.objects.get(treatment=signed_treatment(now=now))


def screenings(edition: Edition, *answers: str, now: datetime) -> list[Screening]:
    patient = Patient.objects.create(
        name="Ada Example", email="ada@example.com", phone="+4915112345678", created_at=now
    )
    values = {"patient": patient, "edition": edition, "answered_at": now, "answered_by": Actor.PATIENT}
    return [Screening.objects.create(answers=text, **values) for text in answers]


def stored(rows: list[Screening]) -> list[str]:
    return [Screening.objects.get(pk=row.pk).answers for row in rows]


def test_the_old_key_can_be_taken_away_afterwards(
    edition: Edition, now: datetime, settings: object, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HEALTH_KEYS = [OLD]
    rows = screenings(edition, *(seal({"number": number}) for number in range(5)), now=now)
    settings.HEALTH_KEYS = [NEW, OLD]
    rows += screenings(edition, seal({"number": 5}), now=now)
    monkeypatch.setattr(command, "SIZE", 2)
    call_command("reseal")
    assert capsys.readouterr().out == "Sealed anew: 6\n"
    settings.HEALTH_KEYS = [NEW]
    assert [unseal(text) for text in stored(rows)] == [{"number": number} for number in range(6)]


def test_answers_that_were_not_kept_stay_empty(edition: Edition, now: datetime, capsys: pytest.CaptureFixture) -> None:
    rows = screenings(edition, "", now=now)
    call_command("reseal")
    assert capsys.readouterr().out == "Sealed anew: 0\n"
    assert stored(rows) == [""]


def test_what_no_key_opens_is_left_and_named_and_the_rest_is_done(
    edition: Edition, now: datetime, settings: object, capsys: pytest.CaptureFixture
) -> None:
    settings.HEALTH_KEYS = [OLD]
    lost = screenings(edition, seal({"lost": True}), now=now)
    before = stored(lost)
    settings.HEALTH_KEYS = [NEW]
    kept = screenings(edition, seal({"kept": True}), now=now)
    sealed = stored(kept)
    with pytest.raises(CommandError, match=rf"opens 1: screenings {lost[0].pk}\."):
        call_command("reseal")
    assert capsys.readouterr().out == "Sealed anew: 1\n"
    assert stored(lost) == before
    assert stored(kept) != sealed
    with pytest.raises(CannotUnseal):
        unseal(before[0])


def test_a_batch_costs_two_queries_whatever_its_size(
    edition: Edition, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    screenings(edition, *(seal({"a": number}) for number in range(10)), now=now)
    for size in (1, 10):
        # Read, write, and the savepoint around both.
        with django_assert_num_queries(4):
            reseal_batch(after=0, size=size)


def test_answers_after_a_visit_are_sealed_anew_too(
    now: datetime, settings: object, capsys: pytest.CaptureFixture
) -> None:
    settings.HEALTH_KEYS = [OLD]
    visit = Diary(now=now, signed=False)
    kept = [
        CheckIn.objects.create(
            appointment=visit.request(visit.at(1, hour)), answered_at=now, answers=seal({"at": hour})
        )
        for hour in (10, 12)
    ]
    settings.HEALTH_KEYS = [NEW]
    lost, opened = kept
    CheckIn.objects.filter(pk=opened.pk).update(answers=seal({"at": 12}))
    with pytest.raises(CommandError, match=rf"opens 1: checkins {lost.pk}\."):
        call_command("reseal")
    settings.HEALTH_KEYS = [NEW, OLD]
    call_command("reseal")
    assert capsys.readouterr().out == "Sealed anew: 1\nSealed anew: 2\n"
    settings.HEALTH_KEYS = [NEW]
    assert [unseal(CheckIn.objects.get(pk=one.pk).answers) for one in kept] == [{"at": 10}, {"at": 12}]
