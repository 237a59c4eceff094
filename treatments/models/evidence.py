"""What research found, graded, and where it is published."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treatments.enums import Grade, ReferenceKind
from treatments.models.rows import Row

ADDRESSES = {
    ReferenceKind.DOI: "https://doi.org/{}",
    ReferenceKind.PUBMED: "https://pubmed.ncbi.nlm.nih.gov/{}/",
    ReferenceKind.PMC: "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
}


class Reference(models.Model):
    """A publication. Only what was verified is filled in; an identifier alone is enough."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("Such as amin-2006. Never shown."))
    authors = models.CharField(_("authors"), max_length=250, blank=True)
    title = models.CharField(
        _("title"), max_length=300, blank=True, help_text=_("Leave empty what you have not verified.")
    )
    journal = models.CharField(_("journal or publisher"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    kind = models.CharField(_("kind of identifier"), max_length=10, choices=ReferenceKind, blank=True)
    identifier = models.CharField(
        _("identifier"),
        max_length=200,
        blank=True,
        help_text=_("The DOI, the PubMed number, or an abstract's number."),
    )

    class Meta:
        ordering = ["authors", "year", "key"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="", identifier="") | (Q(kind__in=ReferenceKind.values) & ~Q(identifier="")),
                name="reference_identifier_has_a_kind",
                violation_error_message=_("Give the identifier and its kind."),
            ),
            models.CheckConstraint(
                condition=~Q(title="") | ~Q(identifier="") | ~Q(journal=""),
                name="reference_can_be_found",
                violation_error_message=_("Give a title, a journal or an identifier, so that a reader can find it."),
            ),
        ]

    def __str__(self) -> str:
        parts = [self.authors, self.title, self.journal, str(self.year or ""), self.identifier]
        return ", ".join(part for part in parts if part)

    @property
    def url(self) -> str:
        """Where it can be read; empty where the identifier is no address."""
        return ADDRESSES.get(ReferenceKind(self.kind), "").format(self.identifier) if self.kind else ""


class Evidence(Row):
    """One benefit, how well research supports it, and what was found."""

    benefit = models.CharField(_("benefit"), max_length=160)
    concerns = models.ManyToManyField(
        "treatments.Concern",
        blank=True,
        verbose_name=_("for these concerns"),
        help_text=_("Every concern under “what it is for” needs a grade."),
    )
    grade = models.CharField(
        _("grade"), max_length=10, choices=Grade, help_text=_("Good, some and weak need a reference.")
    )
    finding = models.TextField(_("what was found"))

    class Meta(Row.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="evidence_grade_is_known"),
        ]

    def __str__(self) -> str:
        return self.benefit or ""
