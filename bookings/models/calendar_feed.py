"""Private calendar addresses, for the programs of those who work here."""

import secrets
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinic.models import Location, Practitioner


def diaries_of(user: Any) -> tuple[models.QuerySet[Practitioner], models.QuerySet[Location]]:
    """Whose diaries somebody may have as a calendar: their own; everyone's, if they manage practitioners.

    A location's, if they may look up every patient, as its diary shows them all.
    """
    everyone, places = Practitioner.objects.all(), Location.objects.all()
    own = everyone.filter(user=user.pk, user__isnull=False)
    return (
        everyone if user.has_perm("clinic.change_practitioner") else own,
        places if user.has_perm("bookings.view_patient") else places.none(),
    )


def new_feed_secret() -> str:
    """192 random bits: whoever knows the address reads the diary."""
    return secrets.token_urlsafe(24)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def open(self) -> "CalendarFeedQuerySet":
        """Those that answer: of locations, and of practitioners who work here and whose sign-in was not closed."""
        gone = Q(practitioner__is_active=False) | Q(practitioner__user__is_active=False)
        return self.exclude(gone)

    def visible_to(self, user: Any) -> "CalendarFeedQuerySet":
        """Those of a diary that the user may give away: see `diaries_of`."""
        practitioners, locations = diaries_of(user)
        return self.filter(Q(practitioner__in=practitioners) | Q(location__in=locations))


class CalendarFeed(models.Model):
    """The diary of a practitioner or of a location as a calendar that programs subscribe to.

    The address is the key: a new secret, or deleting the row, closes the old one.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ()

    practitioner = models.OneToOneField(
        Practitioner,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_feed",
        verbose_name=_("practitioner"),
    )
    location = models.OneToOneField(
        Location, models.CASCADE, null=True, blank=True, related_name="calendar_feed", verbose_name=_("location")
    )
    secret = models.CharField(max_length=40, unique=True, default=new_feed_secret, editable=False)
    created_at = models.DateTimeField(_("made at"))

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, location__isnull=True)
                | Q(practitioner__isnull=True, location__isnull=False),
                name="calendar_feed_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.practitioner or self.location)

    def path(self) -> str:
        return reverse("calendar", args=[self.secret])
