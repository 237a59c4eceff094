"""The texts that patients agree to: every version is kept, and a new one is written beside the one in force."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.admin.new_version import NewVersion
from bookings.models import ConsentText
from bookings.queries.agreed import agreed_to


@admin.register(ConsentText)
class ConsentTextAdmin(admin.ModelAdmin):
    list_display = ["__str__", "created_at", "agreed", "in_force"]
    list_filter = ["kind", "language"]
    fields = ("kind", "language", "version", "created_at", "agreed", "hash", "text")
    readonly_fields = fields
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Each with the number of its newest version, and of the patients who agreed to it."""
        same = ConsentText.objects.filter(kind=OuterRef("kind"), language=OuterRef("language"))
        newest = same.order_by("-version").values("version")[:1]
        return super().get_queryset(request).annotate(newest=Subquery(newest), patients=agreed_to())

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        return NewVersion.as_view(model_admin=self)(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("patients who agreed"))
    def agreed(self, text: Any) -> int:
        return int(text.patients)

    @admin.display(description=gettext_lazy("in force"))
    def in_force(self, text: Any) -> str:
        if text.version != text.newest:
            return "–"
        query = urlencode({"kind": text.kind, "language": text.language})
        path = f"{reverse('admin:bookings_consenttext_add')}?{query}"
        return format_html('<a href="{}">{}</a>', path, _("Write a new version"))
