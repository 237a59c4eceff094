"""A new link for a patient, where the old one came into wrong hands."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from bookings.models import Appointment, WaitingEntry
from bookings.models.appointment import new_secret


@transaction.atomic
def renew_link(*, appointment: Appointment, by: User) -> None:
    """Close every link to an appointment that was given out, and to what could be reached from there.

    That are the sessions planned at it, and what waits for an earlier time. The admin's log says who did it.
    """
    reached = Appointment.objects.filter(Q(pk=appointment.pk) | Q(course__consultation=appointment))
    visits = list(reached.select_for_update(of=("self",), no_key=True).order_by("pk"))
    entries = WaitingEntry.objects.filter(appointment__in=visits)
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
