"""Requests and appointments: staff read them and answer by buttons; the state itself is read-only."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from bookings import lifecycle
from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.exceptions import TransitionNotAllowed
from bookings.models import Appointment, Transition

# What a button says, and whether it is the one that staff most often want.
BUTTONS = {
    State.CONFIRMED: (_("Confirm"), True),
    State.ARRIVED: (_("Has arrived"), True),
    State.COMPLETED: (_("Completed"), False),
    State.NO_SHOW: (_("Did not come"), False),
    State.DECLINED: (_("Decline"), False),
    State.CANCELLED: (_("Cancel the appointment"), False),
    State.LAPSED: (_("Close it: not answered in time"), True),
}
WAITING_FIRST = Case(When(state__in=lifecycle.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())
WAITING_SINCE = Case(When(state__in=lifecycle.WAITING, then="requested_at"))
# Before its time nobody can have arrived, and no request can be too late; afterwards none can be confirmed.
AFTER_START = {State.ARRIVED, State.COMPLETED, State.NO_SHOW, State.LAPSED}
BEFORE_START = {State.CONFIRMED, State.DECLINED}


class WhichFilter(admin.SimpleListFilter):
    """Requests first: the list opens with those that wait for an answer."""

    title = _("which")
    parameter_name = "which"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("upcoming", _("Upcoming")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        names = [(None, _("Waiting for an answer")), *self.lookup_choices]
        for value, title in names:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value} if value else {}, ["which"]),
                "display": title,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "upcoming":
            return queryset.upcoming(at=timezone.now())
        return queryset if self.value() == "all" else queryset.waiting()


class TransitionInline(admin.TabularInline):
    model = Transition
    fields = ("there", "from_state", "to_state", "actor", "user", "reason")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("appointment__location", "user")

    @admin.display(description=_("at"))
    def there(self, transition: Transition) -> str:
        local = transition.at.astimezone(transition.appointment.location.zone)
        return f"{date_format(local, 'D j M Y, H:i')} {local.tzname()}"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):
    change_form_template = "admin/bookings/appointment.html"
    list_display = ["reference", "waiting_for", "who", "treatment", "when", "practitioner", "shown_state"]
    # The oldest waiting request stands first, then what comes next in the diary.
    ordering = [WAITING_FIRST.asc(), WAITING_SINCE.asc(), "starts_at", "pk"]
    list_filter = [WhichFilter, "location", "practitioner", "state"]
    search_fields = ["reference", "patient__name", "patient__email", "patient__phone"]
    search_help_text = _("Search by reference, name, email or phone")
    date_hierarchy = "starts_at"
    list_select_related = ["patient", "treatment", "practitioner", "location"]
    fields = (
        "reference",
        "shown_state",
        "who",
        "contact",
        "when",
        "type",
        "treatment",
        "practitioner",
        "location",
    )
    readonly_fields = fields
    inlines = (TransitionInline,)
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Holds are not appointments yet."""
        return super().get_queryset(request).exclude(state=State.HELD)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("patient"), ordering="patient__name")
    def who(self, appointment: Appointment) -> str:
        return appointment.patient.name if appointment.patient else ""

    @admin.display(description=_("contact"))
    def contact(self, appointment: Appointment) -> str:
        patient = appointment.patient
        if patient is None:
            return ""
        return format_html(
            '<a href="{}" dir="ltr">{}</a><br><a href="mailto:{}">{}</a>',
            patient.phone.as_rfc3966,
            patient.phone,
            patient.email,
            patient.email,
        )

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, appointment: Appointment) -> str:
        return appointment.when

    @admin.display(description=_("state"))
    def shown_state(self, appointment: Appointment) -> str:
        return format_html(
            '<span class="status status--{}">{}</span>', appointment.state, appointment.get_state_display()
        )

    @admin.display(description=_("waiting for"))
    def waiting_for(self, appointment: Appointment) -> str:
        if appointment.state not in lifecycle.WAITING or appointment.requested_at is None:
            return "–"
        return timesince(appointment.requested_at, timezone.now())

    def get_urls(self) -> list[Any]:
        change = self.admin_site.admin_view(self.change_state)
        return [path("<int:pk>/state/", change, name="bookings_appointment_state"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        found = self.get_object(request, object_id)
        buttons = buttons_for(found) if found and self.has_change_permission(request, found) else []
        with override(found.patient.language if found and found.patient else None):
            link = request.build_absolute_uri(found.patient_path()) if found else ""
        extra = {
            "buttons": buttons,
            "patient_link": link,
            "show_save": False,
            "show_save_and_continue": False,
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    def change_state(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A button: calls the one action that changes a state, and says what came of it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        found = get_object_or_404(Appointment.objects.exclude(state=State.HELD), pk=pk)
        if not self.has_change_permission(request, found):
            raise PermissionDenied
        wanted = request.POST.get("to", "")
        if wanted not in {state for state, *_rest in buttons_for(found)}:
            messages.error(request, _("This is no longer possible: someone may have answered it meanwhile."))
            return redirect("admin:bookings_appointment_change", pk)
        try:
            change_state(
                appointment=found,
                to=State(wanted),
                actor=Actor.STAFF,
                now=timezone.now(),
                by=request.user,  # type: ignore[arg-type]
                reason=request.POST.get("reason", "")[:250],
            )
        except TransitionNotAllowed:
            messages.error(request, _("This is no longer possible: someone may have answered it meanwhile."))
        else:
            messages.success(
                request,
                _("Done. Now call or write to the patient: their page shows it, but nobody tells them."),
            )
        return redirect("admin:bookings_appointment_change", pk)


def buttons_for(appointment: Appointment) -> list[tuple[State, Any, bool]]:
    """The buttons that may follow the appointment's state now: state, label, whether it is the first choice."""
    impossible = BEFORE_START if appointment.starts_at <= timezone.now() else AFTER_START
    return [
        (state, *BUTTONS[state])
        for state in BUTTONS
        if lifecycle.may_follow(State(appointment.state), state) and state not in impossible
    ]
