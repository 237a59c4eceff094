"""Everything that is stored about one patient, as plain values: what they download."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from phonenumber_field.phonenumber import PhoneNumber

from bookings import screening
from bookings.models import (
    AnswersRead,
    Appointment,
    CheckIn,
    Claim,
    Consent,
    Course,
    DataLink,
    ErasureRequest,
    Message,
    Patient,
    PlaceOffer,
    Screening,
    StoppedNumber,
    Transition,
    WaitingEntry,
)
from bookings.screening import Answer
from bookings.sealed import CannotUnseal, unseal

Values = dict[str, Any]
# How each row is reached from its patient; a row may be reached in several ways.
PATHS: Mapping[type[models.Model], tuple[str, ...]] = MappingProxyType(
    {
        Patient: ("pk",),
        Appointment: ("patient",),
        Transition: ("appointment__patient",),
        Claim: ("appointment__patient",),
        Screening: ("patient",),
        AnswersRead: ("screening__patient", "check_in__appointment__patient"),
        Consent: ("patient",),
        Course: ("consultation__patient",),
        WaitingEntry: ("patient",),
        PlaceOffer: ("entry__patient",),
        Message: ("patient", "appointment__patient", "entry__patient"),
        CheckIn: ("appointment__patient",),
        DataLink: ("appointment__patient",),
        ErasureRequest: ("patient",),
    }
)
# What opens something, or belongs to the machine that sends: of no meaning in a file, and of use to a thief.
KEYS = frozenset({"link_secret", "secret", "lease", "leased_until"})
STAFF = "staff"
UNREADABLE = "These answers cannot be opened any more."


def about(model: type[models.Model], patient: Patient) -> models.QuerySet[Any]:
    """The rows of a model that are about this patient, in the order they were made."""
    reached = Q()
    for path in PATHS[model]:
        reached |= Q(**{path: patient.pk})
    return model._base_manager.filter(reached).order_by("pk")


def personal_data(patient: Patient) -> dict[str, list[Values]]:
    """Every row about this patient by the name of its model, with times in UTC; answers are unsealed.

    Whoever works here is named only as such. Without the secrets of links.
    """
    found = {model._meta.model_name or "": rows_of(about(model, patient)) for model in PATHS}
    found["stoppednumber"] = rows_of(StoppedNumber.objects.filter(phone=patient.phone))
    found["stafflog"] = [{"at": one.action_time, "what": one.get_change_message()} for one in staff_log(patient)]
    return found


def staff_log(patient: Patient) -> models.QuerySet[LogEntry]:
    """What the admin's log has about the rows of this patient."""
    named = Q(pk__in=[])
    kinds = ContentType.objects.get_for_models(*PATHS)
    for model, kind in kinds.items():
        keys = [str(key) for key in about(model, patient).values_list("pk", flat=True)]
        named |= Q(content_type=kind, object_id__in=keys)
    return LogEntry.objects.filter(named).order_by("pk")


def rows_of(rows: models.QuerySet[Any]) -> list[Values]:
    named = [
        field.name
        for field in rows.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model not in (*PATHS, User)
    ]
    return [plain(row) for row in rows.select_related(*named)]


def plain(row: models.Model) -> Values:
    """The fields of a row that are not keys, as values that JSON knows or Django's encoder does."""
    found = {field.name: value_of(row, field) for field in row._meta.concrete_fields if field.name not in KEYS}
    if isinstance(row, Screening):
        found["answers"] = in_words(row)
    elif isinstance(row, CheckIn):
        found["answers"] = unsealed(row.answers)
    elif isinstance(row, Message) and row.patient_id is None and row.sent_to:
        found["sent_to"] = STAFF
    return found


def value_of(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, PhoneNumber):
        return value.as_e164
    if not isinstance(field, models.ForeignKey) or value is None or field.related_model in PATHS:
        return value
    return STAFF if field.related_model is User else str(getattr(row, field.name))


def unsealed(text: str) -> Any:
    try:
        return unseal(text) if text else {}
    except CannotUnseal:
        return UNREADABLE


def in_words(row: Screening) -> Any:
    """Each question with its answer, in the words that were asked where the edition still has them."""
    stored = unsealed(row.answers)
    if stored == UNREADABLE:
        return UNREADABLE
    asked = {question.key: question for question in screening.questions(row.edition.content)}
    found = []
    for key, values in stored.items():
        question, answer = asked.get(key), Answer.from_dict(values)
        said = {"question": question.text if question else key, "reply": answer.reply.value}
        if answer.follow_up:
            said |= {"follow_up": question.follow_up if question else "", "follow_up_reply": answer.follow_up.value}
        if answer.since or answer.no_date:
            said["since"] = answer.since.isoformat() if answer.since else "not known, or not over"
        found.append(said)
    return found
