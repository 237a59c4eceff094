"""Wishes for erasure: staff who may decide carry them out or decline them, and erased people break no list."""

from datetime import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from bookings.actions.privacy import ask_for_erasure
from bookings.enums import ErasureOutcome
from bookings.models import ErasureRequest
from bookings.tests.about_ada import TRACES, AboutAda, traces_in
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import CONTACT
from bookings.tests.rows import everything, rows_of
from clinic.tests.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST = "/admin/bookings/erasurerequest/"


@pytest.fixture
def about(now: datetime) -> AboutAda:
    about = AboutAda(now=now)
    ask_for_erasure(patient=about.ada, now=now)
    return about


@pytest.fixture
def wish(about: AboutAda) -> ErasureRequest:
    return ErasureRequest.objects.undecided().get()


def decide(client: Client, wish: ErasureRequest, **typed: str) -> str:
    return read(client.post(f"{LIST}{wish.pk}/decide/", typed, follow=True)).text


def test_the_list_opens_with_what_waits_and_leads_to_the_decision(staff: Client, wish: ErasureRequest) -> None:
    assert list(staff.get(LIST).context["cl"].result_list) == [wish]
    assert len(staff.get(f"{LIST}?which=all").context["cl"].result_list) == 2
    page = read(staff.get(f"{LIST}{wish.pk}/change/"))
    assert next(a for a in page.all("a") if a.text == "Decide")["href"] == f"{LIST}{wish.pk}/decide/"
    text = read(staff.get(f"{LIST}{wish.pk}/decide/")).text
    for words in (CONTACT.name, "asked on 7 December 2026", "within one month", "Completed"):
        assert words in text


def test_erasing_needs_the_tick_and_leaves_no_trace_and_no_broken_page(
    staff: Client, about: AboutAda, wish: ErasureRequest
) -> None:
    before = rows_of(type(about.ada), type(wish))
    assert "Tick the box first" in decide(staff, wish, erase="1")
    assert rows_of(type(about.ada), type(wish)) == before
    assert "Erased." in decide(staff, wish, erase="1", sure="1")
    assert traces_in(everything()) == set()
    assert LogEntry.objects.latest("pk").object_id == str(wish.pk)
    for path in (
        LIST,
        f"{LIST}{wish.pk}/change/",
        "/admin/bookings/patient/",
        f"/admin/bookings/patient/{about.ada.pk}/change/",
        "/admin/bookings/waitingentry/?who=all",
        reverse("admin:bookings_waitingentry_change", args=[about.entry.pk]),
        "/admin/bookings/appointment/?which=all",
        reverse("admin:bookings_appointment_change", args=[about.consultation.pk]),
    ):
        response = staff.get(path)
        assert response.status_code == 200, path
        assert not [trace for trace in TRACES if trace in response.content.decode()], path
    assert "no longer possible" in decide(staff, wish, reason="Too late", decline="1")


def test_declining_needs_the_reason_that_the_patient_reads(staff: Client, wish: ErasureRequest) -> None:
    assert "Say why it is not erased" in decide(staff, wish, decline="1", reason="  ")
    assert "Declined." in decide(staff, wish, decline="1", reason="Kept until 2036.")
    wish.refresh_from_db()
    assert (wish.outcome, wish.reason, wish.decided_by.username) == (
        ErasureOutcome.DECLINED,
        "Kept until 2036.",
        "admin",
    )


def test_who_may_only_look_decides_nothing_and_nobody_adds_or_deletes(
    staff: Client, client: Client, wish: ErasureRequest
) -> None:
    before = rows_of(ErasureRequest)
    assert client.get(LIST).status_code == client.post(f"{LIST}{wish.pk}/decide/").status_code == 302
    looker, outsider = signed_in(member("view_erasurerequest")), signed_in(member("view_patient", name="outsider"))
    assert looker.get(LIST).status_code == 200
    assert "Decide" not in [a.text for a in read(looker.get(f"{LIST}{wish.pk}/change/")).all("a")]
    for who in (looker, outsider):
        for method in ("get", "post"):
            assert getattr(who, method)(f"{LIST}{wish.pk}/decide/", {"erase": "1", "sure": "1"}).status_code == 403
    assert outsider.get(LIST).status_code == 403
    assert staff.get(f"{LIST}add/").status_code == 403
    assert staff.post(f"{LIST}{wish.pk}/delete/", {"post": "yes"}).status_code == 403
    assert rows_of(ErasureRequest) == before
