"""The page that asks which of several records stays."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.actions.merge import merge

# More than these are hardly one person, and nobody could compare them.
MOST = 6


def merge_page(model_admin: Any, request: HttpRequest, chosen: Any) -> HttpResponse | None:
    """Shows the chosen records side by side; sent again with `keep`, merges the others into it.

    Nobody becomes again who they were: the records of erased people are left out.
    """
    known = chosen.filter(erased_at=None).prefetch_related("appointments__location")
    patients = list(known.order_by("created_at", "pk")[: MOST + 1])
    if not 2 <= len(patients) <= MOST:
        messages.error(request, _("Choose two to %(most)s records.") % {"most": MOST})
        return None
    keep = next((one for one in patients if str(one.pk) == request.POST.get("keep")), None)
    if keep:
        gone = [one for one in patients if one != keep]
        merge(keep=keep, gone=gone, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("Merged: all of it belongs to %(name)s now.") % {"name": keep.name})
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Which record stays?"),
        "opts": model_admin.opts,
        "patients": patients,
        "checkbox": ACTION_CHECKBOX_NAME,
        "nothing_chosen": "merging" in request.POST,
    }
    return render(request, "admin/bookings/merge.html", context)
