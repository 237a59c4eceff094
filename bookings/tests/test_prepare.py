"""Everything between an installed checkout and a running server."""

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command

from bookings.models import AppointmentType, Course, WorkingHours
from bookings.tests.browser import Visitor
from bookings.tests.rows import everything
from clinic import static_files
from clinic.models import Clinic, Location, Practitioner
from treatments.models import Concern, Treatment

pytestmark = pytest.mark.django_db
SIGN_IN = re.compile(r"user {2}(\S+) +password {2}(\S+)")


@pytest.fixture(autouse=True)
def collected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The static files are only said to be collected."""
    collected: list[str] = []
    monkeypatch.setattr(static_files, "collect", lambda: collected.append("collected"))
    monkeypatch.delenv("DEMO", raising=False)
    return collected


def prepare() -> str:
    said = StringIO()
    call_command("prepare", stdout=said)
    return said.getvalue()


def test_an_empty_database_gets_the_demonstration_and_a_staff_sign_in(collected: list[str]) -> None:
    said = prepare()
    assert collected == ["collected"]
    assert Treatment.objects.count() > 5
    assert Location.objects.count() == 2
    assert Clinic.objects.get().is_demo
    (name, password), (clinician, other) = SIGN_IN.findall(said)
    user = authenticate(username=name, password=password)
    assert user is not None
    assert user.is_superuser
    assert len(password) >= 16
    treats = authenticate(username=clinician, password=other)
    assert (treats.practitioner.slug, treats.is_staff, treats.is_superuser) == ("leyla-farrokh", True, False)
    assert {group.name for group in treats.groups.all()} == {"Practitioner", "Clinical reviewer"}
    assert other != password
    # Only their hashes are kept.
    assert password not in str(everything())
    assert other not in str(everything())

    # Staff make it theirs …
    Location.objects.get(slug="dubai").opening_hours.all().delete()
    WorkingHours.objects.filter(location__slug="dubai").delete()
    Course.objects.all().delete()
    AppointmentType.objects.filter(kind="session").delete()
    treatment = Treatment.objects.get(slug="pigmentation")
    treatment.name_en, treatment.summary_en = "Dark spots", ""
    treatment.save()
    treatment.indication_set.first().delete()
    Clinic.objects.update(name_en="Our clinic", is_demo=False)
    Concern.objects.create(slug="ours", name_en="Ours")
    Practitioner.objects.filter(slug="jonas-weidner").update(is_active=False)
    for user in get_user_model().objects.all():
        get_user_model().objects.filter(pk=user.pk).update(username=f"someone-{user.pk}")
    Group.objects.get(name="Receptionist").permissions.clear()
    before = everything()
    # … and it stays so, however often the server is started.
    for _ in range(2):
        assert prepare() == ""
        assert everything() == before


def test_without_the_demonstration_the_clinic_is_empty_and_books_by_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "no")
    assert len(SIGN_IN.findall(prepare())) == 1
    assert Group.objects.filter(name="Receptionist", permissions__codename="change_appointment").exists()
    clinic = Clinic.objects.get()
    assert not clinic.is_demo
    for model in (Location, Practitioner, Treatment, AppointmentType):
        assert not model.objects.exists()
    visitor = Visitor().get("/en/book/")
    assert (visitor.status, visitor.heading) == (200, "Please book by phone")
    assert "not been signed" not in visitor.main.text
    Clinic.objects.update(phone="+493023125000")
    assert visitor.get("/en/book/").main.one("a", class_="phone").text == "+49 30 23125000"
    before = everything()
    assert prepare() == ""
    assert everything() == before


def test_a_clinic_with_staff_gets_no_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "no")
    get_user_model().objects.create_user("doctor")
    assert prepare() == ""
    assert get_user_model().objects.count() == 1
    # But the roles, which an older version did not have.
    assert Group.objects.filter(name="Manager").exists()


def test_two_machines_get_different_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "no")
    passwords = set()
    for _ in range(2):
        passwords.add(SIGN_IN.search(prepare()).group(2))
        get_user_model().objects.all().delete()
    assert len(passwords) == 2


@pytest.mark.parametrize(("backend", "says"), [("filebased", True), ("smtp", False)])
def test_it_says_where_mails_go_without_a_mail_server(settings: Any, backend: str, says: bool) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    assert ("No mail server is set (EMAIL_URL): mails are written to var/mail" in prepare()) is says
