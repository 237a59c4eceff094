"""Promises 1 to 3: a time belongs to one patient, from the moment it is chosen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from bookings.actions import hold
from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Claim
from bookings.tests.actions.states import WAYS
from bookings.tests.admin.staff import address
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.promises.reading import choose, day_page, double_bookings, free_times, seated, send, starts
from bookings.tests.races.guards import anyone, remove_constraint
from bookings.tests.views.ways import CHECK, DETAILS, TIMES

SEND = "Ask for this appointment"


@pytest.fixture
def overlapping(diary: Diary) -> Diary:
    """Visits of an hour that begin at every half hour."""
    diary.type.minutes = 60
    diary.type.save()
    return diary


def both_press(diary: Diary, minutes: int) -> tuple[Visitor, Visitor]:
    """Both have Tuesday open; one chooses ten o'clock, then the other the time so many minutes from it."""
    first, second = (day_page(seated(diary), diary.at(1, 0).date()) for _ in range(2))
    wanted = diary.at(1, 10), diary.at(1, 10) + timedelta(minutes=minutes)
    assert {*wanted} <= {*starts(first)} & {*starts(second)}
    return choose(first, wanted[0]), choose(second, wanted[1])


@pytest.mark.parametrize(
    ("minutes", "recheck"),
    [(0, True), (30, True), (-30, False)],
    ids=["the same", "half an hour later", "half an hour earlier, and the database alone refuses"],
)
def test_promise_01_two_patients_never_get_one_time_nor_times_that_overlap(
    overlapping: Diary, minutes: int, recheck: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not recheck:
        monkeypatch.setattr(hold, "offered", anyone)
    first, second = both_press(overlapping, minutes)
    assert first.path == DETAILS
    assert (second.status, second.path) == (409, TIMES)
    assert "That time has just been taken" in second.main.text
    assert not double_bookings()
    taken = overlapping.at(1, 10)
    assert not [start for start in starts(second) if abs(start - taken) < timedelta(hours=1)]
    send(first)
    send(choose(second, starts(second)[0]), name="Eve")
    assert Appointment.objects.filter(state=State.REQUESTED).count() == 2
    assert not double_bookings()


def test_promise_01_without_its_guards_there_would_be_two(overlapping: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    monkeypatch.setattr(hold, "offered", anyone)
    connection.check_constraints()
    remove_constraint()
    _first, second = both_press(overlapping, 30)
    assert second.path == DETAILS
    assert len(double_bookings()) == 1


def confirm(staff: Client, asked: Appointment) -> None:
    staff.post(address(asked, "state"), {"to": State.CONFIRMED})


def everyone_asks_and_all_are_confirmed(diary: Diary, staff: Client, *, claimed: bool = True) -> None:
    """Tuesday at ten, wanted by Ada, then by Eve; afterwards staff confirm whatever there is."""
    send(choose(seated(diary), diary.at(1, 10)))
    if not claimed:
        Claim.objects.all().delete()
    eve = choose(seated(diary), diary.at(1, 10))
    if eve.path == DETAILS:
        send(eve, name="Eve")
    for asked in Appointment.objects.order_by("pk"):
        confirm(staff, asked)


def test_promise_02_a_request_keeps_its_time_until_it_is_confirmed(diary: Diary, staff: Client) -> None:
    everyone_asks_and_all_are_confirmed(diary, staff)
    assert Appointment.objects.get().state == State.CONFIRMED
    assert not double_bookings()


def test_promise_02_a_request_that_claimed_nothing_would_be_confirmed_twice(diary: Diary, staff: Client) -> None:
    """The negative control."""
    everyone_asks_and_all_are_confirmed(diary, staff, claimed=False)
    assert set(Appointment.objects.values_list("state", flat=True)) == {State.CONFIRMED}
    assert len(double_bookings()) == 1


@pytest.mark.parametrize("gone", [State.DECLINED, State.CANCELLED])
def test_promise_02_what_gave_its_time_away_is_not_confirmed_nor_restored_over_the_next(
    diary: Diary, staff: Client, gone: State
) -> None:
    """Staff press the buttons of a page that they opened before."""
    send(choose(seated(diary), diary.at(1, 10)))
    ada = Appointment.objects.get()
    for step in WAYS[gone]:
        change_state(appointment=ada, to=step, actor=Actor.STAFF, now=diary.now)
    send(choose(seated(diary), diary.at(1, 10)))
    eve = Appointment.objects.latest("pk")
    assert eve.starts_at == ada.starts_at
    for asked in (ada, eve, ada):
        confirm(staff, asked)
        staff.post(address(asked, "undo"), {"reason": "The wrong button"})
        confirm(staff, asked)
    states = dict(Appointment.objects.values_list("pk", "state"))
    assert states == {ada.pk: gone, eve.pk: State.CONFIRMED}
    assert not double_bookings()


def is_offered(diary: Diary) -> bool:
    """Whether a newcomer sees Tuesday at ten, in the day's times and counted in the month."""
    visitor = day_page(seated(diary), diary.at(1, 0).date())
    shown, counted = diary.at(1, 10) in starts(visitor), free_times(visitor)[8] == 16
    assert shown == counted
    return shown


def test_promise_03_a_held_time_is_offered_to_nobody_and_kept_while_its_form_is_filled(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    assert is_offered(diary)
    choose(visitor, diary.at(1, 10))
    stages: list[Callable[[], Visitor]] = [
        lambda: visitor.press("Continue", **TYPED | {"phone": "12"}),
        lambda: visitor.press("Hold it for longer"),
        lambda: visitor.press("Continue", **TYPED),
        lambda: visitor.press("Hold it for longer"),
    ]
    for write in stages:
        clock.shift(timedelta(minutes=9))
        assert not is_offered(diary)
        assert choose(seated(diary), diary.at(1, 10)).status == 409
        write()
    clock.shift(timedelta(minutes=9))
    assert visitor.press(SEND).heading == "We have your request"
    assert not is_offered(diary)
    assert Appointment.objects.get().starts_at == diary.at(1, 10)


def test_promise_03_what_was_typed_is_kept_for_a_day_and_the_time_only_while_it_is_held(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    choose(visitor, diary.at(2, 10)).press("Continue", **TYPED)
    clock.shift(timedelta(minutes=9, seconds=59))
    assert choose(seated(diary), diary.at(2, 10)).status == 409
    clock.shift(timedelta(seconds=1))
    eve = choose(seated(diary), diary.at(2, 10))
    assert eve.path == DETAILS
    clock.shift(timedelta(hours=23, minutes=30))
    # Nothing is asked again but for a time.
    day_page(visitor, diary.at(3, 0).date()).press("11:00")
    assert visitor.path == CHECK
    for typed in (TYPED["name"], TYPED["email"], "11:00"):
        assert typed in visitor.main.text
    assert visitor.press(SEND).heading == "We have your request"
