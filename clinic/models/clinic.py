"""The clinic itself: one row with its names, legal details, switches and rules of booking."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from clinic.models.booking_rules import BookingRules
from clinic.models.message_rules import MessageRules


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


class Clinic(BookingRules, MessageRules):
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
        help_text=_(
            "Offered to visitors and shown to staff who edit. A page is shown in a language once it is signed in it."
        ),
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
    objects = ClinicManager()

    class Meta(BookingRules.Meta):
        abstract = False
        verbose_name = _("clinic")
        verbose_name_plural = _("clinic")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="clinic_is_one_row"),
            *BookingRules.Meta.constraints,
            *MessageRules.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.name or ""

    def save(self, *args: object, **kwargs: object) -> None:
        self.pk = 1
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        super().clean()
        if not isinstance(self.languages, list) or self.default_language not in self.languages:
            raise ValidationError({"languages": _("The default language must be one of the languages offered.")})
