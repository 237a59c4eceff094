"""The waiting list: whom to call comes first, and who no longer waits is taken off."""

from datetime import date, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.actions.change import change_state
from bookings.enums import Actor, EntryState, OfferState, PartOfDay, State
from bookings.models import PlaceOffer, WaitingEntry
from bookings.tests.actions.waiting import waiting
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import Diary
from clinic.tests.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST = "/admin/bookings/waitingentry/"


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def offer_tomorrow(diary: Diary) -> PlaceOffer:
    """Tomorrow at ten becomes free, and is offered to whoever fits."""
    change_state(appointment=diary.request(diary.at(1, 10)), to=State.CANCELLED, actor=Actor.PATIENT, now=diary.now)
    return PlaceOffer.objects.get()


def take_off(client: Client, *entries: WaitingEntry, **more: str) -> str:
    body = {"action": "take_off", "_selected_action": [entry.pk for entry in entries], **more}
    return read(client.post(LIST, body, follow=True)).text


def test_whom_to_call_comes_first_with_the_place_and_until_when(staff: Client, diary: Diary) -> None:
    early = waiting(diary, since=50, weekdays=[4])
    offered = waiting(diary, "Bo Offered", since=10)
    waiting(diary, since=99, state=EntryState.LEFT)
    offer_tomorrow(diary)
    response = staff.get(LIST)
    assert list(response.context["cl"].result_list) == [offered, early]
    text = read(response).text
    assert "By practitioner" in text
    assert f"Tue 8 Dec 2026, 10:00 CET with {diary.practitioner}, held until Mon 7 Dec 2026, 11:00 CET" in text
    assert "Bo Offered" in text
    assert 'href="tel:+49-1511-2345678"' in response.content.decode()
    assert len(staff.get(f"{LIST}?who=all").context["cl"].result_list) == 3


def test_what_they_would_take_is_said_in_words(staff: Client, diary: Diary) -> None:
    waiting(
        diary,
        weekdays=[2, 0],
        parts=[PartOfDay.EVENING, PartOfDay.MORNING],
        practitioner=diary.practitioner,
        last_day=date(2027, 1, 3),
    )
    waiting(diary)
    text = read(staff.get(LIST)).text
    assert f"Monday, Wednesday; Morning, Evening; with {diary.practitioner}; until 3 Jan 2027" in text
    assert "any day; any time; with anyone" in text


def test_a_page_of_an_entry_shows_its_offers_and_has_nothing_to_type(staff: Client, diary: Diary) -> None:
    entry = waiting(diary)
    offer_tomorrow(diary)
    page = read(staff.get(reverse("admin:bookings_waitingentry_change", args=[entry.pk])))
    assert next(a for a in page.all("a") if a.text == "The patient’s page")["href"].endswith(entry.patient_path())
    for words in (entry.reference, "Tue 8 Dec 2026, 10:00 CET", "Offered", "any day; any time; with anyone"):
        assert words in page.text
    shown = [field for field in page.all("input") if field.attributes.get("type") not in {"hidden", "search"}]
    assert not [field for field in shown if field.inherited("id") != "logout-form" and "name" in field.attributes]


def test_who_is_taken_off_is_asked_about_first(staff: Client, diary: Diary) -> None:
    entry = waiting(diary, "Bo Waits")
    text = take_off(staff, entry)
    assert "Take off the list?" in text
    assert "Bo Waits" in text
    entry.refresh_from_db()
    assert entry.state == EntryState.WAITING


def test_their_place_goes_to_the_next(staff: Client, diary: Diary) -> None:
    first, second = waiting(diary, since=20), waiting(diary, since=10)
    offer_tomorrow(diary)
    assert "a place is held for them" in take_off(staff, first)
    assert "1 was taken off the list" in take_off(staff, first, sure="1")
    first.refresh_from_db()
    assert first.state == EntryState.LEFT
    assert PlaceOffer.objects.get(state=OfferState.OPEN).entry == second
    assert LogEntry.objects.get().object_id == str(first.pk)


def test_who_has_left_already_is_not_taken_off_twice(staff: Client, diary: Diary) -> None:
    left = waiting(diary, state=EntryState.PLACED)
    assert "0 were taken off the list" in take_off(staff, left, sure="1", who="all")
    left.refresh_from_db()
    assert left.state == EntryState.PLACED


def test_nobody_adds_or_deletes_an_entry(staff: Client, diary: Diary) -> None:
    entry = waiting(diary)
    assert staff.get(f"{LIST}add/").status_code == 403
    assert staff.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert WaitingEntry.objects.exists()


def test_who_may_only_look_takes_nobody_off(client: Client, diary: Diary) -> None:
    entry = waiting(diary)
    assert client.get(LIST).status_code == 302
    assert signed_in(member(name="outsider")).get(LIST).status_code == 403
    looker = signed_in(member("view_waitingentry"))
    take_off(looker, entry, sure="1")
    entry.refresh_from_db()
    assert entry.state == EntryState.WAITING


def test_the_list_costs_the_same_with_one_and_with_ten(staff: Client, diary: Diary) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(LIST)
        return len(captured)

    waiting(diary)
    offer_tomorrow(diary)
    queries()
    one = queries()
    for number in range(9):
        waiting(diary, practitioner=diary.practitioner if number % 2 else None)
    assert queries() == one
