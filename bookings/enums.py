"""Choices of the diary, importable from everywhere."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an appointment type is for."""

    CONSULTATION = "consultation", _("Consultation")
    SESSION = "session", _("Session")


class State(TextChoices):
    """Where an appointment is in its life; `lifecycle` says what may follow what."""

    HELD = "held", _("Held")
    REQUESTED = "requested", _("Requested")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    LAPSED = "lapsed", _("Lapsed")
    ARRIVED = "arrived", _("Arrived")
    COMPLETED = "completed", _("Completed")
    NO_SHOW = "no_show", _("Did not come")


class Actor(TextChoices):
    """Who changed a state."""

    PATIENT = "patient", _("Patient")
    STAFF = "staff", _("Staff")
    SYSTEM = "system", _("The system")


class Reply(TextChoices):
    """An answer to a screening question or to its follow-up."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_SURE = "not_sure", _("Not sure")
