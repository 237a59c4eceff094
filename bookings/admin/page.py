"""What every page about one appointment in the admin has: who may see it, and the admin's frame around it."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic.base import ContextMixin, View

from bookings.models import Appointment


class StaffPage(ContextMixin, View):
    """A page of the admin: `may_open` says for whom, anyone else is refused."""

    model_admin: Any = None
    title: Any = ""

    @property
    def staff(self) -> User:
        """Who is signed in: the admin lets nobody else come this far."""
        return self.request.user  # type: ignore[return-value]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find(**kwargs)
        if not self.may_open():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find(self, **kwargs: Any) -> None:
        """Look up what the page is about. Raises Http404."""

    def may_open(self) -> bool:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            **self.model_admin.admin_site.each_context(self.request),
            "title": self.title,
            "opts": self.model_admin.opts,
        }


class AppointmentPage(StaffPage):
    """A page about the appointment with the key `pk`, for whoever may change it in the admin; holds are none."""

    appointment: Appointment

    def find(self, **kwargs: Any) -> None:
        found = self.model_admin.get_queryset(self.request).select_related(
            "patient", "type", "treatment", "practitioner", "location", "course__treatment", "course__consultation"
        )
        self.appointment = get_object_or_404(found, pk=kwargs["pk"])

    def may_open(self) -> bool:
        return bool(self.model_admin.has_change_permission(self.request, self.appointment))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "original": self.appointment}

    def back(self) -> HttpResponse:
        return redirect("admin:bookings_appointment_change", self.appointment.pk)
