"""Rooms and devices, by kind."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bookings.admin.choices import ChoicesOnly
from bookings.models import Resource, ResourceKind


class ResourceInline(ChoicesOnly, admin.TabularInline):
    model = Resource
    fields = ["name", "location", "is_active"]
    extra = 1
    verbose_name_plural = _("Those of this kind")


@admin.register(ResourceKind)
class ResourceKindAdmin(admin.ModelAdmin):
    list_display = ["name", "rooms", "needed_for"]
    search_fields = ["name", "resources__name"]
    inlines = [ResourceInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResourceKind]:
        return super().get_queryset(request).prefetch_related("resources__location", "appointment_types")

    @admin.display(description=_("rooms and devices"))
    def rooms(self, kind: ResourceKind) -> str:
        return ", ".join(f"{room} ({room.location})" for room in kind.resources.all() if room.is_active)

    @admin.display(description=_("needed for"))
    def needed_for(self, kind: Any) -> str:
        return ", ".join(str(type) for type in kind.appointment_types.all()) or "–"
