"""The inlines of a treatment: one for each section of its page, in the order of the page."""

from typing import Any

from django.db import models as db
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest

from clinic.admin.languages import ClinicStackedInline
from treatments import models


class RowInline(ClinicStackedInline):
    """A section's own rows. Inherited ones are edited where they belong, and listed in the preview."""

    classes = ["collapse"]
    ordering = ["order", "pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related(*self.many_to_many())

    def many_to_many(self) -> list[str]:
        return [field.name for field in self.model._meta.many_to_many]

    def formfield_for_manytomany(self, db_field: db.ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        """Choices are read once a request, not once for each of some sixty rows."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        return with_shared_choices(request, field)

    def formfield_for_foreignkey(self, db_field: db.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        return with_shared_choices(request, super().formfield_for_foreignkey(db_field, request, **kwargs))


def with_shared_choices(request: HttpRequest, field: Any) -> Any:
    model = field.queryset.model
    cache: dict[tuple[type, bool], Any] = request.__dict__.setdefault("_shared_choices", {})
    key = (model, isinstance(field, ModelMultipleChoiceField))
    if key not in cache:
        cache[key] = list(field.choices)
    field.choices = cache[key]
    return field


def inline(row: type[models.Indication] | type[Any], *fields: Any) -> type[RowInline]:
    """An inline of `row` with these fields, then the ones that every row has."""
    shared = [("areas", "references"), ("order", "prescription_only")]
    return type(f"{row.__name__}Inline", (RowInline,), {"model": row, "fields": [*fields, *shared]})


INLINES: list[Any] = [
    inline(
        models.Contraindication,
        *("name", "reason", "question", "outcome", "advice", ("wait", "wait_unit"), "wait_since"),
        *("follow_up", "outcome_if_no", "minimum_age"),
    ),
    inline(models.Indication, "concern", "text"),
    inline(models.Preparation, "text", "reason", ("is_do", "days_before")),
    inline(models.Step, "title", "text"),
    inline(models.Substance, "name", "text"),
    inline(
        models.SessionPhase,
        *(
            "name",
            ("sessions_from", "sessions_to"),
            ("gap_from", "gap_to", "gap_unit"),
            "is_optional",
            "note",
        ),
    ),
    inline(
        models.Complication,
        "name",
        "text",
        ("frequency", "onset", "is_serious"),
        "figure",
        "seek_help",
        "warning_sign",
    ),
    inline(models.Aftercare, "text", "reason", ("is_do", "hours"), "until"),
    inline(models.Price, "location", ("amount_from", "amount_to", "currency"), "as_of", "note"),
    inline(models.Comparison, "alternative", "difference", "recovery", "risks", "cost"),
    inline(models.Evidence, "benefit", "grade", "finding", "concerns"),
    inline(models.Question, "question", "answer"),
    inline(models.Picture, "image", "alt", "caption", "kind"),
]
