"""The clinic as one request sees it: read once, whoever asks."""

from django.http import HttpRequest

from clinic.models import Clinic


def clinic_of(request: HttpRequest) -> Clinic:
    """The clinic, kept on the request after the first look."""
    if not hasattr(request, "_clinic"):
        request._clinic = Clinic.objects.current()  # type: ignore[attr-defined]
    return request._clinic  # type: ignore[attr-defined]
