"""Choices of the clinic's models."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Gender(models.TextChoices):
    """Of a practitioner, where they say it; an empty text says nothing."""

    FEMALE = "female", _("Woman")
    MALE = "male", _("Man")


class LateChanges(models.TextChoices):
    """What patients may do by themselves when the start is near."""

    ALLOWED = "allowed", _("Patients may still move or cancel online")
    BY_PHONE = "by_phone", _("Patients must call")
