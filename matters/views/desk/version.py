"""Pages about a whole version: preview, difference, deeds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matters.policies import READERS
from matters.selfcheck import chosen_item
from matters.views.desk.access import for_roles
from matters.views.desk.frame import guide_of, status_tag, whole_version
from matters.views.guide import guide_context


@for_roles(*READERS)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The guide exactly as a citizen would read it, from a snapshot made on the fly."""
    version = whole_version(pk)
    guide = guide_of(version)
    if guide is None or not guide["items"]:
        messages.warning(request, "还不能预览：至少要有一个业务办理项、收费和办理结果。")
        return redirect(reverse("matters:desk_matter", args=[version.matter.seq]))
    item = chosen_item(guide, request.GET.get("item"))
    context = guide_context(request, version, guide, item) | {
        "status_tag": status_tag(version),
        "desk_version_url": reverse("matters:desk_section", args=[version.pk, "basic"]),
    }
    return render(request, "matters/desk/preview.html", context)
