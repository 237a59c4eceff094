"""Who on the waiting list is offered a time that becomes free."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.actions.offers import decline, pass_on_unanswered
from bookings.enums import Actor, EntryState, PartOfDay, State
from bookings.exceptions import SlotTaken
from bookings.models import Appointment, Course, PlaceOffer, Screening
from bookings.tests.actions.waiting import booking, offered_to, open_offers, patient, waiting
from bookings.tests.factories import CONTACT, Diary, LocationFactory
from clinic.models import Clinic
from treatments.tests.factories import signed_treatment

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


@pytest.fixture
def booked(diary: Diary) -> Appointment:
    """Tomorrow, a Tuesday, at ten."""
    return diary.request(diary.at(1, 10))


def give_up(appointment: Appointment, diary: Diary, to: State = State.CANCELLED) -> None:
    change_state(appointment=appointment, to=to, actor=Actor.PATIENT, now=diary.now)


@pytest.mark.parametrize("to", [State.CANCELLED, State.DECLINED])
def test_a_freed_time_is_held_for_whoever_waited_longest(diary: Diary, booked: Appointment, to: State) -> None:
    waiting(diary, since=5)
    first = waiting(diary, since=10)
    waiting(diary, since=1)
    give_up(booked, diary, to)
    [offer] = open_offers()
    assert (offer.entry, offer.starts_at, offer.practitioner) == (first, booked.starts_at, diary.practitioner)
    assert (offer.offered_at, offer.until) == (diary.now, diary.now + timedelta(minutes=120))
    assert (offer.hold.state, offer.hold.held_until) == (State.HELD, offer.until)
    assert offer.hold.claims.count() == 1


def test_nobody_else_can_take_what_is_held_for_them(diary: Diary, booked: Appointment) -> None:
    waiting(diary)
    give_up(booked, diary)
    with pytest.raises(SlotTaken):
        diary.hold(booked.starts_at, visitor="someone else")


def test_the_clinic_sets_how_long_and_never_longer_than_until_it_begins(diary: Diary) -> None:
    Clinic.objects.update(offer_minutes=1440)
    booked = diary.request(diary.at(0, 12))
    waiting(diary)
    give_up(booked, diary)
    assert open_offers()[0].until == booked.starts_at


def test_a_time_that_was_moved_away_from_is_offered(diary: Diary, booked: Appointment) -> None:
    entry = waiting(diary)
    move(moves=[Move(booked, diary.at(2, 9))], actor=Actor.PATIENT, now=diary.now)
    [offer] = open_offers()
    assert (offer.entry, offer.starts_at) == (entry, diary.at(1, 10))


def test_a_time_that_has_passed_is_offered_to_nobody(diary: Diary, booked: Appointment) -> None:
    waiting(diary)
    change_state(appointment=booked, to=State.CANCELLED, actor=Actor.STAFF, now=booked.starts_at)
    assert not open_offers()


def test_the_notice_that_anyone_must_give_holds_here_too(diary: Diary) -> None:
    booked = diary.request(diary.at(0, 12))
    waiting(diary)
    change_state(appointment=booked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.at(0, 10, 30))
    assert not open_offers()


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"weekdays": [1]}, True),
        ({"weekdays": [0, 2, 3, 4, 5, 6]}, False),
        ({"parts": [PartOfDay.MORNING]}, True),
        ({"parts": [PartOfDay.AFTERNOON, PartOfDay.EVENING]}, False),
        ({"weekdays": [1, 3], "parts": [PartOfDay.MORNING, PartOfDay.EVENING]}, True),
        ({"weekdays": [1], "parts": [PartOfDay.EVENING]}, False),
        ({"state": EntryState.LEFT}, False),
        ({"state": EntryState.PLACED}, False),
    ],
)
def test_it_goes_only_to_someone_who_waits_for_such_a_time(
    diary: Diary, booked: Appointment, wanted: dict[str, Any], fits: bool
) -> None:
    entry = waiting(diary, **wanted)
    give_up(booked, diary)
    assert offered_to() == ([entry] if fits else [])


def test_the_weekday_is_that_of_the_location(now: datetime) -> None:
    diary = Diary(now=now, signed=False)
    diary.location.time_zone = "Pacific/Auckland"  # where a morning is still the day before in UTC
    diary.location.save()
    booked = diary.request(diary.at(2, 9))
    assert booked.starts_at.astimezone(diary.location.zone).weekday() != booked.starts_at.weekday() - 1
    other = waiting(diary, since=5, weekdays=[(booked.local_start.weekday() - 1) % 7])
    entry = waiting(diary, weekdays=[booked.local_start.weekday()])
    give_up(booked, diary)
    assert offered_to() == [entry]
    assert other.offers.count() == 0


def test_up_to_the_last_day_that_suits(diary: Diary) -> None:
    first, second = diary.request(diary.at(1, 10)), diary.request(diary.at(2, 10))
    entry = waiting(diary, last_day=diary.at(1, 0).date())
    give_up(second, diary)
    assert not open_offers()
    give_up(first, diary)
    assert offered_to() == [entry]


def test_whoever_waits_for_one_person_is_not_offered_another(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    one, two = diary.practitioners
    booked = diary.request(diary.at(1, 10), practitioner=one)
    waiting(diary, since=9, practitioner=two)
    entry = waiting(diary, practitioner=one)
    give_up(booked, diary)
    assert offered_to() == [entry]
    assert open_offers()[0].practitioner == one


def test_a_place_elsewhere_suits_nobody(diary: Diary, booked: Appointment) -> None:
    waiting(diary, location=LocationFactory(slug="dubai"))
    give_up(booked, diary)
    assert not open_offers()


def test_never_to_someone_who_cancelled_that_very_time(diary: Diary, booked: Appointment) -> None:
    waiting(diary, since=9, patient=patient(diary, CONTACT.name, email=CONTACT.email.upper()))
    other = waiting(diary)
    give_up(booked, diary)
    assert offered_to() == [other]


def test_nor_a_part_of_it(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=60, step=30)
    booked = diary.request(diary.at(1, 10))
    diary.type.minutes = 30
    diary.type.save()
    waiting(diary, patient=patient(diary, CONTACT.name, email=CONTACT.email))
    give_up(booked, diary)
    assert not open_offers()


def test_nor_to_someone_who_moved_away_from_it(diary: Diary, booked: Appointment) -> None:
    move(moves=[Move(booked, diary.at(3, 9))], actor=Actor.PATIENT, now=diary.now)
    waiting(diary, appointment=booked)
    again = diary.request(diary.at(1, 10), booking=booking("Bea"))
    give_up(again, diary)
    assert not open_offers()


def test_a_family_that_shares_an_address_is_not_taken_for_one_person(diary: Diary, booked: Appointment) -> None:
    sibling = waiting(diary, patient=patient(diary, "Ben Example", email=CONTACT.email))
    give_up(booked, diary)
    assert offered_to() == [sibling]


def test_one_entry_has_one_open_offer(diary: Diary) -> None:
    first, second = diary.request(diary.at(1, 10)), diary.request(diary.at(1, 11))
    entry = waiting(diary)
    give_up(first, diary)
    give_up(second, diary)
    assert offered_to() == [entry]


def test_a_long_visit_may_suit_two_short_ones(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=60, step=30)
    booked = diary.request(diary.at(1, 10))
    diary.type.minutes = 30
    diary.type.save()
    entries = [waiting(diary, since=9), waiting(diary, since=5), waiting(diary, since=1)]
    give_up(booked, diary)
    assert offered_to() == entries[:2]
    assert [offer.starts_at for offer in open_offers()] == [diary.at(1, 10), diary.at(1, 10, 30)]


def test_only_the_freed_time_is_offered_though_others_beside_it_are_free(now: datetime) -> None:
    """A visit may start each 20 minutes and takes 40: before and after the freed one are other starts that touch it."""
    diary = Diary(now=now, signed=False, minutes=30, buffer_after=10, step=20)
    booked = diary.request(diary.at(1, 10, 40))
    entries = [waiting(diary, since=since) for since in (9, 5)]
    give_up(booked, diary)
    for entry in entries:
        [offer] = open_offers()
        assert (offer.entry, offer.starts_at) == (entry, booked.starts_at)
        pass_on_unanswered(now=offer.until)
    assert not open_offers()
    assert PlaceOffer.objects.count() == 2


def test_whoever_did_not_want_a_time_is_not_asked_for_a_part_of_it(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=60, step=20)
    entry = waiting(diary)
    give_up(diary.request(diary.at(1, 10)), diary)
    decline(offer=open_offers()[0], now=now)
    give_up(diary.request(diary.at(1, 10, 40), visitor="later", booking=booking("Zoe")), diary)
    assert not open_offers()
    give_up(diary.request(diary.at(1, 11), visitor="after", booking=booking("Zoe")), diary)
    assert offered_to() == [entry]


def test_a_longer_visit_is_not_offered_where_only_a_part_of_it_was_freed(now: datetime) -> None:
    diary = Diary(now=now, signed=False, minutes=30, step=30)
    booked = diary.request(diary.at(1, 10))
    diary.type.minutes = 60
    diary.type.save()
    waiting(diary)
    give_up(booked, diary)
    assert not open_offers()


def test_what_is_left_of_a_long_visit_is_no_earlier_time_for_whoever_comes_then(now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2, minutes=60, step=30)
    one, two = diary.practitioners
    booked = diary.request(diary.at(1, 10), practitioner=one)
    diary.type.minutes = 30
    diary.type.save()
    own = diary.request(diary.at(1, 10, 30), practitioner=two, visitor="own", booking=booking("Bea"))
    first = waiting(diary, since=9)
    waiting(diary, appointment=own)
    give_up(booked, diary)
    assert offered_to() == [first]


def test_with_an_appointment_only_an_earlier_time_is_better(diary: Diary) -> None:
    early, late = (diary.request(diary.at(day, 10), booking=booking("Bea")) for day in (1, 3))
    own = diary.request(diary.at(2, 10))
    entry = waiting(diary, appointment=own)
    give_up(late, diary)
    assert not open_offers()
    give_up(early, diary)
    assert offered_to() == [entry]


def test_its_own_freed_time_is_not_offered_to_it(diary: Diary, booked: Appointment) -> None:
    waiting(diary, appointment=booked)
    move(moves=[Move(booked, diary.at(3, 9))], actor=Actor.STAFF, now=diary.now)
    assert not open_offers()


def test_not_before_the_answers_allow_it(diary: Diary) -> None:
    early, late = diary.request(diary.at(1, 10)), diary.request(diary.at(3, 10))
    who = patient(diary)
    waiting(diary, patient=who, screening=screened(diary, who, not_before=diary.at(2, 0).date()))
    give_up(early, diary)
    assert not open_offers()
    give_up(late, diary)
    assert [offer.starts_at for offer in open_offers()] == [diary.at(3, 10)]


def test_nor_where_those_of_the_appointment_do_not(diary: Diary) -> None:
    early, own = diary.request(diary.at(1, 10), booking=booking("Bea")), diary.request(diary.at(4, 10))
    screened(diary, own.patient, appointment=own, not_before=diary.at(2, 0).date())
    waiting(diary, appointment=own)
    give_up(early, diary)
    assert not open_offers()


def screened(diary: Diary, who: Any, **values: Any) -> Screening:
    edition = signed_treatment(now=diary.now, slug="other").editions.first()
    return Screening.objects.create(patient=who, edition=edition, answered_at=diary.now, **values)


@pytest.mark.parametrize(("day", "fits"), [(8, False), (9, True)])
def test_a_session_of_a_course_keeps_its_distance(diary: Diary, day: int, fits: bool) -> None:
    """Sessions on days 2 and 11, and at least 7 days are to lie between them; one missed in between does not count."""
    consultation = diary.request(diary.at(1, 9), visitor="consultation")
    course = Course.objects.create(
        consultation=consultation,
        treatment=diary.treatment,
        type=diary.type,
        phase="First",
        sessions=2,
        gap_from=7,
        gap_to=10,
        created_at=diary.now,
    )
    sessions = [diary.request(diary.at(days, 10), visitor=f"s{days}") for days in (2, 11)]
    for number, session in enumerate(sessions, start=1):
        session.course, session.session_number = course, number
        session.save()
    missed = diary.request(diary.at(4, 10), visitor="missed")
    Appointment.objects.filter(pk=missed.pk).update(course=course, session_number=2, state=State.NO_SHOW)
    entry = waiting(diary, appointment=sessions[1])
    other = diary.request(diary.at(day, 12), visitor="other", booking=booking("Bea"))
    give_up(other, diary)
    assert offered_to() == ([entry] if fits else [])


def test_whoever_gives_a_time_back_does_so_even_if_it_cannot_be_offered_on(
    diary: Diary, booked: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*values: Any, **named: Any) -> None:
        raise SlotTaken

    waiting(diary)
    monkeypatch.setattr("bookings.actions.waitlist.hold_one", refuse)
    give_up(booked, diary)
    assert not PlaceOffer.objects.exists()
    assert Appointment.objects.get().state == State.CANCELLED


def test_a_room_is_held_with_the_place(now: datetime) -> None:
    diary = Diary(now=now, signed=False)
    [room] = diary.add_rooms(1)
    booked = diary.request(diary.at(1, 10))
    waiting(diary)
    give_up(booked, diary)
    assert {claim.resource for claim in open_offers()[0].hold.claims.all()} == {None, room}


def test_freeing_a_time_costs_little_more_with_many_who_wait(diary: Diary, django_assert_max_num_queries: Any) -> None:
    booked = diary.request(diary.at(1, 10))
    for _ in range(10):
        waiting(diary)
    with django_assert_max_num_queries(64):
        give_up(booked, diary)
    assert len(open_offers()) == 1
