"""Comparing two editions and talking about it: `/desk/matters/version/<pk>/diff/`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from matters.policies import READERS
from matters.services import reviewing
from matters.views.desk.access import CATALOGUE, for_roles


@for_roles(*READERS)
@require_safe
def diff(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("")


@for_roles(*CATALOGUE)
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a remark on one section."""
    part = request.POST.get("part", "")
    reviewing.add_comment(
        version_id=pk, by=request.user, text=request.POST.get("text", ""), part=part
    )
    messages.success(request, "意见已记下，编辑人会在那一节看到。")
    return redirect(reverse("matters:desk_diff", args=[pk]) + (f"#part-{part}" if part else ""))


@for_roles(*CATALOGUE)
@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a remark as dealt with."""
    found = reviewing.resolve_comment(comment_id=pk, by=request.user)
    messages.success(request, "这条意见已标为处理好。")
    return redirect(reverse("matters:desk_diff", args=[found.version_id]))
