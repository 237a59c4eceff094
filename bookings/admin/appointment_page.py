"""What the page of one appointment shows and offers."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from bookings import lifecycle
from bookings.actions.undo import last_step
from bookings.admin.answers import may_read_answers
from bookings.admin.buttons import buttons_for
from bookings.enums import Kind, Need, Rule, State
from bookings.models import Appointment, WaitingEntry
from bookings.queries.courses import broken_by, courses_of
from bookings.queries.obstacles import obstacles


class PersonAndTime(admin.ModelAdmin):
    """The read-only fields of an appointment: who comes, when, and what for."""

    fields: ClassVar[Any] = (
        "reference",
        "shown_state",
        "record",
        "birth_date",
        "contact",
        "wishes",
        "when",
        "type",
        "treatment",
        "practitioner",
        "location",
    )
    readonly_fields = fields

    @admin.display(description=_("patient"), ordering="patient__name")
    def who(self, appointment: Appointment) -> str:
        return appointment.patient.name if appointment.patient else ""

    @admin.display(description=_("patient"))
    def record(self, appointment: Appointment) -> str:
        """The name, and who booked where that was someone else."""
        patient = appointment.patient
        if patient is None or not patient.booked_by:
            return self.who(appointment)
        return format_html("{}<br>{}", patient.name, _("Booked by %(name)s") % {"name": patient.booked_by})

    @admin.display(description=_("date of birth"))
    def birth_date(self, appointment: Appointment) -> str:
        born = appointment.patient.birth_date if appointment.patient else None
        return date_format(born, "j F Y") if born else "–"

    @admin.display(description=_("contact"))
    def contact(self, appointment: Appointment) -> str:
        patient = appointment.patient
        if patient is None or patient.erased_at:
            return ""
        address = format_html('<a href="mailto:{}">{}</a><br>', patient.email, patient.email) if patient.email else ""
        return format_html(
            '<a href="{}" dir="ltr">{}</a><br>{}{}',
            patient.phone.as_rfc3966,
            patient.phone,
            address,
            patient.get_channel_display(),
        )

    @admin.display(description=_("needs"))
    def wishes(self, appointment: Appointment) -> str:
        return ", ".join(str(Need(need).label) for need in appointment.needs if need in Need.values) or "–"

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, appointment: Appointment) -> str:
        return appointment.when

    @admin.display(description=_("state"))
    def shown_state(self, appointment: Appointment) -> str:
        return format_html(
            '<span class="status status--{}">{}</span>', appointment.state, appointment.get_state_display()
        )


def shown(appointment: Appointment, request: HttpRequest, *, may_change: bool) -> dict[str, Any]:
    """The context of an appointment's page: its buttons, what stands in the way, and its course."""
    now, user = timezone.now(), request.user
    buttons = buttons_for(appointment) if may_change else []
    rules = obstacles(appointment, now=now) if appointment.state in lifecycle.BOOKED else []
    blocked = bool(rules) and any(state == State.CONFIRMED for state, *_rest in buttons)
    step = last_step(appointment) if may_change else None
    is_consultation = appointment.type.kind == Kind.CONSULTATION
    return {
        "buttons": [button for button in buttons if not (blocked and button[0] == State.CONFIRMED)],
        "rules": rules if blocked else [],
        "standing": [] if blocked else rules,
        "rule_codes": ",".join(rules),
        "undoable": [step[1].label, step[0].label] if step else None,
        "screening_due": may_change and Rule.SCREENING in rules,
        "may_renew_link": may_change,
        "may_move": may_change and appointment.state in lifecycle.BOOKED,
        "may_read": may_read_answers(user) and appointment.screenings.exists(),
        "may_plan": (is_consultation and appointment.state == State.COMPLETED and user.has_perm("bookings.add_course")),
        "may_replan": user.has_perm("bookings.change_course"),
        "courses": [
            {"progress": one, "breaches": broken_by(one.days, one.days, one.course.gap)}
            for one in courses_of(appointment, now=now)
        ],
        "patient_link": link_for(appointment, request),
        "show_save": False,
        "show_save_and_continue": False,
        "show_save_and_add_another": False,
    }


def link_for(one: Appointment | WaitingEntry, request: HttpRequest) -> str:
    """The patient's own link, in their language."""
    with override(one.patient.language if one.patient else None):
        return request.build_absolute_uri(one.patient_path())
