"""The words of messages: every kind with what it says now, whether the clinic changed it or not."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateResponseMixin

from bookings.admin.message_words import ResetWords, WriteWords
from bookings.admin.page import StaffPage
from bookings.enums import MessageKind
from bookings.models import MessageText
from bookings.queries.message_words import Words, default_words
from clinic.admin.languages import offered_languages


class AllWords(TemplateResponseMixin, StaffPage):
    """A line for each kind and each language that the clinic offers."""

    template_name = "admin/bookings/message_texts.html"
    title = gettext_lazy("What messages say")
    http_method_names = ["get"]

    def may_open(self) -> bool:
        return bool(self.model_admin.has_view_permission(self.request))

    def get(self, request: HttpRequest, **kwargs: Any) -> Any:
        own = {(one.kind, one.language): one for one in MessageText.objects.all()}
        names = dict(settings.LANGUAGES)
        lines = [
            {"kind": kind, "code": code, "language": names[code], **line(own.get((kind, code)), kind, code)}
            for kind in MessageKind
            for code in offered_languages(request)
        ]
        may_change = self.model_admin.has_change_permission(request)
        return self.render_to_response(self.get_context_data(lines=lines, may_change=may_change))


def line(own: MessageText | None, kind: str, language: str) -> dict[str, Any]:
    """The words of one line, and whose they are; none in a language without any."""
    words = Words(own.subject, own.body, own.sms) if own else default_words(kind, language)
    return {"words": words, "is_own": own is not None}


@admin.register(MessageText)
class MessageTextAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view.as_view(model_admin=self))

        return [
            path("of/<str:kind>/<str:language>/", page(WriteWords), name="bookings_messagetext_words"),
            path("of/<str:kind>/<str:language>/reset/", page(ResetWords), name="bookings_messagetext_reset"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return AllWords.as_view(model_admin=self)(request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        found = get_object_or_404(MessageText, pk=object_id)
        return WriteWords.as_view(model_admin=self)(request, kind=found.kind, language=found.language)
