"""Bringing what hangs on visits in line with what is set, signed and wished for, where no step of a visit does it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from bookings.actions.locks import lock_visits
from bookings.actions.outbox import PLANNED, channel_of, plan_messages
from bookings.care.due import TAKES_PLACE
from bookings.enums import MessageKind, MessageState
from bookings.models import Appointment, Message, Patient
from bookings.models.appointment import AppointmentQuerySet
from bookings.models.message import MessageQuerySet

# For so long after a visit the clinic may ask how it went, and a night more.
RECENT = timedelta(days=15)
TURNS = 60


def plan_all(*, now: datetime, turn: int | None = None) -> int:
    """Plan the messages of every visit that takes place anew, each in a transaction of its own; returns how many.

    `turn`, 0 to 59: only a sixtieth of them, so that each minute has a share and each hour all.
    """
    visits = planned(now)
    if turn is not None:
        visits = visits.alias(turn=F("pk") % TURNS).filter(turn=turn)
    return plan_each(visits, now=now)


@transaction.atomic
def plan_patient(*, patient: Patient, now: datetime) -> int:
    """The same for one patient, whose way of being written to may have changed: for answers and places, too."""
    # All at once: with the messages of one in hand nobody waits for another.
    lock_visits(patient)
    count = plan_each(planned(now).filter(patient=patient), now=now)
    readdress(Patient.objects.get(pk=patient.pk), Message.objects.filter(patient=patient))
    return count


def planned(now: datetime) -> AppointmentQuerySet:
    """What is coming or has just been, or has something hanging on it: not of people who were erased."""
    hanging = Message.objects.live().filter(kind__in=PLANNED).values("appointment")
    visits = Appointment.objects.filter(state__in=TAKES_PLACE, patient__erased_at=None)
    return visits.filter(Q(ends_at__gte=now - RECENT) | Q(pk__in=hanging))


def plan_each(visits: AppointmentQuerySet, *, now: datetime) -> int:
    keys = list(visits.order_by("pk").values_list("pk", flat=True))
    return sum(plan_one(key, now=now) for key in keys)


@transaction.atomic
def plan_one(key: int, *, now: datetime) -> bool:
    """Whether there still was something to plan. Locked first and read then: it may just have been changed."""
    list(Appointment.objects.select_for_update(no_key=True).filter(pk=key).values_list("pk"))
    found = planned(now).select_related("patient", "type", "location", "course").filter(pk=key).first()
    if found is None:
        return False
    plan_messages(found, now=now)
    if found.patient:
        readdress(found.patient, Message.objects.filter(patient=found.patient, appointment=found))
    return True


def readdress(patient: Patient, messages: MessageQuerySet) -> None:
    """What waits of them goes by the way, and in the language, that the patient has chosen by now."""
    waiting = messages.filter(state=MessageState.WAITING)
    chosen = {"channel": channel_of(patient), "language": patient.language}
    # A link to one's data is mailed, whatever the channel.
    waiting.exclude(kind=MessageKind.DATA).exclude(**chosen).update(**chosen)
