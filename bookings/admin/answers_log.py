"""Who read patients' answers: a list that nobody changes."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bookings.admin.answers import may_read_answers
from bookings.models import AnswersRead, Appointment


@admin.register(AnswersRead)
class AnswersReadAdmin(admin.ModelAdmin):
    """Who read whose answers, and when: for those who may read them themselves, and nobody changes it."""

    list_display = ["at", "user", "whose", "reference"]
    list_display_links = None
    list_select_related = ["user", "screening__patient", "screening__appointment", "check_in__appointment__patient"]
    search_fields = [
        "screening__patient__name",
        "screening__appointment__reference",
        "check_in__appointment__patient__name",
        "check_in__appointment__reference",
        "user__username",
    ]
    search_help_text = _("Search by patient, reference or sign-in")
    date_hierarchy = "at"
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Who sees only their own diary sees only who read the answers of their own patients."""
        found = super().get_queryset(request)
        if request.user.has_perm("bookings.view_patient"):
            return found
        own = Appointment.objects.visible_to(request.user)
        return found.filter(Q(screening__appointment__in=own) | Q(check_in__appointment__in=own))

    @admin.display(description=_("whose"))
    def whose(self, line: AnswersRead) -> str:
        patient = line.screening.patient if line.screening else line.appointment and line.appointment.patient
        return patient.name if patient else "–"

    @admin.display(description=_("appointment"))
    def reference(self, line: AnswersRead) -> str:
        return line.appointment.reference if line.appointment else "–"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_view_permission(request, obj) or may_read_answers(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
