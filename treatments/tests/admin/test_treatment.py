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
    form = {"language": "en", "reviewer": PractitionerFactory().pk, "review_due": "2099-01-01", "read": "on", **values}
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
