"""Messages as staff read them: what goes to whom, what became of it, and what is still to be told by phone."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.actions.told import may_try_again
from bookings.admin.message_buttons import Told, TryAgain, send_again
from bookings.enums import MessageKind, MessageState
from bookings.models import Message
from bookings.queries.letters import Letter, letter_of
from clinic.current import clinic_of

# Their links are for whoever they go to, and for nobody who reads them here.
SEALED = (MessageKind.DATA, MessageKind.LINKS)
OPEN = (MessageState.WAITING, MessageState.FAILED)


class CallFilter(admin.SimpleListFilter):
    """What somebody has to be called about."""

    title = gettext_lazy("what to do")
    parameter_name = "call"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("To be told by phone"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.to_call(at=timezone.now()) if self.value() == "yes" else queryset


class MessageLines:
    """How a message is written in a line of a table."""

    @admin.display(description=gettext_lazy("due"), ordering="due_at")
    def due(self, message: Message) -> str:
        """On the clock of its location, with the zone."""
        return on_the_clock(message, message.due_at)

    @admin.display(description=gettext_lazy("sent"), ordering="sent_at")
    def sent(self, message: Message) -> str:
        return on_the_clock(message, message.sent_at) if message.sent_at else "–"

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, message: Message) -> str:
        return format_html(
            '<span class="status status--message-{}">{}</span>', message.state, message.get_state_display()
        )


def on_the_clock(message: Message, moment: Any) -> str:
    """“Tue 8 Dec 2026, 10:00 CET”; in the zone of whoever reads for a message about no place."""
    place = message.appointment.location if message.appointment else message.entry.location if message.entry else None
    local = timezone.localtime(moment, place.zone if place else None)
    return f"{date_format(local, 'D j M Y, H:i')} {local.tzname()}"


@admin.register(Message)
class MessageAdmin(MessageLines, admin.ModelAdmin):
    change_form_template = "admin/bookings/message.html"
    list_display = ("due", "kind", "who", "reference", "channel", "shown_state", "problem")
    list_display_links = ("due", "kind")
    list_filter = (CallFilter, "state", "kind")
    list_select_related = ("patient", "practitioner", "appointment__location", "entry__location")
    search_help_text = gettext_lazy("Search by reference or name")
    fields: ClassVar[Any] = (
        "kind",
        "who",
        "about",
        "channel",
        "language",
        "due",
        "shown_state",
        "problem",
        "sent",
        "sent_to",
    )
    readonly_fields = fields
    actions = (send_again,)

    def get_queryset(self, request: HttpRequest) -> Any:
        found: Any = super().get_queryset(request)
        return found.visible_to(request.user)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        references = ["appointment__reference", "entry__reference"]
        return [*references, "patient__name"] if request.user.has_perm("bookings.view_patient") else references

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("bookings.change_message")

    def get_urls(self) -> list[Any]:
        pages = {"told": Told, "again": TryAgain}
        return [
            *(
                path(
                    f"<int:pk>/{end}/",
                    self.admin_site.admin_view(view.as_view(model_admin=self)),
                    name=f"bookings_message_{end}",
                )
                for end, view in pages.items()
            ),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        found = self.get_object(request, object_id)
        shown = self.shown(request, found) if found else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def shown(self, request: HttpRequest, message: Message) -> dict[str, Any]:
        """The words that went out or would go out now, and the buttons."""
        now, may = timezone.now(), self.has_send_permission(request)
        return {
            "letter": None if message.body else letter_now(message, request),
            "may_tell": may and Message.objects.to_call(at=now).filter(pk=message.pk).exists(),
            "may_try_again": may and may_try_again(message, now=now),
        }

    @admin.display(description=gettext_lazy("to"))
    def who(self, message: Message) -> str:
        return str(message.patient or message.practitioner or _("the clinic"))

    @admin.display(description=gettext_lazy("reference"))
    def reference(self, message: Message) -> str:
        return str(message.appointment or message.entry or "–")

    @admin.display(description=gettext_lazy("about"))
    def about(self, message: Message) -> str:
        """The appointment or the waiting entry, with a way to it."""
        if message.appointment:
            where = reverse("admin:bookings_appointment_change", args=[message.appointment.pk])
            return format_html(
                '<a href="{}" dir="ltr">{}</a>, {}', where, message.appointment, message.appointment.when
            )
        if message.entry:
            where = reverse("admin:bookings_waitingentry_change", args=[message.entry.pk])
            return format_html('<a href="{}" dir="ltr">{}</a>', where, message.entry)
        return "–"


def letter_now(message: Message, request: HttpRequest) -> Letter | None:
    """What a message that was not sent yet says as things stand; None for one that nobody else may read."""
    if message.kind in SEALED or message.state not in OPEN:
        return None
    try:
        return letter_of(message, clinic_of(request), now=timezone.now())
    except (LookupError, ValueError, ObjectDoesNotExist):
        return None


class MessageInline(MessageLines, admin.TabularInline):
    """What an appointment's patient and staff were told, and what they will be."""

    model = Message
    fields = ("due", "what", "channel", "shown_state", "problem")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("appointment__location", "entry")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("what"))
    def what(self, message: Message) -> str:
        """Its kind, with a way to its words."""
        where = reverse("admin:bookings_message_change", args=[message.pk])
        return format_html('<a href="{}">{}</a>', where, message.get_kind_display())
