"""Time off is typed in the time of a location, by the hour or by the day."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from bookings.models import TimeOff
from bookings.tests.admin.absent import ADD, LIST, typed
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import Diary
from clinic.tests.factories import LocationFactory
from clinic.tests.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def test_times_are_those_of_the_location_chosen(staff: Client, diary: Diary) -> None:
    dubai = LocationFactory(slug="dubai", time_zone="Asia/Dubai")
    assert staff.post(ADD, typed(diary, location=dubai.pk)).status_code == 302
    assert TimeOff.objects.get().starts_at == datetime(2026, 12, 8, 5, 0, tzinfo=UTC)
    assert "Tue 8 Dec 2026, 09:00 – Tue 8 Dec 2026, 12:00 +04" in staff.get(LIST).content.decode()


@pytest.mark.parametrize("clock", [{}, {"starts_at_1": "", "ends_at_1": ""}, {"ends_at_1": ""}])
def test_editing_shows_what_was_typed(staff: Client, diary: Diary, clock: dict[str, str]) -> None:
    values = typed(diary, **clock)
    staff.post(ADD, values)
    path = f"{LIST}{TimeOff.objects.get().pk}/change/"
    before = TimeOff.objects.values().get()
    page = read(staff.get(path))
    for name in ("starts_at_0", "starts_at_1", "ends_at_0", "ends_at_1"):
        assert page.one("input", name=name).attributes.get("value", "") == values[name]
    assert staff.post(path, values).status_code == 302
    assert TimeOff.objects.values().get() == before


def test_without_times_it_is_whole_days(staff: Client, diary: Diary) -> None:
    staff.post(ADD, typed(diary, starts_at_1="", ends_at_1="", ends_at_0="2026-12-09"))
    found = TimeOff.objects.get()
    assert (found.starts_at, found.ends_at) == (diary.at(1, 0), diary.at(3, 0))


def test_each_control_has_a_name_of_its_own(staff: Client, diary: Diary) -> None:
    page = read(staff.get(ADD))
    names = [page.one("input", name=name)["aria-label"] for name in ("starts_at_0", "starts_at_1", "ends_at_0")]
    assert names == ["From: day", "From: time", "To: day"]


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"ends_at_1": "09:00"}, {"ends_at"}),
        ({"ends_at_1": "08:00"}, {"ends_at"}),
        ({"starts_at_0": "nonsense"}, {"starts_at"}),
        ({"starts_at_0": ""}, {"starts_at"}),
        ({"starts_at_0": "0001-01-01"}, {"starts_at"}),
        ({"ends_at_0": "9999-12-31", "ends_at_1": ""}, {"ends_at"}),
        ({"starts_at_1": "25:00"}, {"starts_at"}),
        ({"practitioner": ""}, {"practitioner"}),
        ({"location": ""}, {"location"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    staff: Client, diary: Diary, values: dict[str, str], fields: set[str]
) -> None:
    response = staff.post(ADD, typed(diary, **values))
    assert set(response.context["adminform"].form.errors) == fields
    assert not TimeOff.objects.exists()


def test_a_room_keeps_the_time_of_its_own_place(staff: Client, diary: Diary) -> None:
    [room] = diary.add_rooms(1)
    dubai = LocationFactory(slug="dubai", time_zone="Asia/Dubai")
    values = typed(diary, practitioner="", resource=room.pk, location=dubai.pk)
    assert set(staff.post(ADD, values).context["adminform"].form.errors) == {"location"}
    assert staff.post(ADD, {**values, "location": diary.location.pk}).status_code == 302
    assert TimeOff.objects.get().resource == room


def test_the_list_opens_with_what_is_still_to_come(staff: Client, diary: Diary) -> None:
    for day in ("2026-12-06", "2026-12-07", "2027-01-04"):
        staff.post(ADD, typed(diary, starts_at_0=day, ends_at_0=day))
    assert [row.starts_at.day for row in staff.get(LIST).context["cl"].result_list] == [4, 7]
    assert len(staff.get(f"{LIST}?when=all").context["cl"].result_list) == 3


def test_who_treats_sees_their_own_time_off_and_changes_none(staff: Client, now: datetime) -> None:
    diary = Diary(now=now, signed=False, people=2)
    for person in diary.practitioners:
        staff.post(ADD, typed(diary, practitioner=person.pk))
    doctor = member("view_timeoff")
    diary.practitioner.user = doctor
    diary.practitioner.save()
    client = signed_in(doctor)
    [own] = client.get(LIST).context["cl"].result_list
    assert own.practitioner == diary.practitioner
    other = TimeOff.objects.exclude(pk=own.pk).get()
    assert client.get(f"{LIST}{other.pk}/change/").status_code == 302
    assert client.get(f"{LIST}{own.pk}/change/").status_code == 200
    for path in (ADD, f"{LIST}{own.pk}/change/"):
        assert client.post(path, typed(diary, note="Skiing")).status_code == 403
    assert not TimeOff.objects.filter(note="Skiing").exists()


def test_outsiders_are_sent_to_sign_in(client: Client, diary: Diary) -> None:
    assert "/admin/login/" in client.post(ADD, typed(diary))["Location"]
    assert signed_in(member()).post(ADD, typed(diary)).status_code == 403
    assert not TimeOff.objects.exists()
