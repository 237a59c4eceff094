"""Rooms and devices that an appointment needs besides a person."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import Location


class ResourceKind(models.Model):
    """A kind of room or device, such as “laser room”: an appointment takes any free one of its kind."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("Only staff read this."))

    class Meta:
        ordering = ["name"]
        verbose_name = _("kind of room or device")
        verbose_name_plural = _("kinds of rooms and devices")

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """One room or device at one location."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    kind = models.ForeignKey(ResourceKind, models.PROTECT, related_name="resources", verbose_name=_("kind"))
    location = models.ForeignKey(Location, models.CASCADE, related_name="resources", verbose_name=_("location"))
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["location", "kind", "name"]
        verbose_name = _("room or device")
        verbose_name_plural = _("rooms and devices")
        constraints = [models.UniqueConstraint(fields=["location", "name"], name="resource_name_once_a_location")]

    def __str__(self) -> str:
        return self.name
