"""An edition never changes, and the one in force is what visitors read."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from clinic.tests.factories import ClinicFactory
from treatments.models import Edition
from treatments.models.edition import content_hash
from treatments.tests.pages import ready_treatment, sign_draft, signed_treatment, translate

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def edition(now: datetime) -> Edition:
    return signed_treatment(now=now).editions.get()


def in_force(at: datetime, **options: Any) -> list[Edition]:
    return list(
        Edition.objects.in_force(**{"language": "en", "at": at, "demo": False, "prescription_only": False, **options})
    )


def test_a_stored_edition_is_not_changed(edition: Edition) -> None:
    edition.content = {"name": "Other"}
    with pytest.raises(TypeError, match="immutable"):
        edition.save()
    with pytest.raises(TypeError, match="immutable"):
        Edition.objects.update(content={})
    with pytest.raises(TypeError, match="immutable"):
        Edition.objects.filter(pk=edition.pk).update(signed_by=None, publish_from=edition.publish_from + HOUR)
    with pytest.raises(TypeError, match="immutable"), transaction.atomic():
        Edition.objects.bulk_update([edition], ["content"])
    assert Edition.objects.get().is_intact


def test_a_stored_edition_is_not_deleted(edition: Edition) -> None:
    with pytest.raises(TypeError, match="for good"):
        edition.delete()
    with pytest.raises(TypeError, match="for good"):
        Edition.objects.all().delete()
    for owner in (edition.treatment, edition.reviewer):
        with pytest.raises(ProtectedError):
            owner.delete()
    assert Edition.objects.exists()


def test_a_new_edition_does_not_take_the_place_of_a_stored_one(edition: Edition) -> None:
    forged = Edition.objects.get()
    forged._state.adding = True
    forged.content = {"name": "Other"}
    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save()
    assert Edition.objects.get().content == edition.content


def test_a_signature_outlives_the_sign_in_behind_it(now: datetime) -> None:
    user = get_user_model().objects.create_user("ana")
    edition = sign_draft(ready_treatment(), now=now, by=user)
    user.delete()
    edition.refresh_from_db()
    assert edition.signed_by is None
    assert edition.is_intact


@pytest.mark.parametrize(
    "tamper",
    [
        lambda content: content.update(name="Other"),
        lambda content: content["steps"].pop(),
        lambda content: content["contraindications"][0].update(outcome="fine"),
        lambda content: content.update(extra=None),
    ],
)
def test_tampering_behind_our_back_is_detected(edition: Edition, tamper: Any) -> None:
    content = Edition.objects.get().content
    tamper(content)
    Edition._base_manager.filter(pk=edition.pk).update(content=content)
    assert not Edition.objects.get().is_intact


def test_the_fingerprint_is_of_the_content_and_not_of_its_order() -> None:
    assert content_hash({"a": 1, "b": "ü"}) == content_hash({"b": "ü", "a": 1})
    assert content_hash({"a": [1, 2]}) != content_hash({"a": [2, 1]})
    assert len(content_hash({})) == 64


def test_the_edition_in_force_is_the_one_published_last(now: datetime) -> None:
    treatment = ready_treatment()
    first = sign_draft(treatment, now=now)
    later = sign_draft(treatment, now=now, publish_from=now + HOUR)
    assert in_force(now - HOUR) == []
    assert in_force(now) == in_force(now + HOUR - timedelta(microseconds=1)) == [first]
    assert in_force(now + HOUR) == [later]
    same_time = sign_draft(treatment, now=now, publish_from=now + HOUR)
    assert in_force(now + HOUR) == [same_time]


def test_a_correction_is_not_overtaken_by_an_older_page_that_was_scheduled(now: datetime) -> None:
    treatment = ready_treatment()
    scheduled = sign_draft(treatment, now=now, publish_from=now + 2 * HOUR)
    correction = sign_draft(treatment, now=now, publish_from=now + HOUR)
    assert scheduled.number < correction.number
    assert in_force(now + HOUR) == in_force(now + 2 * HOUR) == [correction]


def test_each_treatment_and_language_has_its_own(now: datetime) -> None:
    second, first = signed_treatment(now=now, order=2), signed_treatment(now=now, order=1)
    assert [edition.treatment for edition in in_force(now)] == [first, second]
    translate(second)
    persian = sign_draft(second, now=now, language="fa")
    assert in_force(now, language="fa") == [persian]


def test_demonstration_and_prescription_only_are_in_force_where_the_clinic_says_so(now: datetime) -> None:
    ClinicFactory(is_demo=True)
    demo = signed_treatment(now=now).editions.get()
    hidden = signed_treatment(now=now, prescription_only=True).editions.get()
    assert in_force(now) == in_force(now, prescription_only=True) == []
    assert in_force(now, demo=True) == [demo]
    assert in_force(now, demo=True, prescription_only=True) == [demo, hidden]
