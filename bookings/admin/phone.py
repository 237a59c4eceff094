"""Booking for someone who calls: what and when, for whom, and the rules in words."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.actions.phone import book_by_phone
from bookings.admin.buttons import reason_in
from bookings.admin.free_times import free_times, nearest_times
from bookings.admin.page import StaffPage
from bookings.enums import Kind
from bookings.exceptions import ChangedMeanwhile, Obstructed, SlotTaken
from bookings.forms.staff_patient import ByPhoneForm, KnownPatientForm, NewPatientForm
from bookings.forms.staff_times import WhatForm
from bookings.forms.times import StartField
from bookings.models import Appointment, Course, Patient
from bookings.queries.courses import progress
from bookings.queries.patients import find_patients
from clinic.current import clinic_of
from clinic.models import Location

FOUND = 20


class BookByPhone(StaffPage):
    """The address says what is booked, then when, then for whom; POST books it."""

    title = gettext_lazy("Book an appointment")
    http_method_names = ["get", "post"]

    def may_open(self) -> bool:
        return bool(self.model_admin.has_add_permission(self.request))

    def find(self, **kwargs: Any) -> None:
        self.now = timezone.now()
        places = list(Location.objects.all()[:2])
        self.what = WhatForm(self.request.GET or None, initial={"location": places[0] if len(places) == 1 else None})

    @cached_property
    def start(self) -> datetime | None:
        """The chosen start; one that was sent with the form counts before that in the address."""
        try:
            return StartField().clean(self.request.POST.get("start") or self.request.GET.get("start") or "")
        except ValidationError:
            return None

    @cached_property
    def patient(self) -> Patient | None:
        """The record that was chosen. Raises Http404 if there is no such one."""
        key = self.request.GET.get("patient", "")
        return get_object_or_404(Patient, pk=key) if key.isdecimal() and self.may_search else None

    @property
    def may_search(self) -> bool:
        return self.request.user.has_perm("bookings.view_patient")

    def form(self, typed: Any = None) -> ByPhoneForm:
        place = self.what.cleaned_data["location"]
        today = self.now.astimezone(place.zone).date()
        if self.patient:
            return KnownPatientForm(typed, patient=self.patient, today=today, courses=self.courses(self.patient))
        clinic = clinic_of(self.request)
        return NewPatientForm(
            typed,
            today=today,
            region=place.country,
            languages=clinic.languages,
            initial={"language": clinic.default_language},
        )

    def courses(self, patient: Patient) -> list[Any]:
        """How far the patient's courses of the treatment are, where a session is booked."""
        chosen = self.what.cleaned_data
        if chosen["type"].kind != Kind.SESSION:
            return []
        found = Course.objects.filter(consultation__patient=patient, treatment=chosen["treatment"])
        return [progress(course, now=self.now) for course in found]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.what.is_valid():
            return self.page("phone_time.html")
        if self.start is None:
            free = free_times(self.what.wish, self.what.cleaned_data["day"], now=self.now)
            return self.page("phone_time.html", free=free)
        return self.for_whom(self.form())

    def for_whom(self, form: ByPhoneForm, **more: Any) -> HttpResponse:
        text = self.request.GET.get("q", "").replace("\x00", "").strip()[:120]
        found = list(find_patients(text)[:FOUND]) if text and self.may_search else []
        return self.page("phone_patient.html", form=form, local=self.local(self.start), q=text, found=found, **more)

    def local(self, start: datetime | None) -> datetime | None:
        return start.astimezone(self.what.cleaned_data["location"].zone) if start else None

    def page(self, template: str, **more: Any) -> HttpResponse:
        context = {
            **self.get_context_data(),
            "what": self.what,
            "chosen": self.what.cleaned_data if self.what.is_valid() else {},
            "patient": self.patient,
            "may_search": self.may_search,
            "kept": [(name, self.request.GET[name]) for name in self.request.GET if name not in {"q", "patient"}],
            **more,
        }
        return render(self.request, f"admin/bookings/{template}", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.what.is_valid() or self.start is None:
            return self.page("phone_time.html")
        form = self.form(request.POST)
        if not form.is_valid():
            return self.for_whom(form)
        try:
            booked = self.book(form, self.start)
        except Obstructed as error:
            return self.for_whom(form, rules=error.rules, rule_codes=",".join(error.rules))
        except SlotTaken:
            return self.for_whom(form, lost=True, nearest=nearest_times(self.what.wish, self.start, now=self.now))
        except ChangedMeanwhile:
            messages.error(request, _("This session of the course was booked meanwhile. Choose another one."))
            return self.for_whom(self.form(request.POST))
        self.model_admin.log_addition(request, booked, [{"added": {}}])
        messages.success(request, _("Booked. Tell the patient the reference: %(code)s.") % {"code": booked.reference})
        return redirect("admin:bookings_appointment_change", booked.pk)

    def book(self, form: ByPhoneForm, start: datetime) -> Appointment:
        """Book it; only rules that were shown are overridden, and only with a reason."""
        typed, reason = form.cleaned_data, reason_in(self.request)
        values: dict[str, Any] = {
            "wish": self.what.wish,
            "treatment": self.what.cleaned_data["treatment"],
            "start": start,
            "patient": form.patient,
            "by": self.staff,
            "now": self.now,
            "needs": typed["needs"],
            "place": form.place,
            "confirm": typed["confirm"],
        }
        try:
            return book_by_phone(**values)
        except Obstructed as error:
            if not reason or not set(error.rules) <= set(self.request.POST.get("rules", "").split(",")):
                raise
            return book_by_phone(**values, reason=reason, override=True)
