"""How often someone may try: exact sliding windows in PostgreSQL, counted before hashing.

One verification of a password costs a core about 0.1 to 0.4 s, so a try is counted before the
hash is computed, never after. Each key holds the moments of its recent tries; one statement drops
the old moments and adds a new one only while fewer than `allowed` are left. The row lock of
`ON CONFLICT` makes the count exact for any number of parallel requests on any number of hosts.

An account has two budgets: `familiar` for networks it has signed in from during the last 90 days,
`stranger` for all others together. Strangers can therefore use up their own five tries but never
lock an officer out of the office network, and both together stay within ten hashes per window.
"""

import datetime
import math
from dataclasses import dataclass

from django.db import connection, transaction

from accounts.clientip import counted_as
from common.errors import Refused

WINDOW = datetime.timedelta(minutes=15)
PER_BUDGET = 5
PER_ADDRESS = 20

TAKE = """
INSERT INTO accounts_logincounter AS c (key, hits)
VALUES (%(key)s, ARRAY[clock_timestamp()])
ON CONFLICT (key) DO UPDATE SET hits =
    ARRAY(SELECT h FROM unnest(c.hits) h WHERE h > clock_timestamp() - %(window)s)
    || clock_timestamp()
WHERE (SELECT count(*) FROM unnest(c.hits) h WHERE h > clock_timestamp() - %(window)s)
    < %(allowed)s
RETURNING hits[cardinality(hits)]
"""
WAIT = """
SELECT extract(epoch FROM min(h) + %(window)s - clock_timestamp())
FROM accounts_logincounter, unnest(hits) h
WHERE key = %(key)s AND h > clock_timestamp() - %(window)s
"""
GIVE_BACK = """
UPDATE accounts_logincounter SET hits = array_remove(hits, %(at)s) WHERE key = %(key)s
"""


@dataclass(frozen=True)
class Limit:
    """At most `allowed` tries under `key` within any WINDOW."""

    key: str
    allowed: int = PER_BUDGET


@dataclass(frozen=True)
class Hit:
    """One counted try; `at` identifies it when it is given back."""

    key: str
    at: datetime.datetime


class TooManyTries(Refused):
    """The limit is reached; `minutes` says how long to wait."""

    def __init__(self, seconds: float):
        self.minutes = max(1, math.ceil(seconds / 60))
        super().__init__(
            "too_many_tries",
            f"尝试次数过多，已暂停登录。请等 {self.minutes} 分钟后再试；"
            "急需办理时请联系安全管理员解除。",
            status=429,
        )


def login_limits(mark: str, ip: str, *, familiar: bool) -> tuple[Limit, Limit]:
    """The two limits of a password: of the account's budget, and of the address."""
    budget = "familiar" if familiar else "stranger"
    return Limit(f"{budget}:{mark}"), Limit(f"address:{counted_as(ip)}", PER_ADDRESS)


def take(*limits: Limit) -> list[Hit]:
    """Count one try under every limit, or under none; raises TooManyTries."""
    with transaction.atomic():
        return [_take_one(limit) for limit in limits]


def give_back(hits: list[Hit]) -> None:
    """A right answer was no attack: undo the counting of exactly these tries."""
    with connection.cursor() as cursor:
        for hit in hits:
            cursor.execute(GIVE_BACK, {"key": hit.key, "at": hit.at})


def _take_one(limit: Limit) -> Hit:
    values = {"key": limit.key, "window": WINDOW, "allowed": limit.allowed}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        row = cursor.fetchone()
        if row is None:
            cursor.execute(WAIT, values)
            raise TooManyTries(float(cursor.fetchone()[0] or 0))
    return Hit(limit.key, row[0])
