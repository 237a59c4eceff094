"""A new link for a patient, where the old one came into wrong hands."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from bookings.models import Appointment, WaitingEntry
from bookings.models.appointment import new_secret


@transaction.atomic
def renew_link(*, appointment: Appointment, by: User) -> None:
    """Close every link to an appointment that was given out, and to what could be reached from or led to it.

    That are the consultation and all sessions planned at it, and the waiting-list entries for an earlier time or that
    the appointment was offered to. The admin's log says who did it.
    """
    root = appointment.course.consultation_id if appointment.course else appointment.pk
    reached = Appointment.objects.filter(Q(pk__in={appointment.pk, root}) | Q(course__consultation=root))
    visits = list(reached.select_for_update(of=("self",), no_key=True).order_by("pk"))
    led_here = WaitingEntry.objects.filter(Q(appointment__in=visits) | Q(offers__hold__in=visits)).values("pk")
    entries = WaitingEntry.objects.filter(pk__in=led_here)
    waits = list(entries.select_for_update(of=("self",), no_key=True).order_by("pk"))
    rows: list[Appointment | WaitingEntry] = [*visits, *waits]
    for row in rows:
        row.link_secret = new_secret()
        row.save(update_fields=["link_secret"])
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[appointment],
        action_flag=CHANGE,
        change_message="New link for the patient",
        single_object=True,
    )
