"""After a consultation: planning a course of sessions, changing the plan, or giving it up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.actions.plan import change_course, plan_course, remove_course
from bookings.admin.page import AppointmentPage
from bookings.enums import Kind, State
from bookings.exceptions import BookingError, ChangedMeanwhile
from bookings.forms.staff_plan import PlanForm, first_phase, proposed
from bookings.models import AppointmentType, Course
from bookings.queries.obstacles import edition_of
from clinic.current import clinic_of
from treatments.models import Treatment


class CoursePage(AppointmentPage):
    """A page about the courses planned at one completed consultation."""

    permission = "bookings.add_course"
    course: Course | None = None

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        if key := kwargs.get("course"):
            self.permission = "bookings.change_course"
            self.course = get_object_or_404(self.appointment.courses.select_related("treatment"), pk=key)

    def may_open(self) -> bool:
        kept, user = self.appointment, self.request.user
        is_over = kept.type.kind == Kind.CONSULTATION and kept.state == State.COMPLETED
        return super().may_open() and is_over and user.has_perm(self.permission)


class PlanCourse(CoursePage):
    """The form begins with the first phase of the treatment's page; the treatment is chosen by `?treatment=`."""

    title = gettext_lazy("Plan the sessions")
    http_method_names = ["get", "post"]

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        consulted = self.course.treatment if self.course else self.appointment.treatment
        below = Treatment.objects.filter(is_overview=False)
        self.treatments = below.filter(parent=consulted) if consulted.is_overview else below
        key = self.request.GET.get("treatment", "")
        self.treatment = (
            get_object_or_404(self.treatments, pk=key)
            if key.isdecimal()
            else None
            if consulted.is_overview
            else consulted
        )
        edition = edition_of(self.treatment, clinic_of(self.request), at=timezone.now()) if self.treatment else None
        self.phase = first_phase(edition.content) if edition else None
        self.type = AppointmentType.objects.sessions_for(self.treatment).first() if self.treatment else None

    def form(self, typed: Any = None) -> PlanForm:
        planned = self.course if self.course and self.course.treatment == self.treatment else None
        names = ("phase", "sessions", "gap_from", "gap_to", "gap_unit")
        initial = {name: getattr(planned, name) for name in names} if planned else proposed(self.phase)
        return PlanForm(typed, phase=self.phase, initial=initial)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.form())

    def page(self, form: PlanForm) -> HttpResponse:
        context = {
            "form": form,
            "course": self.course,
            "treatment": self.treatment,
            "treatments": self.treatments,
            "can_plan": self.treatment is not None and self.type is not None,
        }
        return render(self.request, "admin/bookings/plan.html", {**self.get_context_data(), **context})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if self.treatment is None or self.type is None or not form.is_valid():
            return self.page(form)
        plan = {**form.cleaned_data, "treatment": self.treatment, "type": self.type, "now": timezone.now()}
        try:
            if self.course:
                change_course(course=self.course, **plan)
            else:
                plan_course(consultation=self.appointment, by=self.staff, **plan)
        except BookingError:
            messages.error(request, _("The plan can no longer be changed: sessions of it are booked."))
        else:
            messages.success(request, _("Planned. The patient books the sessions by the link of this consultation."))
        return self.back()


class RemoveCourse(CoursePage):
    """Forgets a course of which nothing is booked."""

    http_method_names = ["post"]

    def may_open(self) -> bool:
        self.permission = "bookings.delete_course"
        return super().may_open()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        course = get_object_or_404(self.appointment.courses, pk=kwargs["course"])
        try:
            remove_course(course=course, now=timezone.now())
        except ChangedMeanwhile:
            messages.error(request, _("It stays: sessions of it are booked, or were."))
        else:
            messages.success(request, _("The plan is gone."))
        return self.back()
