"""Whether the process lives, and whether it can serve: for load balancers and `make run`."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 with the part that fails, when the database or the cache does not answer."""
    failing = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        failing.append("database")
    try:
        cache.set("readyz", "ok", 5)
    except Exception:
        # Every cache backend has exceptions of its own.
        failing.append("cache")
    return JsonResponse({"status": "failing" if failing else "ok", "failing": failing}, status=503 if failing else 200)
