"""A clinician signs what they have read, and answers for it by name."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from clinic.models import Clinic
from clinic.tests.factories import ClinicFactory, PractitionerFactory
from clinic.tests.markup import read
from treatments.actions.editions import fingerprint
from treatments.models import Edition, Treatment
from treatments.tests.admin.treatment.pages import sign_it, url
from treatments.tests.factories import ComplicationFactory
from treatments.tests.pages import ready_treatment, signed_treatment

pytestmark = pytest.mark.django_db


def test_signing_says_everything_that_is_missing(admin_client: Client) -> None:
    ClinicFactory()
    treatment = ready_treatment()
    treatment.aftercare_set.all().delete()
    ComplicationFactory(treatment=treatment, name_en="Lumps", figure_en="16 of 105 patients")
    response = sign_it(admin_client, treatment)
    assert response.status_code == 200
    assert "There is no row under “aftercare”." in response.content.decode()
    assert "How common “Lumps” is needs a reference." in response.content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"read": ""}, "This field is required."),
        ({"review_due": "2020-01-01"}, "The next review must be in the future."),
        ({"reviewer": ""}, "This field is required."),
        ({"language": "fa"}, "Select a valid choice"),
    ],
)
def test_a_signature_needs_its_answers(
    admin_client: Client, treatment: Treatment, values: dict[str, str], message: str
) -> None:
    assert message in sign_it(admin_client, treatment, **values).content.decode()
    assert Edition.objects.count() == 1


def test_only_those_with_the_right_may_sign(client: Client, treatment: Treatment) -> None:
    editor = User.objects.create_user("editor", password="x", is_staff=True)
    editor.user_permissions.set(Permission.objects.filter(codename__in=["view_treatment", "change_treatment"]))
    client.force_login(editor)
    assert client.get(url("change", treatment)).status_code == 200
    assert "/sign/" not in client.get(url("change", treatment)).content.decode()
    assert sign_it(client, treatment).status_code == 403


def test_what_was_not_read_is_not_signed(admin_client: Client, treatment: Treatment) -> None:
    seen = fingerprint(Treatment.objects.with_page().get(pk=treatment.pk))
    Treatment.objects.filter(pk=treatment.pk).update(summary_en="Written after the preview was opened.")
    body = sign_it(admin_client, treatment, seen=seen).content.decode()
    assert "The draft has changed since you opened this page." in body
    assert Edition.objects.count() == 1


def test_a_clinician_signs_in_their_own_name(admin_client: Client, admin_user: User, treatment: Treatment) -> None:
    own = PractitionerFactory(user=admin_user)
    assert "Select a valid choice" in sign_it(admin_client, treatment).content.decode()
    assert sign_it(admin_client, treatment, reviewer=own.pk).status_code == 302


def test_a_demonstrations_sign_off_is_not_said_to_be_read(admin_client: Client, now: datetime) -> None:
    ClinicFactory(is_demo=True)
    treatment = signed_treatment(now=now.replace(year=2025))
    Clinic.objects.update(is_demo=False)
    body = admin_client.get(url("change", treatment)).content.decode()
    assert "Patients cannot read this page at the moment." in body
    assert "was signed for the demonstration and is not shown" in body


def test_both_controls_of_a_day_and_a_time_have_a_name(admin_client: Client, now: datetime) -> None:
    path = reverse("admin:treatments_treatment_sign", args=[signed_treatment(now=now, slug="mesolift").pk])
    page = read(admin_client.get(path))
    names = [page.one("input", name=f"publish_from_{number}")["aria-label"] for number in (0, 1)]
    assert names == ["Publish from: day", "Publish from: time"]
