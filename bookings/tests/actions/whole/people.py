"""Patients' records, and the groups of staff."""

from datetime import date, datetime

from django.contrib.auth.models import User

from bookings.actions.booking import keep_patient
from bookings.actions.merge import merge
from bookings.actions.roles import make_roles
from bookings.models import Patient
from bookings.tests.actions.whole.case import Arguments, Case
from bookings.tests.diary import CONTACT, Diary


def two_into_one(now: datetime, staff: User) -> Arguments:
    diary = Diary(now=now, signed=False)
    gone = [diary.request(diary.at(day, 10), visitor=str(day)).patient for day in (1, 2)]
    Patient.objects.filter(pk__in=[one.pk for one in gone if one]).update(birth_date=date(1990, 5, 17))
    return {"keep": keep_patient(CONTACT, now=now), "gone": gone, "by": staff, "now": now}


def none_yet(now: datetime, staff: User) -> Arguments:
    return {}


CASES = [
    Case(merge, two_into_one, 8),
    Case(make_roles, none_yet, 10),
]
