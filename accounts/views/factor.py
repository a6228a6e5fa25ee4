"""The two pages of the second factor."""

from base64 import b32encode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as otp_login

from accounts import redirects
from accounts.clientip import client_ip
from accounts.forms import CodeForm
from accounts.lockout import TooManyTries
from accounts.services import factor

ENROL_KEY = "factor_key"
WRONG_CODE = "动态口令不对或已用过。请等手机上出现新的 6 位数字再填写，并确认手机时间准确。"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request) -> HttpResponse:
    """Ask for the code of the bound phone."""
    back = _back(request)
    if request.user.is_verified():
        return redirect(redirects.after_sign_in(back))
    if not factor.has_factor(request.user):
        return redirect(redirects.link("enrol", next=back))
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        device, status = _checked(request, form, factor.verify)
        if device is not None:
            return _verified(request, device, back)
    context = {"form": form, "next": back}
    return render(request, "accounts/verify.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request) -> HttpResponse:
    """Bind a phone: QR code, key as text, and a first code as proof.

    The secret waits in the session, sealed, so an abandoned visit leaves no device.
    """
    back = _back(request)
    if factor.has_factor(request.user):
        return redirect(redirects.link("verify", next=back))
    if ENROL_KEY not in request.session:
        request.session[ENROL_KEY] = factor.new_sealed_key(request.user)
    key = factor.open_key(request.user, request.session[ENROL_KEY])
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        device, status = _checked(request, form, factor.enrol, key=key)
        if device is not None:
            del request.session[ENROL_KEY]
            return _verified(request, device, back)
    device = factor.device_for(request.user, key)
    context = {
        "form": form,
        "next": back,
        "otp_url": device.otp_url,
        "key_groups": _in_fours(b32encode(bytes.fromhex(key)).decode()),
    }
    return render(request, "accounts/enrol.html", context, status=status)


def _back(request) -> str:
    return redirects.safe_next(request.POST.get("next") or request.GET.get("next", ""))


def _checked(request, form: CodeForm, verb, **more):
    try:
        device = verb(
            user=request.user, code=form.cleaned_data["code"], ip=client_ip(request), **more
        )
    except TooManyTries as pause:
        form.add_error(None, pause.message)
        return None, pause.status
    if device is None:
        form.add_error("code", WRONG_CODE)
    return device, 200


def _verified(request, device, back: str) -> HttpResponse:
    """Rights grow here, so the session gets a new id (ASVS 5.0, 7.2.4)."""
    otp_login(request, device)
    request.session.cycle_key()
    return redirect(redirects.after_sign_in(back))


def _in_fours(text: str) -> list[str]:
    return [text[start : start + 4] for start in range(0, len(text), 4)]
