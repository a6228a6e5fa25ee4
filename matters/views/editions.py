"""A guide as it was: former editions for staff, because running cases go on under theirs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from matters import policies
from matters.models import MatterVersion
from matters.selfcheck import chosen_item
from matters.views.guide import guide_context
from matters.workflow import VersionStatus


@require_safe
def former_edition(request: HttpRequest, seq: int, number: int) -> HttpResponse:
    """The stored snapshot of a superseded edition under a notice; the live one is the guide."""
    policies.check_may_read_former(request.user)
    version = _find(seq, number)
    if version.status == VersionStatus.PUBLISHED:
        return redirect("matters:guide", seq)
    guide = version.snapshot or {}
    item = chosen_item(guide, request.GET.get("item"))
    context = guide_context(request, version, guide, item)
    return render(request, "matters/former_edition.html", context)


def _find(seq: int, number: int) -> MatterVersion:
    shown = (VersionStatus.PUBLISHED, VersionStatus.SUPERSEDED)
    versions = MatterVersion.objects.filter(status__in=shown).select_related("matter")
    version = versions.filter(matter__seq=seq, number=number).first()
    if version is None:
        raise Http404("没有这个版本，或者它没有发布过。")
    return version
