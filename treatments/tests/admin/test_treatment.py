"""Staff edit the draft, see what patients read, preview and sign."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import Clinic
from clinic.tests.factories import ClinicFactory, PractitionerFactory
from treatments.actions.editions import fingerprint
from treatments.models import Edition, Treatment
from treatments.tests.factories import ComplicationFactory, ready_treatment, signed_treatment

pytestmark = pytest.mark.django_db


@pytest.fixture
def treatment(now: datetime) -> Treatment:
    ClinicFactory()
    return signed_treatment(now=now.replace(year=2025), slug="mesolift")


def url(name: str, treatment: Treatment) -> str:
    return reverse(f"admin:treatments_treatment_{name}", args=[treatment.pk])


def form_of(client: Client, path: str) -> dict[str, Any]:
    """What the browser would send if staff changed nothing."""
    response = client.get(path)
    data: dict[str, Any] = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                value = [getattr(one, "pk", one) for one in value]
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


def test_a_page_with_every_section_is_saved_as_it_was(admin_client: Client, treatment: Treatment) -> None:
    path = url("change", treatment)
    response = admin_client.post(path, form_of(admin_client, path))
    assert response.status_code == 302, response.context["errors"]
    assert "Signed: patients read exactly this" in admin_client.get(path).content.decode()


def test_editing_shows_changed_since_signed_until_signed_again(admin_client: Client, treatment: Treatment) -> None:
    path = url("change", treatment)
    admin_client.post(path, {**form_of(admin_client, path), "summary_en": "A new summary."})
    assert "Changed since signed" in admin_client.get(path).content.decode()
    assert "Changed since signed" in admin_client.get("/admin/treatments/treatment/").content.decode()
    assert "A new summary." not in admin_client.get("/en/treatments/mesolift/").content.decode()
    sign_it(admin_client, treatment)
    assert "Changed since signed" not in admin_client.get(path).content.decode()
    assert "A new summary." in admin_client.get("/en/treatments/mesolift/").content.decode()


def sign_it(client: Client, treatment: Treatment, **values: Any) -> Any:
    reviewer = PractitionerFactory(is_physician=True)
    form = {"language": "en", "reviewer": reviewer.pk, "review_due": "2099-01-01", "read": "on", **values}
    if "seen" not in form:
        form["seen"] = fingerprint(Treatment.objects.with_page().get(pk=treatment.pk))
    return client.post(url("sign", treatment), form)


def test_the_preview_shows_the_draft_through_the_public_template(admin_client: Client, treatment: Treatment) -> None:
    Treatment.objects.filter(pk=treatment.pk).update(summary_en="A draft summary.")
    body = admin_client.get(url("preview", treatment)).content.decode()
    assert "A draft summary." in body
    assert "Preview of the draft" in body
    assert 'id="seek-help"' in body


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


@pytest.mark.parametrize("name", ["change", "preview", "sign"])
def test_outsiders_are_sent_to_sign_in(client: Client, treatment: Treatment, name: str) -> None:
    response = client.get(url(name, treatment))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_staff_without_rights_on_content_cannot_preview(client: Client, treatment: Treatment) -> None:
    client.force_login(User.objects.create_user("reception", password="x", is_staff=True))
    assert client.get(url("preview", treatment)).status_code == 403


def test_only_the_languages_offered_have_fields(admin_client: Client, treatment: Treatment) -> None:
    assert "name_fa" not in admin_client.get(url("change", treatment)).content.decode()
    Clinic.objects.update(languages=["en", "fa"])
    body = admin_client.get(url("change", treatment)).content.decode()
    assert 'name="name_fa"' in body
    assert 'dir="rtl"' in body
    assert "name_ar" not in body


def test_the_pages_cost_the_same_with_few_rows_and_with_many(admin_client: Client, treatment: Treatment) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert admin_client.get(path).status_code == 200
        return len(captured)

    paths = [url("change", treatment), "/admin/treatments/treatment/", url("preview", treatment)]
    for path in paths:
        queries(path)
    few = [queries(path) for path in paths]
    ComplicationFactory.create_batch(30, treatment=treatment)
    for _ in range(3):
        ready_treatment()
    assert [queries(path) for path in paths] == few


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


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2099-01-01", "is signed and will be shown from 1 January 2099"),
        ("2020-01-01", "Signed: patients read exactly this."),
    ],
)
def test_the_page_says_which_edition_patients_read(
    admin_client: Client, treatment: Treatment, day: str, said: str
) -> None:
    sign_it(admin_client, treatment, publish_from_0=day, publish_from_1="00:00")
    body = admin_client.get(url("change", treatment)).content.decode()
    assert said in body
    read = admin_client.get("/en/treatments/mesolift/").content.decode()
    assert f"Patients read edition {2 if day < '2026' else 1}" in body
    assert f"Edition {2 if day < '2026' else 1}." in read


def test_a_demonstrations_sign_off_is_not_said_to_be_read(admin_client: Client, now: datetime) -> None:
    ClinicFactory(is_demo=True)
    treatment = signed_treatment(now=now.replace(year=2025))
    Clinic.objects.update(is_demo=False)
    body = admin_client.get(url("change", treatment)).content.decode()
    assert "Patients cannot read this page at the moment." in body
    assert "was signed for the demonstration and is not shown" in body


def test_an_address_that_is_no_number_is_not_found(admin_client: Client, treatment: Treatment) -> None:
    assert admin_client.get("/admin/treatments/treatment/²/change/").status_code == 302
