"""Records of one person become one."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from bookings.models import Patient
from bookings.tests.admin.people.records import LIST, merge, patients
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import Diary
from bookings.tests.rows import everything

pytestmark = pytest.mark.django_db


def test_merging_shows_the_records_and_asks_which_one_stays(client: Client, diary: Diary) -> None:
    found = patients(diary, 2)
    before = everything()
    body = merge(client, found)
    assert "Which record stays?" in body
    for one in found:
        assert one.name in body
        assert one.appointments.get().reference in body
    assert "Choose the record that stays." in merge(client, found, merging="1")
    assert "Choose the record that stays." in merge(client, found, merging="1", keep="999")
    assert everything() == before


def test_the_chosen_record_stays_with_all_of_it(client: Client, diary: Diary) -> None:
    first, keep, third, other = patients(diary, 4)
    assert "all of it belongs to Ada 1 now" in merge(client, [first, keep, third], merging="1", keep=keep.pk)
    assert set(Patient.objects.all()) == {keep, other}
    assert keep.appointments.count() == 3
    assert LogEntry.objects.get().object_id == str(keep.pk)


@pytest.mark.parametrize("count", [1, 7])
def test_one_record_or_a_crowd_is_not_merged(client: Client, diary: Diary, count: int) -> None:
    found = patients(diary, count)
    assert "Choose two to 6 records." in merge(client, found, merging="1", keep=found[0].pk)
    assert Patient.objects.count() == count


def test_who_was_erased_is_merged_with_nobody(client: Client, diary: Diary) -> None:
    found = patients(diary, 2)
    Patient.objects.filter(pk=found[1].pk).update(erased_at=diary.now)
    assert "Choose two to 6 records." in merge(client, found, merging="1", keep=found[0].pk)
    assert Patient.objects.count() == 2


def test_merging_needs_both_rights(diary: Diary) -> None:
    found = patients(diary, 2)
    for number, permissions in enumerate((["change_patient"], ["view_patient", "delete_patient"])):
        who = signed_in(member(*permissions, name=f"m{number}"))
        body = who.get(LIST).content.decode()
        assert "Merge: these are one person" not in body
        merge(who, found, merging="1", keep=found[0].pk)
    assert "/admin/login/" in Client().post(LIST, {"action": "merge"})["Location"]
    assert Patient.objects.count() == 2
