"""Requests and appointments: the list, and the page of one; the state itself is read-only."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.admin.answers import Answers, Review
from bookings.admin.appointment_page import PersonAndTime, shown
from bookings.admin.ask import AskQuestions
from bookings.admin.buttons import ChangeState, NewLink, Undo
from bookings.admin.filters import FlagFilter, FlaggedList, StateFilter, WhichFilter
from bookings.admin.log import TransitionInline
from bookings.admin.messages import MessageInline
from bookings.admin.move import MoveAppointment
from bookings.admin.phone import BookByPhone
from bookings.admin.plan import PlanCourse, RemoveCourse
from bookings.enums import State
from bookings.models import Appointment, Message
from bookings.queries.care_pages import call_backs

WAITING_FIRST = Case(When(state__in=lifecycle.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())
WAITING_SINCE = Case(When(state__in=lifecycle.WAITING, then="requested_at"))
# The pages about one appointment: the end of the address, which is also the end of the name, and the view.
PAGES = {
    "state": ChangeState,
    "undo": Undo,
    "link": NewLink,
    "move": MoveAppointment,
    "questions": AskQuestions,
    "answers": Answers,
    "review": Review,
    "plan": PlanCourse,
}


@admin.register(Appointment)
class AppointmentAdmin(PersonAndTime):
    change_form_template = "admin/bookings/appointment.html"
    list_display = ["reference", "state_and_flags", "waiting_for", "who", "treatment", "when", "practitioner"]
    # The oldest waiting request stands first, then what comes next in the diary.
    ordering = [WAITING_FIRST.asc(), WAITING_SINCE.asc(), "starts_at", "pk"]
    list_filter = [WhichFilter, FlagFilter, "location", "practitioner", ("state", StateFilter)]
    search_fields = ["reference", "patient__name", "patient__email", "patient__phone"]
    search_help_text = gettext_lazy("Search by reference, name, email or phone")
    date_hierarchy = "starts_at"
    list_select_related = ["patient", "treatment", "practitioner", "location", "course"]
    inlines = (MessageInline, TransitionInline)
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Holds are not appointments yet; who treats sees their own diary."""
        found: Any = super().get_queryset(request)
        return found.visible_to(request.user).exclude(state=State.HELD)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return FlaggedList

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list of the day opens with how many patients wait for a call, and how many messages for being told."""
        may, user = request.user.has_perm, request.user
        to_tell = Message.objects.to_call(at=timezone.now()).visible_to(user)
        due = {
            "calls_due": call_backs(user).count() if may("bookings.view_checkin") else 0,
            "to_tell": to_tell.count() if may("bookings.view_message") else 0,
        }
        return super().changelist_view(request, {**(extra_context or {}), **due})

    def get_urls(self) -> list[Any]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view.as_view(model_admin=self))

        return [
            *(path(f"<int:pk>/{end}/", page(view), name=f"bookings_appointment_{end}") for end, view in PAGES.items()),
            path("<int:pk>/plan/<int:course>/", page(PlanCourse), name="bookings_appointment_replan"),
            path("<int:pk>/plan/<int:course>/remove/", page(RemoveCourse), name="bookings_appointment_unplan"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """Nobody types an appointment into fields: it is booked, by the rules of booking."""
        return BookByPhone.as_view(model_admin=self)(request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        found = self.get_object(request, object_id)
        page = shown(found, request, may_change=self.has_change_permission(request, found)) if found else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **page})

    @admin.display(description=gettext_lazy("waiting for"))
    def waiting_for(self, appointment: Appointment) -> str:
        if appointment.state not in lifecycle.WAITING or appointment.requested_at is None:
            return "–"
        return timesince(appointment.requested_at, timezone.now(), depth=1)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_and_flags(self, appointment: Any) -> str:
        found = [
            ("wait", _("review")) if appointment.review else None,
            ("wait", _("screening due")) if appointment.screening_due else None,
            ("wait", _("too early")) if appointment.too_early else None,
            ("wait", _("to be told by phone")) if appointment.to_call else None,
            ("plain", session_of(appointment)) if appointment.course else None,
        ]
        flags = format_html_join("", '<br><span class="flag flag--{}">{}</span>', filter(None, found))
        return format_html("{}{}", self.shown_state(appointment), flags)


def session_of(appointment: Appointment) -> str:
    values = {"number": appointment.session_number, "all": appointment.course.sessions if appointment.course else 0}
    return _("session %(number)s of %(all)s") % values
