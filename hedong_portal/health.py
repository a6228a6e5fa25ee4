"""What a load balancer asks: is the process alive, may it get requests."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hedong_portal.preparation import is_ready


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """`/healthz`: the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """`/readyz`: the database takes writes and has all migrations; otherwise 503."""
    if is_ready():
        return HttpResponse("ok\n", content_type="text/plain")
    return HttpResponse(
        "database not ready\n", content_type="text/plain", status=503, headers={"Retry-After": "5"}
    )
