"""A person's own security pages."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import search
from accounts.forms import PasswordForm
from accounts.lockout import TooManyTries
from accounts.services import factor, people

WRONG_PASSWORD = "现在的密码不正确。请重新输入；忘记密码请联系系统管理员重置。"  # noqa: S105


@never_cache
@require_safe
def overview(request) -> HttpResponse:
    """Roles, factor, password age and the latest sign-ins of the person."""
    context = {
        "crumbs": [{"label": "账户与安全"}],
        "roles": request.user.role_assignments.all(),
        "has_factor": factor.has_factor(request.user),
        "attempts": search.latest_attempts(request.user),
    }
    return render(request, "accounts/security.html", context)


@sensitive_post_parameters("old", "new", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request) -> HttpResponse:
    """Change the own password; the present sign-in goes on, all others end."""
    form, status = PasswordForm(request.POST or None, user=request.user), 200
    if request.method == "POST" and form.is_valid():
        status = _check_old(request.user, form)
        if form.is_valid():
            user = people.change_password(user=request.user, new=form.cleaned_data["new"])
            update_session_auth_hash(request, user)
            messages.success(request, "密码已修改。其他设备上的登录已全部退出。")
            return redirect("accounts:security")
    crumbs = [{"label": "账户与安全", "url": reverse("accounts:security")}, {"label": "修改密码"}]
    context = {"crumbs": crumbs, "form": form}
    return render(request, "accounts/password.html", context, status=status)


def _check_old(user, form: PasswordForm) -> int:
    try:
        if not people.check_own_password(user=user, password=form.cleaned_data["old"]):
            form.add_error("old", WRONG_PASSWORD)
    except TooManyTries as pause:
        form.add_error(None, pause.message)
        return pause.status
    return 200
