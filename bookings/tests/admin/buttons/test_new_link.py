"""A new link closes the old ones."""

from datetime import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from bookings.actions.offers import accept
from bookings.models import Appointment
from bookings.tests.actions.waiting import offered, waiting
from bookings.tests.admin.staff import address, looker, member, page, press, reception, signed_in
from bookings.tests.diary import Diary
from bookings.tests.planned import Planned

pytestmark = pytest.mark.django_db


def test_a_new_link_closes_the_old_ones_and_is_logged(
    admin_client: Client, admin_user: User, diary: Diary, asked: Appointment
) -> None:
    entry = waiting(diary, appointment=asked)
    other = diary.request(diary.at(2, 10), visitor="other")
    old = [asked.patient_path(), entry.patient_path()]
    assert [Client().get(path).status_code for path in old] == [200, 200]
    body = page(admin_client, asked)
    assert "open nothing any more" in body
    assert old[0] in body
    body = press(admin_client, asked, "link").content.decode()
    asked.refresh_from_db()
    assert asked.patient_path() in body
    assert old[0] not in body
    closed = Client().get(old[0])
    assert (closed.status_code, closed.content) == (404, Client().get("/en/appointments/K7QM-3XPA.0/").content)
    assert Client().get(old[1]).status_code == 404
    assert [Client().get(one.patient_path()).status_code for one in (asked, other)] == [200, 200]
    line = LogEntry.objects.get()
    assert (line.object_id, line.user, line.change_message) == (str(asked.pk), admin_user, "New link for the patient")


def test_only_who_may_change_an_appointment_makes_a_new_link(diary: Diary, asked: Appointment) -> None:
    path, secret = address(asked, "link"), asked.link_secret
    assert "/admin/login/" in Client().post(path)["Location"]
    assert signed_in(looker()).post(path).status_code == 403
    assert "New link" not in page(signed_in(User.objects.get(username="looker")), asked)
    assert signed_in(member(name="nobody")).post(path).status_code == 404
    assert signed_in(reception()).get(path).status_code == 405
    asked.refresh_from_db()
    assert asked.link_secret == secret


def test_it_closes_the_link_of_the_waiting_list_that_led_to_the_appointment(admin_client: Client, diary: Diary) -> None:
    entry = waiting(diary)
    place = accept(offer=offered(diary, entry), now=diary.now)
    assert Client().get(entry.patient_path()).status_code == 200
    press(admin_client, place, "link")
    assert Client().get(entry.patient_path()).status_code == 404


def test_at_a_session_it_closes_the_links_of_its_whole_course(admin_client: Client, now: datetime) -> None:
    planned = Planned(now=now, sessions=2)
    first, second = planned.book()
    old = [one.patient_path() for one in (planned.consultation, first, second)]
    assert [Client().get(path).status_code for path in old] == [200, 200, 200]
    press(admin_client, second, "link")
    assert [Client().get(path).status_code for path in old] == [404, 404, 404]
