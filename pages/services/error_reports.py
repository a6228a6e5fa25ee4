"""Taking in what readers found wrong."""

import secrets

from accounts import throttle
from common import clock
from common.errors import Refused
from pages.models import ErrorReport

REPORTS_AN_HOUR = 10
HOUR = 3600
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U: read out on the phone


def check_rate(address: str) -> None:
    """At most REPORTS_AN_HOUR from one network address, which is not stored. Raises Refused."""
    if not throttle.within("error-report", address, allowed=REPORTS_AN_HOUR, seconds=HOUR):
        raise Refused(
            "too_many_reports",
            f"这个网络一小时内已经提交了 {REPORTS_AN_HOUR} 条。请稍后再提交，或拨打 12345。",
            status=429,
        )


def take_in(report: ErrorReport) -> ErrorReport:
    """Give the report its number and moment and store it."""
    report.created_at = clock.now()
    report.number = _number(report.created_at)
    report.save()
    return report


def _number(moment) -> str:
    tail = "".join(secrets.choice(ALPHABET) for _ in range(5))
    return f"ZC{moment:%Y%m%d}{tail}"
