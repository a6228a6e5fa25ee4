"""Signing in and out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import demo, redirects, sessions
from accounts.backends import RoleBackend
from accounts.clientip import client_ip
from accounts.forms import SignInForm
from accounts.lockout import TooManyTries
from accounts.models import User
from accounts.services import people
from accounts.services.sign_in import sign_in as check_sign_in
from common import clock
from common.errors import Refused

BACKEND = f"{RoleBackend.__module__}.{RoleBackend.__qualname__}"
WRONG = "登录名或密码不正确。请检查大小写后再试；忘记密码请联系系统管理员重置。"


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request) -> HttpResponse:
    """The sign-in page of staff."""
    back = redirects.safe_next(request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated and request.method != "POST":
        return redirect(redirects.after_sign_in(back))
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        user, status = _checked(form, client_ip(request))
        if user is not None:
            return _begin(request, user, back)
    context = {
        "crumbs": [{"label": "工作人员登录"}],
        "form": form,
        "next": back,
        "reason": sessions.REASONS.get(request.GET.get("reason", ""), ""),
        "second_factor": settings.STAFF_SECOND_FACTOR,
        "demo_accounts": demo.ACCOUNTS if settings.DEMO_MODE else (),
        "demo_password": demo.PASSWORD if settings.DEMO_MODE else "",
    }
    return render(request, "accounts/sign_in.html", context, status=status)


@login_not_required
@require_POST
def sign_out(request) -> HttpResponse:
    """End the session on the server."""
    if request.user.is_authenticated:
        people.note_sign_out(request.user)
    logout(request)
    messages.success(request, "您已退出登录。")
    return redirect(settings.LOGOUT_REDIRECT_URL)


@login_not_required
@never_cache
def admin_sign_in(request) -> HttpResponse:
    """Stand before the admin's own login form, which knows neither lock-out nor second factor."""
    if request.user.is_authenticated:
        raise Refused(
            "no_admin_role", "您的岗位没有管理后台的权限。需要时请联系系统管理员。", status=403
        )
    back = redirects.safe_next(request.GET.get("next", "")) or "/admin/"
    return redirect(redirects.link("sign_in", next=back))


def _checked(form: SignInForm, ip: str) -> tuple[User | None, int]:
    try:
        user = check_sign_in(ip=ip, **form.cleaned_data)
    except TooManyTries as pause:
        form.add_error(None, pause.message)
        return None, pause.status
    if user is None:
        form.add_error(None, WRONG)
    return user, 200


def _begin(request, user: User, back: str) -> HttpResponse:
    """New session id (Django rotates it), marks for the limits, then the next step."""
    request.session.flush()
    login(request, user, backend=BACKEND)
    sessions.begin(request.session, int(clock.now().timestamp()))
    if settings.STAFF_SECOND_FACTOR:
        return redirect(redirects.link("verify", next=back))
    return redirect(redirects.after_sign_in(back))
