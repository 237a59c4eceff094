"""Staff edit the draft and see whether it is what patients read."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.models import Clinic
from treatments.models import Treatment
from treatments.tests.admin.treatment.pages import form_of, sign_it, url
from treatments.tests.factories import ComplicationFactory
from treatments.tests.pages import ready_treatment

pytestmark = pytest.mark.django_db


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


def test_the_preview_shows_the_draft_through_the_public_template(admin_client: Client, treatment: Treatment) -> None:
    Treatment.objects.filter(pk=treatment.pk).update(summary_en="A draft summary.")
    body = admin_client.get(url("preview", treatment)).content.decode()
    assert "A draft summary." in body
    assert "Preview of the draft" in body
    assert 'id="seek-help"' in body


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


def test_an_address_that_is_no_number_is_not_found(admin_client: Client, treatment: Treatment) -> None:
    assert admin_client.get("/admin/treatments/treatment/²/change/").status_code == 302
