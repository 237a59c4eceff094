"""The people who treat patients."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clinic.enums import Gender
from clinic.pictures import SafePictureField
from clinic.spoken import CODES, language_names
from clinic.texts import lines_of, text_of


def known_spoken_languages(value: object) -> None:
    """Raises ValidationError unless `value` is a list of different ISO 639-1 codes."""
    codes = value if isinstance(value, list) else [None]
    if any(not isinstance(code, str) or code not in CODES for code in codes) or len(set(codes)) < len(codes):
        raise ValidationError(_("Choose languages from the list."))


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
    speaks = models.JSONField(_("languages spoken"), default=list, blank=True, validators=[known_spoken_languages])
    gender = models.CharField(
        _("gender"),
        max_length=6,
        blank=True,
        choices=Gender.choices,
        help_text=_("Patients may ask for a woman or a man."),
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
        constraints = [
            models.CheckConstraint(condition=Q(gender__in=["", *Gender.values]), name="practitioner_gender_is_known"),
        ]

    def __str__(self) -> str:
        return text_of(self, "name")

    def get_absolute_url(self) -> str:
        return f"{reverse('practitioners')}#{self.slug}"

    @property
    def initials(self) -> str:
        """Two letters that stand in for a missing photo."""
        words = [word for word in text_of(self, "name").split() if not word.endswith(".")]
        return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()

    @property
    def qualification_list(self) -> list[str]:
        return lines_of(self, "qualifications")

    @property
    def speaks_list(self) -> list[str]:
        """The names of the languages they speak, in the reader's language."""
        return language_names(self.speaks, language=get_language() or settings.LANGUAGE_CODE)
