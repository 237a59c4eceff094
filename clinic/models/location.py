"""The clinic's places, and when their doors are open."""

from collections.abc import Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from clinic.hours import HoursLine, hours_lines
from clinic.texts import lines_of, text_of

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


def known_time_zone(value: str) -> None:
    """Raises ValidationError unless `value` names an IANA time zone, such as Europe/Berlin."""
    if value not in available_timezones():
        raise ValidationError(_("“%(zone)s” is not a time zone. Write it like Europe/Berlin."), params={"zone": value})


def default_weekend() -> list[int]:
    return [5, 6]


def days_of_a_week(value: object) -> None:
    """Raises ValidationError unless `value` is a list of different weekdays (0 Monday), and not of all seven."""
    days = value if isinstance(value, list) else [None]
    if any(type(day) is not int or not 0 <= day <= 6 for day in days) or len(set(days)) < len(days):
        raise ValidationError(_("Choose days of the week."))
    if len(days) == 7:
        raise ValidationError(_("Leave at least one day that is not a weekend."))


class Location(models.Model):
    """One place of the clinic, with its own time zone, week, phone and emergency number."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address of the page"), unique=True)
    street = models.CharField(_("street and number"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country code"), max_length=2, help_text=_("Two letters, such as DE or AE."))
    region = models.CharField(
        _("region"),
        max_length=20,
        blank=True,
        help_text=_("The code of the state or emirate, for its public holidays, such as BE for Berlin."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, validators=[known_time_zone], help_text=_("Such as Europe/Berlin.")
    )
    week_starts_on = models.PositiveSmallIntegerField(_("first day of the week"), choices=WEEKDAYS, default=0)
    weekend = models.JSONField(
        _("weekend"),
        default=default_weekend,
        blank=True,
        validators=[days_of_a_week],
        help_text=_("The days that are not working days here."),
    )
    phone = PhoneNumberField(_("phone"))
    email = models.EmailField(_("email"), blank=True)
    emergency_number = models.CharField(
        _("emergency number"),
        max_length=10,
        help_text=_("The public number for an ambulance here, such as 112."),
    )
    getting_there = models.TextField(_("how to get there"), blank=True)
    step_free_access = models.TextField(_("step-free access"), blank=True)
    what_to_bring = models.TextField(_("what to bring"), blank=True, help_text=_("One thing on each line."))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # Without “not null”, a half given would pass: a comparison with NULL refuses nothing.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="location_latitude_with_longitude",
            ),
            models.CheckConstraint(condition=Q(week_starts_on__range=(0, 6)), name="location_week_starts_on_a_day"),
        ]

    def __str__(self) -> str:
        return text_of(self, "name")

    def get_absolute_url(self) -> str:
        return reverse("location", args=[self.slug])

    def clean(self) -> None:
        """Says at the right field what the constraint would refuse."""
        sides = [("latitude", self.latitude, self.longitude, 90), ("longitude", self.longitude, self.latitude, 180)]
        for field, value, other, most in sides:
            if value is None and other is not None:
                raise ValidationError({field: _("Give latitude and longitude, or neither.")})
            if value is not None and abs(value) > most:
                raise ValidationError({field: _("Give a number between −%(most)s and %(most)s.") % {"most": most}})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def hours_lines(self) -> Sequence[HoursLine]:
        rows = ((row.weekday, row.opens, row.closes) for row in self.opening_hours.all())
        return hours_lines(rows, week_starts_on=self.week_starts_on)

    @property
    def bring_list(self) -> list[str]:
        return lines_of(self, "what_to_bring")


class OpeningHours(models.Model):
    """When the door of a location is open, for visitors to read; practitioners' hours are kept by the diary."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    location = models.ForeignKey(Location, models.CASCADE, related_name="opening_hours", verbose_name=_("location"))
    weekday = models.PositiveSmallIntegerField(_("day"), choices=WEEKDAYS)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="opening_hours_close_after_opening"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="opening_hours_on_a_day"),
            models.UniqueConstraint(fields=["location", "weekday", "opens"], name="opening_hours_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def clean(self) -> None:
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": _("Closing must be later than opening.")})
