"""Which appointments the list shows."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.enums import State
from bookings.queries.flags import flagged
from clinic.current import clinic_of


class FlaggedList(ChangeList):
    """A list of appointments, each with its flags."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        self.root_queryset = flagged(self.root_queryset, clinic_of(request), at=timezone.now())
        return super().get_queryset(request, exclude_parameters)


class WhichFilter(admin.SimpleListFilter):
    """Requests first: the list opens with those that wait for an answer, and of a flag shows all that have it."""

    title = _("which")
    parameter_name = "which"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        self.opening = "all" if FlagFilter.parameter_name in request.GET else "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("Waiting for an answer")), ("upcoming", _("Upcoming")), ("all", _("All"))]

    def value(self) -> str:
        return super().value() or self.opening

    def choices(self, changelist: Any) -> Any:
        """One of them is always chosen."""
        return list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "upcoming":
            return queryset.upcoming(at=timezone.now())
        return queryset if self.value() == "all" else queryset.waiting()


class StateFilter(admin.ChoicesFieldListFilter):
    """Every state but that of a hold, which is no appointment yet."""

    def choices(self, changelist: Any) -> Any:
        return (one for one in super().choices(changelist) if one["display"] != State.HELD.label)


class NamedFilter(admin.RelatedFieldListFilter):
    """Named for what there is to choose from: the field's own name continues a sentence of its page."""

    def __init__(self, field: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, *args, **kwargs)
        self.title = field.related_model._meta.verbose_name


class FlagFilter(admin.SimpleListFilter):
    """Only those with a flag."""

    title = _("what to do")
    parameter_name = "flag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("review", _("Needs review")),
            ("screening_due", _("Screening due")),
            ("too_early", _("Too early by the answers")),
            ("to_call", _("To be told by phone")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = self.value()
        known = {value for value, _title in self.lookup_choices}
        return queryset.filter(**{wanted: True}) if wanted and wanted in known else queryset
