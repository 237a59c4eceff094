"""The link is sent to the address on record, a few times an hour."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.enums import MessageKind
from bookings.models import Appointment, DataLink, Message, Patient
from bookings.tests.about_ada import AboutAda
from bookings.tests.browser import Visitor
from bookings.tests.rows import everything
from bookings.tests.views.data.ways import RIGHT, home, link


def test_the_appointment_leads_there_and_the_button_sends_a_link(about: AboutAda, visitor: Visitor) -> None:
    Message.objects.all().delete()
    visitor.get(about.consultation.patient_path()).follow("Your data")
    assert (visitor.path, visitor.heading) == (home(about), "Your data")
    visitor.press("Send me a link")
    assert (visitor.path, visitor.heading) == (f"{home(about)}sent/", "Look into your mailbox")
    shown = visitor.response.content
    assert "a…\u2060@example.com" in visitor.main.text
    assert about.ada.email not in shown.decode()
    assert visitor.get(visitor.path).response.content == shown
    told = Message.objects.get()
    assert (told.kind, told.event) == (MessageKind.DATA, f"data link {DataLink.objects.get().pk}")


def test_three_links_an_hour_and_six_a_day(about: AboutAda, clock: time_machine.Traveller) -> None:
    path = home(about)
    for expected in ([302, 302, 302, 429], [302, 302, 302, 429], [429]):
        assert [Client().post(path).status_code for _ in expected] == expected
        clock.shift(timedelta(hours=1, seconds=1))
    page = Visitor().arrive(Client().post(path), path)
    assert "links were asked for very often" in page.main.text
    another = f"{Appointment.objects.get(pk=about.sessions[0].pk).patient_path()}data/"
    assert Client().post(another).status_code == 302


def test_one_internet_address_is_stopped_whatever_it_asks_for(about: AboutAda, monkeypatch: Any) -> None:
    monkeypatch.setattr("bookings.views.data.ASKS_AN_HOUR", 2)
    paths = [f"{one.patient_path()}data/" for one in Appointment.objects.filter(patient=about.ada)]
    assert [Client().post(path).status_code for path in paths] == [302, 302, 429]


@pytest.mark.parametrize("missing", [{"birth_date": None}, {"email": ""}])
def test_whoever_cannot_prove_it_here_is_asked_to_call(
    about: AboutAda, visitor: Visitor, missing: dict[str, Any]
) -> None:
    Patient.objects.filter(pk=about.ada.pk).update(**missing)
    for path in (home(about), link(about)):
        visitor.get(path)
        assert "Please call us, and we will do it together." in visitor.main.text
        assert about.consultation.reference in visitor.main.text
        assert not visitor.main.all("form")
    before = everything()
    Client().post(home(about))
    Client().post(link(about), RIGHT)
    assert everything() == before
