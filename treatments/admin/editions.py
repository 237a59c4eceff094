"""Signed editions, to look at: nobody changes one."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from treatments.models import Edition


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    list_display = [
        "treatment",
        "language",
        "number",
        "reviewer",
        "signed_at",
        "publish_from",
        "review_due",
        "is_demo",
    ]
    list_filter = ["language", "treatment", "is_demo"]
    date_hierarchy = "signed_at"
    exclude = ["content"]
    readonly_fields = ["intact"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content").select_related("treatment", "reviewer")

    @admin.display(description=_("as it was signed"), boolean=True)
    def intact(self, edition: Edition) -> bool:
        return edition.is_intact

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
