"""How often one address, or one token, may ask."""

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from accounts import throttle
from accounts.clientip import client_ip

SECONDS = 60


class PerMinute(BaseThrottle):
    """So many requests a minute: anonymous ones by address, others by token.

    Counted as `accounts.throttle` counts: no address is stored, a cache that is away blocks nobody.
    """

    def allow_request(self, request, view) -> bool:
        if request.auth is None:
            allowed = settings.API_REQUESTS_PER_MINUTE
            return throttle.within("api", client_ip(request), allowed=allowed, seconds=SECONDS)
        allowed = settings.API_TOKEN_REQUESTS_PER_MINUTE
        return throttle.within_for("api-token", request.auth.prefix, allowed, SECONDS)

    def wait(self) -> float:
        """The window is at most this long; the counter does not tell how much of it is left."""
        return SECONDS
