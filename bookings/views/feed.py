"""The private calendar of a practitioner or a location, for calendar programs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bookings.queries.calendar_feeds import feed_behind, read_feed


@require_safe
@cache_control(private=True, no_cache=True)
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The address is the key: no session. Not sent again to a program that has it as it is."""
    feed = feed_behind(secret)
    if feed is None:
        raise Http404
    found = read_feed(feed, now=timezone.now())
    etag = quote_etag(found.fingerprint)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(found.file(), content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["X-Robots-Tag"] = "noindex"
    return response
