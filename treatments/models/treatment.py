"""The treatment: its draft, and the rows that a treatment below it inherits."""

from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinic.texts import text_of
from treatments.models.subjects import BodyArea


class TreatmentQuerySet(models.QuerySet["Treatment"]):
    def listed(self, *, prescription_only: bool) -> "TreatmentQuerySet":
        """The treatments visitors may see; prescription-only ones where the clinic lists them."""
        return self if prescription_only else self.filter(prescription_only=False)

    def with_page(self) -> "TreatmentQuerySet":
        """Everything `treatments.page.build` reads, in a fixed number of queries for any number of rows."""
        parents = Treatment.objects.prefetch_related(*page_lookups(inherited_only=True))
        return self.prefetch_related(*page_lookups(), Prefetch("parent", queryset=parents))


def page_lookups(*, inherited_only: bool = False) -> Iterable[str]:
    """The relations that a page shows; those that a child does not inherit are left out on request."""
    relations = Treatment.INHERITED if inherited_only else Treatment.INHERITED + Treatment.OWN
    for relation in relations:
        yield from (f"{relation}__areas", f"{relation}__references")
    yield "references"
    if not inherited_only:
        yield from ("areas", "price_set__location", "indication_set__concern", "evidence_set__concerns")


class Treatment(models.Model):
    """A treatment's draft. Patients never read it: they read its signed editions.

    A treatment below an overview inherits the rows in INHERITED and every text it leaves empty.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ()
    # Relations whose rows a treatment below inherits.
    INHERITED: ClassVar[tuple[str, ...]] = (
        "contraindication_set",
        "complication_set",
        "preparation_set",
        "step_set",
        "aftercare_set",
        "substance_set",
        "comparison_set",
        "question_set",
    )
    OWN: ClassVar[tuple[str, ...]] = (
        "indication_set",
        "evidence_set",
        "sessionphase_set",
        "price_set",
        "picture_set",
    )

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address of the page"), unique=True)
    is_overview = models.BooleanField(
        _("has treatments below it"),
        default=False,
        help_text=_("An overview page, such as Mesotherapy. Treatments below it inherit its rows."),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to={"is_overview": True},
        verbose_name=_("belongs to"),
    )
    areas = models.ManyToManyField(BodyArea, blank=True, related_name="treatments", verbose_name=_("body areas"))
    tagline = models.CharField(_("in one line"), max_length=160, help_text=_("For cards and search engines."))
    summary = models.TextField(
        _("summary"), help_text=_("What it is, for whom, and what it cannot do: two to four sentences.")
    )
    what_it_is = models.TextField(_("what it is"), blank=True, help_text=_("Leave an empty line between paragraphs."))
    how_it_works = models.TextField(
        _("how it is thought to work"),
        blank=True,
        help_text=_("Write “is thought to” where nobody has shown it."),
    )
    results = models.TextField(
        _("results"), blank=True, help_text=_("When people notice a change, and how long it lasts.")
    )
    downtime = models.TextField(_("time off afterwards"), blank=True)
    downtime_short = models.CharField(_("time off, in a few words"), max_length=80, blank=True)
    visit_minutes = models.PositiveSmallIntegerField(_("minutes a visit takes"), null=True, blank=True)
    depth_from_mm = models.DecimalField(_("depth from, mm"), max_digits=3, decimal_places=1, null=True, blank=True)
    depth_to_mm = models.DecimalField(_("depth to, mm"), max_digits=3, decimal_places=1, null=True, blank=True)
    prescription_only = models.BooleanField(
        _("prescription-only"),
        default=False,
        help_text=_("Uses a prescription medicine. Hidden unless the clinic lists prescription-only treatments."),
    )
    needs_consultation = models.BooleanField(
        _("needs a consultation first"),
        default=True,
        help_text=_("Visitors then book a consultation, not a session."),
    )
    references = models.ManyToManyField(
        "treatments.Reference",
        blank=True,
        verbose_name=_("references"),
        help_text=_("The sources of the texts above."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TreatmentQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("treatment")
        verbose_name_plural = _("treatments")
        permissions = [("sign_edition", _("Can sign a treatment's page for publication"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(is_overview=False),
                name="treatment_overview_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="treatment_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(depth_from_mm__isnull=True, depth_to_mm__isnull=True)
                # Without “not null”, one alone would pass: a comparison with NULL refuses nothing.
                | Q(
                    depth_from_mm__isnull=False,
                    depth_to_mm__isnull=False,
                    depth_from_mm__gte=0,
                    depth_to_mm__gte=F("depth_from_mm"),
                ),
                name="treatment_depth_from_to",
            ),
        ]

    def __str__(self) -> str:
        return text_of(self, "name")

    def get_absolute_url(self) -> str:
        return reverse("treatments:treatment", args=[self.slug])

    def clean(self) -> None:
        if self.parent and (self.parent == self or not self.parent.is_overview):
            raise ValidationError({"parent": _("Choose another treatment, an overview: there is one level only.")})
        if self.parent and self.is_overview:
            raise ValidationError({"is_overview": _("A treatment that belongs to another has none below it.")})
        if not self.is_overview and self.pk and self.children.exists():
            raise ValidationError({"is_overview": _("There are treatments below this one. Move them first.")})
        low, high = self.depth_from_mm, self.depth_to_mm
        if (low is None) != (high is None) or (low is not None and high is not None and not 0 <= low <= high):
            raise ValidationError({"depth_to_mm": _("Give both depths, the smaller first, or neither.")})
