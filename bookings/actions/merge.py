"""One person who booked more than once: staff say so, and the records become one."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction

from bookings.actions.locks import lock_messages, lock_visits
from bookings.actions.plan_all import plan_patient
from bookings.actions.privacy import lock_all
from bookings.models import Message, Patient


@transaction.atomic
def merge(*, keep: Patient, gone: Sequence[Patient], by: User, now: datetime) -> Patient:
    """Give all that belongs to the patients in `gone` to `keep`, and delete them; the admin's log names their keys.

    What is written about `keep` stays; only a missing date of birth is taken over, and their visits' messages go to
    `keep` as they wish to be written to. ValueError if `keep` is in `gone`.
    """
    keys = [one.pk for one in gone]
    if keep.pk in keys:
        raise ValueError("a patient cannot be merged into themselves")
    lock_all()
    lock_visits(keep, *gone)
    locked = Patient.objects.select_for_update(of=("self",)).filter(pk__in=[keep.pk, *keys]).order_by("pk")
    kept = {one.pk: one for one in locked}
    stays = kept.pop(keep.pk)
    lock_messages(Message.objects.filter(patient__in=list(kept)))
    # Every model that names a patient, also one that is added later.
    for relation in Patient._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": list(kept)})
        rows.update(**{relation.field.name: stays})
    if stays.birth_date is None:
        stays.birth_date = next((one.birth_date for one in kept.values() if one.birth_date), None)
        stays.save(update_fields=["birth_date"])
    Patient.objects.filter(pk__in=list(kept)).delete()
    plan_patient(patient=stays, now=now)
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[stays],
        action_flag=CHANGE,
        change_message=f"Merged in: {', '.join(str(key) for key in sorted(kept))}",
        single_object=True,
    )
    return stays
