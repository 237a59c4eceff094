"""The questions before a visit, asked on the phone: staff type the answers, and cannot read them afterwards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.actions.booking import Agreed, Screened
from bookings.actions.note_answers import note_answers
from bookings.admin.page import AppointmentPage
from bookings.enums import ConsentKind
from bookings.forms.staff_questions import QuestionsForm
from bookings.queries.consents import has_agreed, text_for
from bookings.queries.obstacles import edition_of
from bookings.screening import questions
from clinic.current import clinic_of


class AskQuestions(AppointmentPage):
    """GET shows the questions of the treatment's page in force; POST stores the answers, sealed.

    Nothing is asked before the patient agreed that their data are used. Where the answers speak against a visit now,
    nothing is stored: the page says why.
    """

    title = gettext_lazy("Questions before the visit")
    http_method_names = ["get", "post"]

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        clinic, self.now, patient = clinic_of(self.request), timezone.now(), self.appointment.patient
        self.edition = edition_of(self.appointment.treatment, clinic, at=self.now)
        self.text = text_for(patient, ConsentKind.DATA, clinic) if patient else None
        self.has_agreed = has_agreed(patient, ConsentKind.DATA) if patient else False

    def may_open(self) -> bool:
        return super().may_open() and self.appointment.state in lifecycle.BOOKED

    @property
    def can_ask(self) -> bool:
        return self.edition is not None and (self.has_agreed or self.text is not None)

    def form(self, typed: Any = None) -> QuestionsForm:
        return QuestionsForm(
            typed,
            asked=questions(self.edition.content) if self.edition else [],
            today=self.now.astimezone(self.appointment.location.zone).date(),
            text=None if self.has_agreed else self.text,
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(self.form())

    def page(self, form: QuestionsForm) -> HttpResponse:
        context = {"form": form, "can_ask": self.can_ask, "text": form.text}
        return render(self.request, "admin/bookings/questions.html", {**self.get_context_data(), **context})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not self.can_ask or not form.is_valid() or self.edition is None:
            return self.page(form)
        found = form.result
        if found.blocks:
            context = {**self.get_context_data(), "result": found}
            return render(request, "admin/bookings/not_suitable.html", context)
        screened = Screened(
            edition=self.edition,
            answers={key: answer.to_dict() for key, answer in form.answers.items()},
            needs_review=found.needs_review,
            not_before=found.not_before,
            at=self.now,
        )
        agreed = [Agreed(form.text, self.now)] if form.text else []
        note_answers(appointment=self.appointment, screened=screened, agreed=agreed)
        messages.success(request, _("The answers are stored. Only those who treat can read them."))
        if found.needs_review:
            messages.warning(request, _("A clinician must review them before the appointment is confirmed."))
        if found.not_before and self.appointment.local_start.date() < found.not_before:
            day = date_format(found.not_before, "j F Y")
            messages.warning(request, _("Move the appointment to %(day)s or later.") % {"day": day})
        return self.back()
