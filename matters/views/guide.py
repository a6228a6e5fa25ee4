"""The guide page and the list of its editions."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matters.models import GuideText, MatterVersion
from matters.presenting import article
from matters.presenting.article import Frame
from matters.selfcheck import chosen_item
from matters.services import texts
from matters.views.breadcrumbs import guide_crumbs
from matters.views.lookup import guides_shown, with_guide
from matters.workflow import FROZEN


@login_not_required
@require_safe
def guide(request: HttpRequest, seq: int) -> HttpResponse:
    """办事指南 for one business item (`?item=02`; an unknown one shows the first)."""
    text = texts.find_text(seq, request.GET.get("item"))
    return _made_now(request, seq=seq) if text is None else _stored(request, text)


def _stored(request: HttpRequest, text: GuideText) -> HttpResponse:
    """The page around a body made when the edition was published."""
    context = {
        "guide": text.head,
        "version": text.version,
        "crumbs": guide_crumbs(text.head),
        "article": texts.html_of(text),
    }
    response = render(request, "matters/guide.html", context)
    response["Surrogate-Key"] = guides_shown(text.head)
    return response


@with_guide
def _made_now(request: HttpRequest, version: MatterVersion) -> HttpResponse:
    """The page of an edition without a stored body, or whose body would be another one now."""
    snapshot = version.snapshot or {}
    item = chosen_item(snapshot, request.GET.get("item"))
    return render(request, "matters/guide.html", guide_context(request, version, snapshot, item))


def guide_context(
    request: HttpRequest, version: MatterVersion, snapshot: dict[str, Any], item: dict[str, Any]
) -> dict[str, Any]:
    """What the guide page shows of a snapshot; the editing desk previews a draft with it."""
    frame = Frame.of(version, snapshot["related"])
    return article.context(snapshot, item, frame) | {
        "article": article.article(snapshot, item, frame),
        "crumbs": guide_crumbs(snapshot),
    }


@login_not_required
@require_safe
@with_guide
def history(request: HttpRequest, version: MatterVersion) -> HttpResponse:
    """Published editions of one matter, newest first; old texts are for staff."""
    editions = MatterVersion.objects.filter(matter=version.matter, status__in=FROZEN)
    context = {
        "guide": version.snapshot,
        "crumbs": guide_crumbs(version.snapshot, "历次版本"),
        "editions": editions.only(
            "number", "status", "published_at", "superseded_at", "effective_on"
        ).order_by("-number"),
    }
    return render(request, "matters/history.html", context)
