"""Session rules of signed-in staff: idle and absolute limits, second factor, forced change."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse

from accounts import redirects, sessions
from accounts.models import User
from accounts.services import factor
from common import clock

OPEN_WITHOUT_FACTOR = frozenset({"accounts:verify", "accounts:enrol", "accounts:sign_out"})
OPEN_WITHOUT_CHANGE = frozenset({"accounts:password", "accounts:sign_out"})


class IdleTimeoutMiddleware:
    """End a session of staff that was idle, or open, for too long, and say so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        request.session_ended = ""
        if _has_session(request) and _is_staff(request.user):
            self._end_or_note(request)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        """A page that needs a person leads to the sign-in page with the reason."""
        if not request.session_ended or not getattr(view, "login_required", True):
            return None
        back = redirects.page_to_return_to(request)
        url = redirects.link("sign_in", reason=request.session_ended, next=back)
        return redirects.go(request, url)

    @staticmethod
    def _end_or_note(request) -> None:
        now = int(clock.now().timestamp())
        limits = sessions.Limits(
            idle=settings.STAFF_IDLE_MINUTES * 60, age=settings.STAFF_SESSION_HOURS * 3600
        )
        request.session_ended = sessions.end_reason(request.session, now, limits)
        if request.session_ended:
            logout(request)
        else:
            sessions.note_seen(request.session, now)


class StaffSecondFactorMiddleware:
    """Hold staff back until the second factor is shown and a handed-out password is changed.

    Works by exception: every view of every app is closed except the few named above, so a new
    page, an API or the admin cannot forget the rule.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        """Redirect to the step that is still missing."""
        if not _has_session(request) or not _is_staff(request.user):
            return None
        name = request.resolver_match.view_name
        if settings.STAFF_SECOND_FACTOR and not request.user.is_verified():
            return None if name in OPEN_WITHOUT_FACTOR else _to_factor(request)
        if request.user.must_change_password and name not in OPEN_WITHOUT_CHANGE:
            return redirects.go(request, redirects.link("password"))
        return None


def _has_session(request) -> bool:
    # Without the cookie nobody is signed in; not touching the session keeps public pages cacheable.
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _is_staff(user) -> bool:
    return user.is_authenticated and user.kind == User.Kind.STAFF


def _to_factor(request) -> HttpResponse:
    step = "verify" if factor.has_factor(request.user) else "enrol"
    back = redirects.page_to_return_to(request)
    return redirects.go(request, redirects.link(step, next=back))
