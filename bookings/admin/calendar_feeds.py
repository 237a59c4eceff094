"""Private calendar addresses: each is shown once, made anew when somebody saw it, and removed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.admin.page import StaffPage
from bookings.models import CalendarFeed
from bookings.models.calendar_feed import diaries_of, new_feed_secret

# Whose address was made a moment ago, for the one page that shows it.
MADE = "calendar_address_made"


class FeedForm(forms.ModelForm):
    """Asks for a diary: of those that `user` may have as a calendar, those that have no address yet."""

    user: Any = None
    diary = forms.ChoiceField(label=gettext_lazy("Whose diary?"))

    class Meta:
        model = CalendarFeed
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, places = diaries_of(self.user)
        groups = [
            (_("Practitioners"), choices("practitioner", people.filter(calendar_feed=None, is_active=True))),
            (_("Locations"), choices("location", places.filter(calendar_feed=None))),
        ]
        found = [pair for _name, pairs in groups for pair in pairs]
        self.fields["diary"].choices = groups if len(found) > 1 else found  # type: ignore[attr-defined]
        if not found:
            self.fields["diary"].help_text = _("There is no diary left that you could make an address for.")

    def clean_diary(self) -> str:
        diary: str = self.cleaned_data["diary"]
        kind, key = diary.split("-")
        setattr(self.instance, f"{kind}_id", int(key))
        return diary


def choices(kind: str, rows: Iterable[models.Model]) -> list[tuple[str, str]]:
    return [(f"{kind}-{row.pk}", str(row)) for row in rows]


@admin.register(CalendarFeed)
class CalendarFeedAdmin(admin.ModelAdmin):
    change_form_template = "admin/bookings/calendar_feed.html"
    list_display = ["__str__", "created_at"]
    list_select_related = ["practitioner", "location"]

    def get_queryset(self, request: HttpRequest) -> Any:
        found: Any = super().get_queryset(request)
        return found.visible_to(request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["created_at"] if obj else ["diary"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["created_at"] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj:
            return super().get_form(request, obj, change=change, **kwargs)
        form: Any = super().get_form(request, obj, change=change, form=FeedForm, **kwargs)
        form.user = request.user
        return form

    def get_urls(self) -> list[Any]:
        anew = self.admin_site.admin_view(NewAddress.as_view(model_admin=self))
        return [path("<int:pk>/new/", anew, name="bookings_calendarfeed_new"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_at = timezone.now()
            obj.save()

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return show_once(request, obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            messages.error(request, _("This diary has got an address in this moment."))
            return redirect("admin:bookings_calendarfeed_changelist")

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        buttons = ("show_save_and_continue", "show_save_and_add_another", *([] if add else ["show_save", "show_close"]))
        context |= dict.fromkeys(buttons, False)
        if change:
            context["title"] = _("Calendar address")
        if obj and request.session.get(MADE) == obj.pk:
            del request.session[MADE]
            context["address"] = f"{settings.SITE_URL}{obj.path()}"
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)


class NewAddress(StaffPage):
    """The old address stops at once."""

    http_method_names = ["post"]

    def find(self, **kwargs: Any) -> None:
        self.feed = get_object_or_404(self.model_admin.get_queryset(self.request), pk=kwargs["pk"])

    def may_open(self) -> bool:
        return bool(self.model_admin.has_change_permission(self.request, self.feed))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.feed.secret, self.feed.created_at = new_feed_secret(), timezone.now()
        self.feed.save(update_fields=["secret", "created_at"])
        self.model_admin.log_change(request, self.feed, [{"changed": {"fields": [_("address")]}}])
        return show_once(request, self.feed)


def show_once(request: HttpRequest, feed: CalendarFeed) -> HttpResponse:
    request.session[MADE] = feed.pk
    return redirect("admin:bookings_calendarfeed_change", feed.pk)
