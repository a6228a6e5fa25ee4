"""通知公告 and 使用帮助: lists and single pages."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from common import clock
from pages import prose
from pages.models import HelpPage, Notice

NOTICES_A_PAGE = 20


@login_not_required
@require_safe
def notice_list(request) -> HttpResponse:
    notices = Notice.objects.published(clock.today())
    page_obj = Paginator(notices, NOTICES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pages/notice_list.html", {"page_obj": page_obj})


@login_not_required
@require_safe
def notice(request, slug: str) -> HttpResponse:
    found = get_object_or_404(Notice.objects.published(clock.today()), slug=slug)
    context = {"notice": found, "blocks": prose.parse(found.body)}
    return render(request, "pages/notice.html", context)


@login_not_required
@require_safe
def help_list(request) -> HttpResponse:
    return render(request, "pages/help_list.html", {"help_pages": HelpPage.objects.all()})


@login_not_required
@require_safe
def help_page(request, slug: str) -> HttpResponse:
    found = get_object_or_404(HelpPage, slug=slug)
    blocks = prose.parse(found.body)
    context = {
        "help_page": found,
        "blocks": blocks,
        "contents": prose.contents(blocks),
        "others": HelpPage.objects.exclude(pk=found.pk),
    }
    return render(request, "pages/help_page.html", context)
