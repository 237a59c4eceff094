"""Promise 20: a place is offered to one who waits, and never to whoever gave up that very time."""

import pytest
import time_machine
from django.test import Client

from bookings.actions.offers import pass_on_unanswered
from bookings.enums import OfferState, State
from bookings.models import Appointment, PlaceOffer, WaitingEntry
from bookings.tests.actions.waiting import waiting
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.promises.reading import choose, day_page, double_bookings, seated, send, starts
from bookings.tests.rows import bookings
from bookings.tests.views.ways import DETAILS


@pytest.fixture
def given_up(diary: Diary) -> Appointment:
    """Ada's, tomorrow at ten: she waits as well for another place, the longest of all."""
    send(choose(seated(diary), diary.at(1, 10)))
    ada = Appointment.objects.get()
    waiting(diary, patient=ada.patient, since=99)
    return ada


def cancel(asked: Appointment) -> None:
    Visitor().get(f"{asked.patient_path()}cancel/").press("Cancel the appointment")
    asked.refresh_from_db()
    assert asked.state == State.CANCELLED


def offered(entry: WaitingEntry) -> bool:
    """Whether the page of someone who waits offers a place."""
    return bool(Visitor().get(entry.patient_path()).main.all("input", name="offer"))


def test_promise_20_a_place_is_never_offered_to_whoever_cancelled_it(diary: Diary, given_up: Appointment) -> None:
    own = WaitingEntry.objects.get()
    cancel(given_up)
    assert not offered(own)
    assert not PlaceOffer.objects.exists()
    # Nobody else waits: it is there for anyone.
    assert given_up.starts_at in starts(day_page(seated(diary), given_up.starts_at.date()))


def test_promise_20_nor_to_two_and_while_it_is_offered_to_nobody_else(
    diary: Diary, given_up: Appointment, clock: time_machine.Traveller
) -> None:
    own = WaitingEntry.objects.get()
    first, second, third = (waiting(diary, name, since=since) for name, since in (("Bea", 9), ("Cy", 5), ("Di", 1)))
    cancel(given_up)
    everyone = [own, first, second, third]
    assert [offered(entry) for entry in everyone] == [False, True, False, False]
    place = given_up.starts_at
    stranger = seated(diary)
    assert place not in starts(day_page(stranger, place.date()))
    assert choose(stranger, place).path != DETAILS

    # Bea's page stays open. She does not answer in time, and the next is asked: there are never two.
    bea = Visitor().get(first.patient_path())
    form = next(form for form in bea.main.all("form") if form.get("action").endswith("/take/"))
    clock.move_to(PlaceOffer.objects.get().until)
    pass_on_unanswered(now=PlaceOffer.objects.get().until)
    assert [offered(entry) for entry in everyone] == [False, False, True, False]
    before = bookings()
    late = Client().post(form.get("action"), form.fields())
    assert late.status_code == 409
    assert bookings() == before

    # Cy says no, and Di takes it; twice, and it counts once.
    answer(second, "decline")
    assert [offered(entry) for entry in everyone] == [False, False, False, True]
    taken = answer(third, "take")
    assert [offered(entry) for entry in everyone] == [False] * 4
    placed = Appointment.objects.get(state=State.REQUESTED)
    assert (placed.patient, placed.starts_at) == (third.patient, place)
    before = bookings()
    for path, fields in (taken, (form.get("action"), form.fields())):
        Client().post(path, fields)
        assert bookings() == before
    states = [OfferState.EXPIRED, OfferState.DECLINED, OfferState.ACCEPTED]
    assert list(PlaceOffer.objects.order_by("pk").values_list("state", flat=True)) == states
    assert not double_bookings()


def answer(entry: WaitingEntry, how: str) -> tuple[str, dict[str, str | list[str]]]:
    """Press a button of the page; what was sent, to send it once more."""
    visitor = Visitor().get(entry.patient_path())
    form = next(form for form in visitor.main.all("form") if form.get("action").endswith(f"/{how}/"))
    assert Client().post(form.get("action"), form.fields()).status_code == 302
    return form.get("action"), form.fields()
