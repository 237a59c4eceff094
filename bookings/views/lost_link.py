"""“I lost my link”: the answer is the same for everyone, and comes before anything is looked up."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.lost_link import send_links
from bookings.forms.lost_link import LostLinkForm
from bookings.queries.lost_links import address_on_record
from clinic.limits import address_of, allowed, seconds_to_wait
from clinic.views.errors import too_many

logger = logging.getLogger(__name__)
HOUR = 3600
ASKS_AN_HOUR = 10  # of one internet address
MAILS_AN_HOUR = 3  # to one mailbox


class AnswerFirst(HttpResponseRedirect):
    """Leads on, and works when the answer is on its way: nobody can tell from the time it took what was found."""

    def __init__(self, to: str, *, then: Callable[[], None], **kwargs: Any) -> None:
        super().__init__(to, **kwargs)
        self.then = then

    def close(self) -> None:
        """Called by the server when everything is sent."""
        try:
            self.then()
        except Exception as error:
            # The text of an error may name the address.
            logger.error("a lost link could not be looked up: %s", type(error).__name__)
        finally:
            super().close()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lost_link(request: HttpRequest) -> HttpResponse:
    form = LostLinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "bookings/lost_link.html", {"form": form}, status=422 if form.errors else 200)
    if wait := seconds_to_wait("lost link", address_of(request), limit=ASKS_AN_HOUR, seconds=HOUR):
        why = _("From your internet connection, links were asked for very often in the last hour.")
        return too_many(request, seconds=wait, why=why, back=request.path)
    then = partial(look_up, contact=form.cleaned_data["contact"])
    return AnswerFirst(reverse("bookings:lost_link_sent"), then=then)


@require_safe
@never_cache
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "bookings/lost_link_sent.html")


def look_up(*, contact: str) -> None:
    """Send the links to the address on record, a few times an hour at most."""
    email = address_on_record(contact)
    if email and allowed("lost link mail", email.casefold(), limit=MAILS_AN_HOUR, seconds=HOUR):
        send_links(email=email, now=timezone.now())
