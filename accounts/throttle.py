"""Calm limits for public pages: so many times in so many seconds from one network address.

Counted in the cache, under a keyed digest that changes every day, so that no address is stored.
A cache that is away blocks nobody: these limits protect comfort, not secrets.
"""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.clientip import counted_as
from common.clock import today


def within(purpose: str, address: str, *, allowed: int, seconds: int) -> bool:
    """Count one try of `address`; whether it is still among the first `allowed` of the window."""
    return within_for(purpose, counted_as(address), allowed, seconds)


def within_for(purpose: str, who: str, allowed: int, seconds: int) -> bool:
    """The same for anything that has a name, for example the prefix of a token."""
    key = _key(purpose, who)
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key) <= allowed
    except (RedisError, ValueError):  # away, or expired between the two calls
        return True


def spent(purpose: str, address: str, *, allowed: int) -> bool:
    """Whether `address` has used up its tries, without counting one."""
    try:
        return cache.get(_key(purpose, counted_as(address)), 0) >= allowed
    except RedisError:
        return False


def _key(purpose: str, who: str) -> str:
    message = f"{purpose}|{today().isoformat()}|{who}"
    digest = hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
    return f"throttle:{purpose}:{digest[:32]}"
