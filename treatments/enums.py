"""Choices of the treatment content, importable from everywhere."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """What an answer to a screening question leads to, strongest first."""

    NOT_SUITABLE = "not_suitable", _("Not suitable")
    NOT_NOW = "not_now", _("Not now")
    WAIT = "wait", _("Wait")
    REVIEW = "review", _("A clinician reviews it first")
    FINE = "fine", _("Fine")


class Grade(TextChoices):
    """How well research supports a benefit."""

    GOOD = "good", _("Good")
    SOME = "some", _("Some")
    WEAK = "weak", _("Weak")
    NONE = "none", _("None")


class Frequency(TextChoices):
    """How often a complication is seen; without a source it is not known."""

    VERY_COMMON = "very_common", _("Very common: more than 1 in 10 people")
    COMMON = "common", _("Common: up to 1 in 10 people")
    UNCOMMON = "uncommon", _("Uncommon: up to 1 in 100 people")
    RARE = "rare", _("Rare: up to 1 in 1,000 people")
    VERY_RARE = "very_rare", _("Very rare: fewer than 1 in 10,000 people")
    NOT_KNOWN = "not_known", _("How often is not known")


class Onset(TextChoices):
    EARLY = "early", _("In the first days")
    LATE = "late", _("Weeks or months later")


class SeekHelp(TextChoices):
    """Whom to call about a warning sign."""

    CLINIC = "clinic", _("Call the clinic")
    EMERGENCY = "emergency", _("Call the emergency number")


class Unit(TextChoices):
    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")


class ReferenceKind(TextChoices):
    DOI = "doi", _("DOI")
    PUBMED = "pubmed", _("PubMed")
    PMC = "pmc", _("PubMed Central")
    OTHER = "other", _("Other")


class PictureKind(TextChoices):
    ILLUSTRATION = "illustration", _("Illustration")
    PHOTO = "photo", _("Photo")
    BEFORE_AFTER = "before_after", _("Before and after")
