"""Staff choose the languages someone speaks by name, in their own language."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from clinic.admin.practitioners import PractitionerForm
from clinic.models import Practitioner
from clinic.tests.admin.forms import form_of
from clinic.tests.factories import PractitionerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def path() -> str:
    person = PractitionerFactory(speaks=["fa"], gender="female")
    return reverse("admin:clinic_practitioner_change", args=[person.pk])


@pytest.mark.parametrize(("chosen", "gender"), [(["ar", "de", "zh"], "male"), ([], "")])
def test_languages_and_gender_are_chosen(admin_client: Client, path: str, chosen: list[str], gender: str) -> None:
    shown = form_of(admin_client, path)
    assert (shown["speaks"], shown["gender"]) == (["fa"], "female")
    assert admin_client.post(path, {**shown, "speaks": chosen, "gender": gender}).status_code == 302
    assert Practitioner.objects.values_list("speaks", "gender").get() == (chosen, gender)


def test_what_is_not_in_the_list_is_refused(admin_client: Client, path: str) -> None:
    response = admin_client.post(path, {**form_of(admin_client, path), "speaks": ["German"], "gender": "doctor"})
    assert set(response.context["adminform"].form.errors) == {"speaks", "gender"}


@pytest.mark.parametrize(("language", "name"), [("en", "German"), ("fa", "آلمانی"), ("ar", "الألمانية")])
def test_the_list_is_in_the_language_of_whoever_edits(language: str, name: str) -> None:
    with override(language):
        choices = dict(PractitionerForm().fields["speaks"].choices)
    assert choices["de"] == name


def test_staff_without_the_permission_change_nothing(client: Client, path: str) -> None:
    assert client.post(path, {"speaks": ["de"]}).status_code == 302
    client.force_login(User.objects.create_user("desk", is_staff=True))
    assert client.post(path, {"speaks": ["de"]}).status_code == 403
    assert Practitioner.objects.get().speaks == ["fa"]
