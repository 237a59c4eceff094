"""The error pages, in the site's own look, each with what to do next."""

import logging
import secrets
from math import ceil

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 for more data than a form of ours ever sends."""
    too_big = isinstance(exception, RequestDataTooBig)
    return render(request, "errors/400.html", {"too_big": too_big}, status=413 if too_big else 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403.html", {"csrf": True}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest, *, seconds: int, why: str, back: str = "", kept: bool = False) -> HttpResponse:
    """429 for whoever reached one of `clinic.limits`: `why` says which, `seconds` when a turn is free again.

    `back` is where to go on then, `kept` whether something typed waits there.
    """
    context = {"minutes": ceil(seconds / 60), "why": why, "back": back, "kept": kept}
    response = render(request, "errors/429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, rendered without the database, with a reference that also stands in the log."""
    reference = secrets.token_hex(4)
    logger.error("error page shown, reference %s", reference)
    return HttpResponse(render_to_string("errors/500.html", {"reference": reference}), status=500)
