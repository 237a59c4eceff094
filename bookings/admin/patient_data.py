"""For whoever asks at the desk or by phone: a copy of all that is stored about a patient, and erasing it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.actions.privacy import erase_patient
from bookings.admin.answers import may_read_answers
from bookings.admin.erasures import ErasurePage
from bookings.admin.page import StaffPage
from bookings.models import AnswersRead, CheckIn, Patient, Screening
from bookings.queries.personal_data import about, personal_data


def may_download(user: Any) -> bool:
    """The copy holds the answers about health, so only those who may read them and look up every patient take one."""
    return bool(user.has_perm("bookings.view_patient")) and may_read_answers(user)


def may_erase(user: Any) -> bool:
    return bool(user.has_perm("bookings.change_erasurerequest"))


def patient_of(model_admin: Any, request: HttpRequest, pk: int) -> Patient:
    """Raises Http404, also for whoever was erased."""
    found: Patient = get_object_or_404(model_admin.get_queryset(request), pk=pk, erased_at=None)
    return found


class DownloadData(StaffPage):
    """The same file that patients download themselves; that the answers were read is logged."""

    http_method_names = ["get"]

    def find(self, **kwargs: Any) -> None:
        self.patient = patient_of(self.model_admin, self.request, kwargs["pk"])

    def may_open(self) -> bool:
        return may_download(self.request.user)

    @transaction.atomic
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        read = [AnswersRead(screening=one, user=self.staff, at=now) for one in about(Screening, self.patient)]
        read += [AnswersRead(check_in=one, user=self.staff, at=now) for one in about(CheckIn, self.patient)]
        AnswersRead.objects.bulk_create(read)
        content = {"made_at": now, **personal_data(self.patient)}
        response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = 'attachment; filename="data.json"'
        return response


class EraseNow(ErasurePage):
    """POST with the tick erases; the copy is taken before."""

    def find(self, **kwargs: Any) -> None:
        self.patient = patient_of(self.model_admin, self.request, kwargs["pk"])

    def may_open(self) -> bool:
        return may_erase(self.request.user)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "sure" not in request.POST:
            return self.not_ticked()
        erase_patient(patient=self.patient, now=timezone.now(), by=self.staff)
        self.patient.refresh_from_db()
        self.model_admin.log_change(request, self.patient, "Erased.")
        messages.success(request, _("Erased. If the patient is to hear of it, you still have to tell them."))
        return redirect("admin:bookings_patient_changelist")
