"""How patients are after their visits: whom to call back first, and what they answered, for those who treat."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.actions.check_in import note_call
from bookings.admin.answers import may_read_answers
from bookings.admin.page import StaffPage
from bookings.admin.waitlist import on_the_clock
from bookings.care.check_in import Answers
from bookings.exceptions import ChangedMeanwhile
from bookings.models import AnswersRead, Appointment, CheckIn
from bookings.queries.care_pages import answers_of, emergencies, signs_of
from bookings.queries.visits import reading_of
from bookings.sealed import CannotUnseal
from clinic.current import clinic_of
from clinic.models import Clinic

TO_CALL = Q(needs_call=True, called_at=None)
CALL_FIRST = Case(When(TO_CALL, then=Value(0)), default=Value(1), output_field=IntegerField())
# Who has waited longest for a call comes first; of the others, the newest.
WAITING_SINCE = Case(When(TO_CALL, then="answered_at"))


class CallFilter(admin.SimpleListFilter):
    title = gettext_lazy("call back")
    parameter_name = "call"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("due", _("To be called")), ("done", _("Called"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "due":
            return queryset.filter(TO_CALL)
        return queryset.filter(called_at__isnull=False) if self.value() == "done" else queryset


@admin.register(CheckIn)
class CheckInAdmin(admin.ModelAdmin):
    change_form_template = "admin/bookings/check_in.html"
    list_display = ["reference", "call", "who", "treatment", "practitioner", "visit", "answered"]
    list_filter = [CallFilter, "appointment__location", "appointment__practitioner"]
    list_select_related = [
        "appointment__patient",
        "appointment__location",
        "appointment__practitioner",
        "appointment__treatment",
        "called_by",
    ]
    search_fields = ["appointment__reference", "appointment__patient__name", "appointment__patient__phone"]
    search_help_text = gettext_lazy("Search by reference, name or phone")
    fields = ("reference", "call", "who", "treatment", "practitioner", "visit", "answered", "called")
    readonly_fields = fields
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Who treats sees those of their own diary, as of appointments."""
        seen = Appointment.objects.visible_to(request.user)
        return super().get_queryset(request).filter(appointment__in=seen)

    def get_ordering(self, request: HttpRequest) -> Any:
        # What the answers say is sealed: only for those who treat can it decide who comes first.
        urgent = self.urgent(request) if may_read_answers(request.user) else []
        # With none there is no condition, and PostgreSQL would read the number that is left as that of a column.
        first = [Case(When(pk__in=urgent, then=Value(0)), default=Value(1), output_field=IntegerField()).asc()]
        return [CALL_FIRST.asc(), *(first if urgent else []), WAITING_SINCE.asc(), "-answered_at", "-pk"]

    def urgent(self, request: HttpRequest) -> list[int]:
        """The keys of the emergencies. Django asks for the order several times a page: the answers are opened once."""
        if not hasattr(request, "urgent_check_ins"):
            request.urgent_check_ins = emergencies(request.user)  # type: ignore[attr-defined]
        return request.urgent_check_ins  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(Called.as_view(model_admin=self))
        return [path("<int:pk>/called/", view, name="bookings_checkin_called"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        shown: dict[str, Any] = {"show_save": False, "show_save_and_continue": False}
        if found := self.get_object(request, object_id):
            shown["may_call"] = is_due(found) and self.has_change_permission(request, found)
            if request.method == "GET" and may_read_answers(request.user):
                shown |= read(found, request)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    @admin.display(description=gettext_lazy("appointment"), ordering="appointment__reference")
    def reference(self, given: CheckIn) -> str:
        return given.appointment.reference

    @admin.display(description=gettext_lazy("call back"))
    def call(self, given: CheckIn) -> str:
        if is_due(given):
            since = timesince(given.answered_at, timezone.now(), depth=1)
            words = _("Call back, waiting for %(time)s") % {"time": since}
            return format_html('<span class="flag flag--wait">{}</span>', words)
        return _("Called") if given.called_at else "–"

    @admin.display(description=gettext_lazy("who"), ordering="appointment__patient__name")
    def who(self, given: CheckIn) -> str:
        patient = given.appointment.patient
        if patient is None or patient.erased_at:
            return str(patient or "–")
        phone = patient.phone
        return format_html('<bdi>{}</bdi><br><a href="{}" dir="ltr">{}</a>', patient.name, phone.as_rfc3966, phone)

    @admin.display(description=gettext_lazy("treatment"))
    def treatment(self, given: CheckIn) -> str:
        return str(given.appointment.treatment)

    @admin.display(description=gettext_lazy("practitioner"))
    def practitioner(self, given: CheckIn) -> str:
        return str(given.appointment.practitioner)

    @admin.display(description=gettext_lazy("visit"), ordering="appointment__starts_at")
    def visit(self, given: CheckIn) -> str:
        return given.appointment.when

    @admin.display(description=gettext_lazy("answered"), ordering="answered_at")
    def answered(self, given: CheckIn) -> str:
        return on_the_clock(given.answered_at, given.appointment.location)

    @admin.display(description=gettext_lazy("called"))
    def called(self, given: CheckIn) -> str:
        if given.called_at is None:
            return "–"
        values = {"who": given.called_by or "–", "when": on_the_clock(given.called_at, given.appointment.location)}
        return _("%(when)s by %(who)s") % values


class Called(StaffPage):
    """Notes that somebody called the patient about the answers that were shown."""

    http_method_names = ["post"]
    found: CheckIn

    def find(self, **kwargs: Any) -> None:
        self.found = get_object_or_404(self.model_admin.get_queryset(self.request), pk=kwargs["pk"])

    def may_open(self) -> bool:
        return bool(self.model_admin.has_change_permission(self.request, self.found))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            note_call(check_in=self.found, seen=request.POST.get("seen", ""), by=self.staff, now=timezone.now())
        except ChangedMeanwhile:
            messages.error(request, _("The patient has answered again meanwhile. Please look, and call again."))
            return redirect("admin:bookings_checkin_change", self.found.pk)
        messages.success(request, _("Noted: the patient was called."))
        return redirect("admin:bookings_checkin_changelist")


def is_due(given: CheckIn) -> bool:
    return given.needs_call and given.called_at is None


def read(given: CheckIn, request: HttpRequest) -> dict[str, Any]:
    """The answers in the clinic's own words, logged as read; or that no key opens them."""
    try:
        answers = answers_of(given)
    except CannotUnseal:
        return {"closed": True}
    # The admin lets nobody come this far who is not signed in.
    AnswersRead.objects.create(check_in=given, user=request.user, at=timezone.now())  # type: ignore[misc]
    return {
        "answers": answers,
        "signs": in_our_words(given, answers, clinic_of(request)),
        "reads": given.reads.select_related("user")[:20],
    }


def in_our_words(given: CheckIn, answers: Answers, clinic: Clinic) -> list[tuple[str, str]]:
    """Each sign as it was ticked and, where that was in another language, as the clinic's own page has it."""
    ours = reading_of(given.appointment, clinic, language=clinic.default_language, at=given.answered_at)
    known = {sign.key: sign.words for sign in signs_of(ours.page)} if ours and answers.signs else {}
    words = ((sign.words, known.get(sign.key, "")) for sign in answers.signs)
    return [(ticked, own if own != ticked else "") for ticked, own in words]
