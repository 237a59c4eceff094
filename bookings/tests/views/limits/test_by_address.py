"""How often times may be held or asked for from one internet address."""

from datetime import timedelta

import time_machine

from bookings.enums import State
from bookings.models import Appointment, Patient
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.limits.saying import SEND, choose, says_to_wait
from bookings.tests.views.ways import CHECK, DETAILS, FREE, KEEP, TIMES, to_check, to_details
from clinic.models import Clinic


def test_choosing_times_all_the_time_ends_with_a_page_that_says_until_when(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    Clinic.objects.update(requests_per_hour=3)
    for hour in (10, 11, 12):
        choose(visitor, diary, hour)
        clock.shift(timedelta(minutes=5))
    choose(visitor, diary, 13)
    says_to_wait(visitor, 45)
    assert "times were chosen or asked for very often in the last hour" in visitor.main.text
    assert visitor.main.link("Go back") == TIMES
    # What was held before is held still.
    assert Appointment.objects.get().starts_at == diary.at(1, 12)
    clock.shift(timedelta(minutes=45))
    assert choose(visitor, diary, 13).heading == "Your details"


def test_promise_17_a_program_that_begins_anew_each_time_does_not_flood_the_diary(diary: Diary) -> None:
    Clinic.objects.update(requests_per_hour=3)
    for hour in (10, 11, 12):
        assert choose(Visitor(), diary, hour).heading == "Your details"
    says_to_wait(choose(Visitor(), diary, 13), 60)
    assert Appointment.objects.count() == 3
    assert choose(Visitor(REMOTE_ADDR="192.0.2.7"), diary, 13).heading == "Your details"


def test_sending_counts_as_choosing_does_and_nothing_typed_is_lost(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    Clinic.objects.update(requests_per_hour=1)
    to_check(visitor, diary).press(SEND)
    says_to_wait(visitor, 60)
    assert "Nothing was booked or changed. What you typed is kept." in visitor.main.text
    assert not Patient.objects.exists()
    visitor.follow("Go back")
    assert visitor.path == CHECK
    assert TYPED["name"] in visitor.main.text
    clock.shift(timedelta(hours=1))
    visitor.get(CHECK).press(SEND)
    assert Appointment.objects.get().state == State.REQUESTED


def test_sending_the_same_twice_costs_no_turn(diary: Diary, visitor: Visitor) -> None:
    Clinic.objects.update(requests_per_hour=2)
    sent = to_check(visitor, diary).main.form_with(SEND)[0].fields()
    answers = [visitor.client.post(CHECK, sent).status_code for _ in range(4)]
    assert answers == [302] * 4
    assert Appointment.objects.get().state == State.REQUESTED


def test_reading_writing_and_freeing_are_not_limited(diary: Diary, visitor: Visitor) -> None:
    Clinic.objects.update(requests_per_hour=1)
    to_details(visitor, diary)
    for _ in range(6):
        assert visitor.get(TIMES).status == visitor.get(DETAILS).status == 200
        assert visitor.press("Continue", **{**TYPED, "phone": "12"}).status == 422
    assert visitor.press("Continue", **TYPED).path == CHECK
    visitor.press("Stop, and free the time")
    assert not Appointment.objects.exists()


def test_a_time_is_not_held_all_day_by_holding_it_for_longer(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    Clinic.objects.update(requests_per_hour=1)
    to_details(visitor, diary)
    for _ in range(3):
        clock.shift(timedelta(minutes=5))
        assert visitor.press("Hold it for longer").path == DETAILS
    until = Appointment.objects.get().held_until
    clock.shift(timedelta(minutes=5))
    says_to_wait(visitor.press("Hold it for longer"), 45)
    assert visitor.main.link("Go back") == DETAILS
    visitor.follow("Go back").press("Continue", **TYPED)
    # Writing goes on; only the time is held no longer than before.
    assert visitor.path == CHECK
    assert Appointment.objects.get().held_until == until


def test_an_outsider_renews_and_frees_nothing(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary)
    before = Appointment.objects.values().get()
    for path in (KEEP, FREE):
        Visitor().client.post(path)
    assert Appointment.objects.values().get() == before
