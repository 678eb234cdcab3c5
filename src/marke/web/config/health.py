"""Whether all is up: asked by who starts or watches the workspace."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

NO_WORKER = "de werker draait niet"
_QUIET_SECONDS = 60
_ALIVE = "SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - %s::interval LIMIT 1"


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and a worker told that it lives, otherwise 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ALIVE, [f"{_QUIET_SECONDS} seconds"])
            working = cursor.fetchone() is not None
    except DatabaseError:
        return JsonResponse({"status": "de database antwoordt niet"}, status=503)
    if not working:
        return JsonResponse({"status": NO_WORKER}, status=503)
    return JsonResponse({"status": "ok"})
