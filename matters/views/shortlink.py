"""`/p/<code>/`: open what a short link leads to."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.clientip import client_ip
from common.errors import Refused
from matters.services import shortlinks

PURPOSE = "short-link"
WRONG_CODES = 20
TEN_MINUTES = 600


@login_not_required
@require_safe
@never_cache
def open_link(request: HttpRequest, code: str) -> HttpResponse:
    """Redirect to the page; wrong codes are counted, right ones never."""
    address = client_ip(request)
    if throttle.spent(PURPOSE, address, allowed=WRONG_CODES):
        raise Refused(
            "short_link_tries",
            "短链接输错的次数太多，请等十分钟再试，或者回到首页搜索事项。",
            status=429,
        )
    try:
        return HttpResponseRedirect(shortlinks.follow(code))
    except shortlinks.UnknownCode:
        throttle.within(PURPOSE, address, allowed=WRONG_CODES, seconds=TEN_MINUTES)
        raise
