"""A patient's data at the desk: a logged copy for those who may read answers, erasing for those who decide on it."""

import json
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from bookings.models import AnswersRead, ErasureRequest
from bookings.queries.personal_data import personal_data
from bookings.tests.about_ada import AboutAda, traces_in
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import CONTACT
from bookings.tests.rows import everything
from clinic.tests.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def about(now: datetime) -> AboutAda:
    return AboutAda(now=now)


def path(about: AboutAda, end: str = "change") -> str:
    return f"/admin/bookings/patient/{about.ada.pk}/{end}/"


def tools(client: Client, about: AboutAda) -> list[str]:
    links = [a.text for a in read(client.get(path(about))).all("a")]
    return [text for text in ("Download all that is stored", "Erase") if text in links]


def test_whoever_treats_and_looks_up_patients_takes_a_copy_which_is_logged(about: AboutAda) -> None:
    doctor = member("view_patient", "read_answers", name="doctor")
    client = signed_in(doctor)
    # The right alone is not enough: it is for those who treat.
    assert (tools(client, about), client.get(path(about, "data")).status_code) == ([], 403)
    about.diary.practitioner.user = doctor
    about.diary.practitioner.save()
    assert tools(client, about) == ["Download all that is stored"]
    response = client.get(path(about, "data"))
    assert "no-store" in response["Cache-Control"]
    found = json.loads(response.content)
    assert {name: len(rows) for name, rows in personal_data(about.ada).items()} == {
        name: len(rows) for name, rows in found.items() if name != "made_at"
    }
    read_by_doctor = AnswersRead.objects.filter(user=doctor)
    assert read_by_doctor.filter(screening__isnull=False).count() == len(found["screening"])
    assert read_by_doctor.filter(check_in__isnull=False).count() == len(found["checkin"]) == 1


def test_whoever_decides_about_wishes_erases_with_a_tick(about: AboutAda) -> None:
    client = signed_in(member("view_patient", "change_patient", "change_erasurerequest", name="boss"))
    assert tools(client, about) == ["Erase"]
    before = everything()["bookings.Patient"]
    assert "Decline" not in client.get(path(about, "erase")).content.decode()
    assert "Tick the box first" in client.post(path(about, "erase"), {"erase": "1"}).content.decode()
    assert everything()["bookings.Patient"] == before
    assert "Erased." in client.post(path(about, "erase"), {"erase": "1", "sure": "1"}, follow=True).content.decode()
    assert traces_in(everything()) == set()
    assert not ErasureRequest.objects.undecided().exists()
    assert tools(client, about) == []
    assert client.post(path(about), {"name": "Ada again"}).status_code == 403
    assert client.get(path(about, "erase")).status_code == 404


def test_nobody_else_does(about: AboutAda, client: Client) -> None:
    desk = signed_in(member("view_patient", "change_patient", "view_appointment", name="desk"))
    assert tools(desk, about) == []
    before = everything()["bookings.Patient"], everything()["bookings.AnswersRead"]
    for end in ("data", "erase"):
        assert "/admin/login/" in client.get(path(about, end))["Location"]
        assert desk.get(path(about, end)).status_code == 403
        assert desk.post(path(about, end), {"sure": "1"}).status_code == 403
    assert (everything()["bookings.Patient"], everything()["bookings.AnswersRead"]) == before


def test_a_command_prints_it_and_erases_it(about: AboutAda) -> None:
    printed = StringIO()
    call_command("personal_data", about.entry.reference, stdout=printed)
    assert json.loads(printed.getvalue())["patient"][0]["name"] == CONTACT.name
    said = StringIO()
    call_command("personal_data", about.consultation.reference, erase=True, stderr=said)
    assert said.getvalue() == "Erased.\n"
    assert traces_in(everything()) == set()
    for reference in (about.consultation.reference, "ZZZZ-ZZZZ"):
        with pytest.raises(CommandError):
            call_command("personal_data", reference)
