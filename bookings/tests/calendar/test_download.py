"""A patient puts their appointment into their own calendar."""

from datetime import datetime

import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models.appointment import new_secret
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.ics.reader import read
from bookings.tests.rows import everything

LINK = "Add it to your calendar"


def test_the_page_of_a_booked_visit_leads_to_its_file(diary: Diary, now: datetime) -> None:
    asked = diary.request(diary.at(1, 10))
    with time_machine.travel(now, tick=False):
        visitor = Visitor()
        path = visitor.get(asked.patient_path()).main.link(LINK)
        before = everything()
        response = visitor.client.get(path)
        assert visitor.client.head(path).status_code == 200
        assert visitor.client.post(path).status_code == 405
        assert everything() == before
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    [file] = read(response.content)
    [event] = file["events"]
    assert (file["method"], event["start"], event["status"]) == ("PUBLISH", asked.starts_at, "TENTATIVE")


def test_nothing_is_offered_for_a_visit_that_is_over_or_given_up(diary: Diary, now: datetime) -> None:
    asked, gone = diary.request(diary.at(1, 10)), diary.request(diary.at(1, 12), visitor="another")
    change_state(appointment=gone, to=State.CANCELLED, actor=Actor.STAFF, now=now)
    visitor = Visitor()
    with time_machine.travel(now, tick=False) as clock:
        assert LINK not in visitor.get(gone.patient_path()).main.text
        assert LINK in visitor.get(asked.patient_path()).main.text
        clock.move_to(asked.starts_at)
        assert LINK not in visitor.get(asked.patient_path()).main.text


def test_nobody_else_gets_it(diary: Diary, now: datetime) -> None:
    asked, other = diary.request(diary.at(1, 10)), diary.request(diary.at(1, 12), visitor="another")
    path = f"{asked.patient_path()}calendar.ics"
    with time_machine.travel(now, tick=False):
        assert Client().get(path).status_code == 200
        mixed = f"{asked.reference}.{other.patient_path().rstrip('/').partition('.')[2]}"
        asked.link_secret = new_secret()
        asked.save()
        for wrong in (path, f"/en/appointments/{mixed}/calendar.ics", "/en/appointments/\x00.1/calendar.ics"):
            response = Client().get(wrong)
            assert response.status_code == 404
            assert b"BEGIN:" not in response.content
