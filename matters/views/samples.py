"""样板卷: the model dossier of a matter, one sheet of it, and its PDF."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matters.exports import attachment
from matters.models import MatterVersion
from matters.presenting import samples
from matters.presenting.answers import Answers
from matters.services.sample_pdf import sample_pdf as make_pdf
from matters.services.samples import public_content
from matters.views.breadcrumbs import guide_crumbs
from matters.views.lookup import with_guide

Guide = Mapping[str, Any]
SITE_NAME = "天津市河东区政务服务"


@login_not_required
@require_safe
@with_guide
def sample(request: HttpRequest, version: MatterVersion) -> HttpResponse:
    """All sheets of one situation (`?item=01&q_land=granted`; what is left out is assumed)."""
    guide = version.snapshot or {}
    content = public_content(version)
    answers = samples.situation(guide, content, request.GET.dict())
    context = _page(request, guide, content) | {
        "sheets": samples.sheets(guide, content, answers),
        "answers": answers,
        "questions": answers.questions,
        "pdf_url": f"{reverse('matters:sample_pdf', args=[guide['seq']])}?{answers.query()}",
        "materials_url": _materials_url(guide, answers),
        "crumbs": guide_crumbs(guide, "样板卷"),
    }
    return render(request, "matters/sample.html", context)


@login_not_required
@require_safe
@with_guide
def sample_page(request: HttpRequest, version: MatterVersion, key: str) -> HttpResponse:
    """One sheet: what a single material looks like and what goes wrong with it."""
    guide = version.snapshot or {}
    material = next((m for m in guide["materials"] if m["key"] == key), None)
    if material is None or not material["items"]:
        raise Http404("这份指南里没有这份材料。")
    suffix = request.GET.get("item", "")
    if suffix not in material["items"]:
        suffix = material["items"][0]
    content = public_content(version)
    same = [m for m in guide["materials"] if suffix in m["items"]]
    sheets = samples.drawn(guide, content, same, suffix)
    at = next((n for n, sheet in enumerate(sheets) if sheet.key == key), None)
    if at is None:
        raise Http404("这份材料的样例还没有公布。")
    context = _page(request, guide, content) | {
        "sheet": sheets[at],
        "suffix": suffix,
        "before": sheets[at - 1] if at else None,
        "after": sheets[at + 1] if at + 1 < len(sheets) else None,
        "crumbs": _crumbs_of_sheet(guide, sheets[at].name),
    }
    return render(request, "matters/sample_page.html", context)


def _page(request: HttpRequest, guide: Guide, content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "guide": guide,
        "content": content,
        "disclaimer": samples.DISCLAIMER,
        "page_url": settings.PUBLIC_BASE_URL + request.path,
    }


def _materials_url(guide: Guide, answers: Answers) -> str:
    return f"{reverse('matters:materials', args=[guide['seq']])}?{answers.query()}"


def _crumbs_of_sheet(guide: Guide, name: str) -> list[dict[str, str]]:
    crumbs = guide_crumbs(guide, "样板卷", name)
    crumbs[-2]["url"] = reverse("matters:sample", args=[guide["seq"]])
    return crumbs


@login_not_required
@require_safe
@with_guide
def sample_pdf(request: HttpRequest, version: MatterVersion) -> HttpResponse:
    """The dossier of one situation as a file; another spelling of the address leads to it."""
    guide = version.snapshot or {}
    answers = samples.situation(guide, public_content(version), request.GET.dict())
    if request.GET.urlencode() != answers.query():
        return HttpResponseRedirect(f"{request.path}?{answers.query()}")
    body = make_pdf(version, answers, SITE_NAME)
    response = HttpResponse(body, content_type="application/pdf")
    name = f"{guide['name']}（样板卷）.pdf"
    response["Content-Disposition"] = attachment(name, f"hedong-sample-{guide['seq']}.pdf")
    return response
