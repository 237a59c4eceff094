"""Staff set up hours, rooms and what can be booked."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import AppointmentType, Resource, ResourceKind, SpecialHours, WorkingHours
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import Diary
from bookings.tests.factories import ResourceFactory
from clinic.tests.admin.forms import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    diary = Diary(now=now, signed=False)
    WorkingHours.objects.exclude(weekday=0).delete()
    return diary


def person_path(diary: Diary) -> str:
    return reverse("admin:clinic_practitioner_change", args=[diary.practitioner.pk])


def errors_of(response: Any) -> list[dict[str, list[str]]]:
    """What each row of the inlines says, by field."""
    formsets = response.context["inline_admin_formsets"]
    return [form.errors for one in formsets for form in one.formset.forms if form.errors]


def test_weekly_hours_have_a_break_and_may_come_every_second_week(admin_client: Client, diary: Diary) -> None:
    path = person_path(diary)
    changed = {"break_starts": "12:30", "break_ends": "13:00", "every": "2", "valid_from": "2026-12-07"}
    row = {f"working_hours-0-{name}": value for name, value in changed.items()}
    assert admin_client.post(path, form_of(admin_client, path) | row).status_code == 302
    hours = WorkingHours.objects.get()
    assert (hours.break_starts, hours.break_ends) == (time(12, 30), time(13))
    assert (hours.every, hours.valid_from, hours.valid_to) == (2, date(2026, 12, 7), None)
    shown = form_of(admin_client, path)
    assert admin_client.post(path, shown).status_code == 302
    again = WorkingHours.objects.get()
    assert (again.break_starts, again.valid_from) == (hours.break_starts, hours.valid_from)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"every": "2"}, "valid_from", "Give “valid from”: the weeks are counted from it."),
        ({"every": "5"}, "every", "not one of the available choices"),
        ({"ends": "09:00"}, "ends", "The end must be later than the start."),
        ({"break_starts": "12:00"}, "break_ends", "Give both ends of the break"),
        ({"break_ends": "18:00", "break_starts": "16:00"}, "break_ends", "inside the hours"),
        ({"valid_from": "2026-12-08", "valid_to": "2026-12-07"}, "valid_to", "must not be before"),
        ({"valid_from": "0026-12-08"}, "valid_from", "Enter a valid date."),
    ],
)
def test_what_is_wrong_with_hours_is_said_at_the_field(
    admin_client: Client, diary: Diary, changed: dict[str, str], field: str, says: str
) -> None:
    path = person_path(diary)
    row = {f"working_hours-0-{name}": value for name, value in changed.items()}
    response = admin_client.post(path, form_of(admin_client, path) | row)
    [errors] = errors_of(response)
    assert set(errors) == {field}
    assert says in errors[field][0]
    assert WorkingHours.objects.get().every == 1


def test_a_single_day_has_hours_of_its_own(admin_client: Client, diary: Diary) -> None:
    path = person_path(diary)
    row = {"location": diary.location.pk, "day": "2026-12-12", "starts": "10:00", "ends": "10:00"}
    typed = {"special_hours-TOTAL_FORMS": "1"} | {f"special_hours-0-{name}": value for name, value in row.items()}
    response = admin_client.post(path, form_of(admin_client, path) | typed)
    assert [set(errors) for errors in errors_of(response)] == [{"ends"}]
    typed["special_hours-0-ends"] = "14:00"
    assert admin_client.post(path, form_of(admin_client, path) | typed).status_code == 302
    found = SpecialHours.objects.get()
    assert (found.day, found.starts, found.ends) == (date(2026, 12, 12), time(10), time(14))


def test_a_kind_is_made_with_its_rooms(admin_client: Client, diary: Diary) -> None:
    path = reverse("admin:bookings_resourcekind_add")
    typed = {"name": "Laser room", "resources-TOTAL_FORMS": "2"}
    for number in range(2):
        row = {"name": f"Laser {number}", "location": diary.location.pk, "is_active": "on"}
        typed |= {f"resources-{number}-{name}": value for name, value in row.items()}
    assert admin_client.post(path, form_of(admin_client, path) | typed).status_code == 302
    kind = ResourceKind.objects.get()
    assert [room.name for room in kind.resources.all()] == ["Laser 0", "Laser 1"]
    listed = admin_client.get(reverse("admin:bookings_resourcekind_changelist")).content.decode()
    assert "Laser 0 (Berlin), Laser 1 (Berlin)" in listed


def test_two_rooms_of_one_name_at_a_place_are_refused_in_words(admin_client: Client, diary: Diary) -> None:
    room = ResourceFactory(name="Room 1", location=diary.location)
    path = reverse("admin:bookings_resourcekind_change", args=[room.kind_id])
    row = {"name": "Room 1", "location": diary.location.pk, "is_active": "on"}
    typed = {"resources-TOTAL_FORMS": "2"} | {f"resources-1-{name}": value for name, value in row.items()}
    response = admin_client.post(path, form_of(admin_client, path) | typed)
    assert "Constraint" not in str(response.context["errors"])
    assert response.context["errors"]
    assert Resource.objects.count() == 1


def test_what_can_be_booked_names_its_rooms_and_whether_it_confirms(admin_client: Client, diary: Diary) -> None:
    kind = ResourceFactory(location=diary.location).kind
    path = reverse("admin:bookings_appointmenttype_change", args=[diary.type.pk])
    shown = form_of(admin_client, path)
    assert {"resource_kinds", "practitioners"} <= set(shown)
    assert "auto_confirm" not in shown
    changed = {"resource_kinds": [kind.pk], "auto_confirm": "on"}
    assert admin_client.post(path, shown | changed).status_code == 302
    type = AppointmentType.objects.get()
    assert list(type.resource_kinds.all()) == [kind]
    assert type.auto_confirm
    body = admin_client.get(path).content.decode()
    assert "At a location without any of a kind, nothing can be booked." in body
    assert "what breaks one is never confirmed by itself" in body


def test_staff_without_the_permission_change_nothing(client: Client, diary: Diary) -> None:
    room = ResourceFactory(location=diary.location)
    paths = [
        person_path(diary),
        reverse("admin:bookings_resourcekind_change", args=[room.kind_id]),
        reverse("admin:bookings_appointmenttype_change", args=[diary.type.pk]),
    ]
    for path in paths:
        assert "/admin/login/" in client.post(path, {"name": "Mine"})["Location"]
    someone = signed_in(member())
    for path in paths:
        assert someone.post(path, {"name": "Mine"}).status_code == 403
    assert not ResourceKind.objects.filter(name="Mine").exists()
