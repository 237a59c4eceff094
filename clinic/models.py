"""Who and where: the clinic itself, its locations and its practitioners."""

from collections.abc import Sequence
from typing import ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from clinic.hours import HoursLine, hours_lines
from clinic.pictures import SafePictureField

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


def default_languages() -> list[str]:
    return [settings.LANGUAGE_CODE]


def known_languages(value: object) -> None:
    """Raises ValidationError unless `value` is a non-empty list of codes from settings.LANGUAGES."""
    known = [code for code, _name in settings.LANGUAGES]
    if not isinstance(value, list) or not value or any(code not in known for code in value):
        raise ValidationError(_("Choose at least one language."))


class ClinicManager(models.Manager["Clinic"]):
    def current(self) -> "Clinic":
        """The one clinic; an unsaved one with its defaults before the first is stored."""
        return self.first() or Clinic()


class Clinic(models.Model):
    """The clinic: one row, which holds its name, its legal details and its switches."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("name"), max_length=120)
    tagline = models.CharField(
        _("what the clinic does"),
        max_length=200,
        blank=True,
        help_text=_("One plain sentence; it opens the home page."),
    )
    about = models.TextField(_("who we are"), blank=True, help_text=_("Two or three sentences for the home page."))
    email = models.EmailField(_("email"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True, help_text=_("Shown when a visitor has not chosen a location."))
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True, help_text=_("Shown in the imprint."))
    legal_details = models.TextField(
        _("legal details"),
        blank=True,
        help_text=_("For the imprint: address, who represents the clinic, register, supervisory authority."),
    )
    default_language = models.CharField(
        _("default language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    languages = models.JSONField(
        _("languages offered"),
        default=default_languages,
        validators=[known_languages],
        help_text=_("Only these are offered to visitors and search engines, and shown to staff who edit."),
    )
    is_demo = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_(
            "A demonstration says so on every page. Switched off, pages signed for the demonstration disappear."
        ),
    )
    lists_prescription_only = models.BooleanField(
        _("list prescription-only treatments"),
        default=False,
        help_text=_(
            "Many countries forbid advertising prescription medicines to the public. Off hides such treatments."
        ),
    )
    shows_before_after = models.BooleanField(
        _("show before and after pictures"), default=False, help_text=_("Some countries forbid these.")
    )
    hold_minutes = models.PositiveSmallIntegerField(
        _("minutes a chosen time is held"),
        default=10,
        help_text=_("Nobody else can take it while it is held."),
    )
    reply_working_days = models.PositiveSmallIntegerField(
        _("working days to answer a request"),
        default=1,
        help_text=_("Patients are told this when they ask for a time."),
    )

    objects = ClinicManager()

    class Meta:
        verbose_name = _("clinic")
        verbose_name_plural = _("clinic")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="clinic_is_one_row"),
            models.CheckConstraint(condition=Q(hold_minutes__range=(2, 60)), name="clinic_hold_minutes_2_to_60"),
        ]

    def __str__(self) -> str:
        return self.name or ""

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = 1
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        if not isinstance(self.languages, list) or self.default_language not in self.languages:
            raise ValidationError({"languages": _("The default language must be one of the languages offered.")})
        if self.hold_minutes is not None and not 2 <= self.hold_minutes <= 60:
            raise ValidationError({"hold_minutes": _("Give 2 to 60 minutes.")})


class Location(models.Model):
    """One place of the clinic, with its own time zone, week, phone and emergency number."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address of the page"), unique=True)
    street = models.CharField(_("street and number"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country code"), max_length=2, help_text=_("Two letters, such as DE or AE."))
    time_zone = models.CharField(
        _("time zone"), max_length=60, validators=[known_time_zone], help_text=_("Such as Europe/Berlin.")
    )
    week_starts_on = models.PositiveSmallIntegerField(_("first day of the week"), choices=WEEKDAYS, default=0)
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
        return self.name or ""

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
        return [line.strip() for line in (self.what_to_bring or "").splitlines() if line.strip()]


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


class Practitioner(models.Model):
    """Someone who treats patients here. Their name is public; a sign-in is optional."""

    personal_fields: ClassVar[tuple[str, ...]] = ("name",)

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practitioner",
        verbose_name=_("sign-in"),
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("With the title, as patients should read it."))
    slug = models.SlugField(_("address of the page"), unique=True)
    role = models.CharField(_("role"), max_length=120, help_text=_("Such as: Doctor of dermatology."))
    qualifications = models.TextField(_("qualifications"), blank=True, help_text=_("One on each line."))
    bio = models.TextField(_("about"), blank=True, help_text=_("Two or three plain sentences."))
    languages = models.CharField(
        _("languages spoken"),
        max_length=200,
        blank=True,
        help_text=_("As patients should read it: German, English, Persian."),
    )
    photo = SafePictureField(
        _("photo"),
        upload_to="practitioners",
        blank=True,
        aspect_ratios=[None],
        width_field="photo_width",
        height_field="photo_height",
    )
    photo_width = models.PositiveIntegerField(null=True, editable=False)
    photo_height = models.PositiveIntegerField(null=True, editable=False)
    is_physician = models.BooleanField(_("is a doctor"), default=False)
    is_active = models.BooleanField(_("works here"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("practitioner")
        verbose_name_plural = _("practitioners")

    def __str__(self) -> str:
        return self.name or ""

    def get_absolute_url(self) -> str:
        return f"{reverse('practitioners')}#{self.slug}"

    @property
    def initials(self) -> str:
        """Two letters that stand in for a missing photo."""
        words = [word for word in (self.name or "").split() if not word.endswith(".")]
        return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()

    @property
    def qualification_list(self) -> list[str]:
        return [line.strip() for line in (self.qualifications or "").splitlines() if line.strip()]
