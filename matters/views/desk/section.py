"""Editing one section of a draft: `/desk/matters/version/<pk>/<section>/`."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST

from matters import policies, sections
from matters.forms.sections import (
    ElementForm,
    SectionPage,
    arrange,
    clash_page,
    open_page,
    typed_page,
)
from matters.models import MatterVersion
from matters.policies import READERS
from matters.sections import Section
from matters.services import editing
from matters.views.desk.access import EDITOR, for_roles
from matters.views.desk.frame import section_url, version_frame, whole_version

LISTS = {
    "materials": "matters/desk/list_materials.html",
    "situations": "matters/desk/list_situations.html",
}


def find_section(key: str) -> Section:
    """The section of an address; 404 for an unknown one."""
    section = sections.BY_KEY.get(key)
    if section is None:
        raise Http404("没有这一节。")
    return section


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One section: its form, or the list of its elements."""
    version, found = whole_version(pk), find_section(key)
    if found.elements:
        return _element_list(request, version, found)
    return _edit(request, version, found, None)


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def element(request: HttpRequest, pk: int, key: str, element_id: int | None = None) -> HttpResponse:
    """One element that has a page of its own: a material, a situation."""
    version, found = whole_version(pk), find_section(key)
    if not found.elements:
        raise Http404("这一节没有单独的页面。")
    return _edit(request, version, found, element_id)


@for_roles(EDITOR)
@require_POST
def arrange_elements(request: HttpRequest, pk: int, key: str, element_id: int) -> HttpResponse:
    """Move an element up or down, or remove it."""
    found = find_section(key)
    which = {"version_id": pk, "section": found, "element_id": element_id, "by": request.user}
    deed = request.POST.get("do", "")
    if deed == "drop":
        messages.success(request, f"已删除“{editing.remove_element(**which)}”。")
    elif deed in {"up", "down"}:
        editing.move_element(**which, step=-1 if deed == "up" else 1)
    return redirect(reverse("matters:desk_section", args=[pk, key]) + f"#element-{element_id}")


def _element_list(request: HttpRequest, version: MatterVersion, found: Section) -> HttpResponse:
    rows = getattr(version, found.elements.relation).all()
    context = version_frame(request, version, found.key) | {
        "section": found,
        "elements": rows,
        "new_url": reverse("matters:desk_element_new", args=[version.pk, found.key]),
        "next_section": sections.following(found.key),
        "own_gaps": [],
        "comments": _comments(version, found),
    }
    context["own_gaps"] = [g for g in context["gaps"] if g["section"].key == found.key]
    return render(request, LISTS[found.key], context)


def _edit(
    request: HttpRequest, version: MatterVersion, found: Section, element_id: int | None
) -> HttpResponse:
    model = type(editing.holder_row(version, found, element_id))
    numbers = _numbers(version, found)
    if request.method != "POST":
        document = editing.read_section(version, found, element_id)
        page = open_page(version, found, model, document, numbers)
        return _show(request, page, element_id)
    page = typed_page(version, found, model, request.POST, numbers)
    deed = request.POST.get("do", "save")
    if arrange(page, deed):
        return _show(request, page, element_id)
    return _save(request, page, element_id, deed)


def _save(
    request: HttpRequest, page: SectionPage, element_id: int | None, deed: str
) -> HttpResponse:
    policies.check_may_edit(request.user, page.version.agency_id)
    if not page.is_valid():
        return _show(request, page, element_id, status=422)
    try:
        outcome = editing.save_section(
            version_id=page.version.pk,
            section=page.section,
            mine=page.document(),
            base=page.base,
            by=request.user,
            element_id=element_id,
        )
    except ValidationError as error:
        page.errors += error.messages
        return _show(request, page, element_id, status=422)
    if not outcome.saved:
        page = clash_page(
            page.version, page.section, page.model, outcome.merge, outcome.stored, page.numbers
        )
        return _show(request, page, element_id, status=409, clash=_last_words(page.version))
    messages.success(request, _saved_words(page.section, outcome))
    return redirect(_after(page, outcome, deed))


def _last_words(version: MatterVersion) -> str:
    """Who saved last and when, for the second editor."""
    last = version.changes.select_related("by").last()
    if last is None:
        return "另一位编辑刚保存过这一节"
    return f"{last.by.display_name}在 {localtime(last.at):%H:%M} 保存过这一节"


def _saved_words(found: Section, outcome: editing.Outcome) -> str:
    if not outcome.changed:
        return f"“{found.label}”没有变化，不用保存。"
    joined = (
        f"期间另一位编辑也改了这一节的 {outcome.merge.taken} 处，已一并保留。"
        if outcome.merge.taken
        else ""
    )
    return f"已保存“{found.label}”。{joined}"


def _after(page: SectionPage, outcome: editing.Outcome, deed: str) -> str:
    found = page.section
    if found.elements:
        if deed == "more":
            return reverse("matters:desk_element_new", args=[page.version.pk, found.key])
        return section_url(page.version, found.key) + f"#element-{outcome.element_id}"
    if deed == "next" and (following := sections.following(found.key)):
        return section_url(page.version, following.key)
    return section_url(page.version, found.key)


def _numbers(version: MatterVersion, found: Section) -> dict[int, str]:
    """Fixed numbers of the rows that have one (业务办理项)."""
    rows = editing.rows_of(found)
    if rows is None or not rows.numbered:
        return {}
    return dict(getattr(version, rows.relation).values_list("pk", rows.numbered))


def _show(
    request: HttpRequest,
    page: SectionPage,
    element_id: int | None,
    *,
    status: int = 200,
    clash: str = "",
) -> HttpResponse:
    found, version = page.section, page.version
    frame = version_frame(request, version, found.key)
    gaps = _gaps_here(page, frame["gaps"], element_id)
    _put_beside(page, gaps)
    context: dict[str, Any] = frame | {
        "section": found,
        "page": page,
        "row_kind": page.row_kind,
        "element_id": element_id,
        "own_gaps": [gap for gap in gaps if not gap.get("beside")],
        "clash": clash,
        "list_url": section_url(version, found.key) if found.elements else "",
        "next_section": sections.following(found.key),
        "comments": _comments(version, found),
    }
    return render(request, "matters/desk/section.html", context, status=status)


def _comments(version: MatterVersion, found: Section) -> list:
    rows = version.comments.filter(part=found.key, resolved_at=None)
    return list(rows.select_related("by"))


def _gaps_here(
    page: SectionPage, gaps: list[dict[str, Any]], element_id: int | None
) -> list[dict[str, Any]]:
    """Gaps of this page: of the whole section, or of the one element it shows."""
    own = [gap for gap in gaps if gap["section"].key == page.section.key]
    elements = page.section.elements
    if elements is None:
        return own
    rows = getattr(page.version, elements.relation).all()
    key = next((getattr(row, elements.keyed) for row in rows if row.pk == element_id), "")
    return [gap for gap in own if key and gap["path"].split(".")[1:2] == [key]]


def _put_beside(page: SectionPage, gaps: list[dict[str, Any]]) -> None:
    """A gap of a field stands beside it; the others stay on top of the section."""
    for gap in gaps:
        form = _form_of(page, gap["path"])
        if form is not None and gap["field"] in form.fields:
            form.doubts.setdefault(gap["field"], []).append(gap)
            gap["beside"] = True


def _form_of(page: SectionPage, path: str) -> ElementForm | None:
    """The form an element path (`fee.basis`, `items.01.stage`, `steps.3.basis`) points into."""
    parts = path.split(".")
    if len(parts) < 3 or page.section.elements:
        return page.main
    return next(
        (
            row.form
            for place, row in enumerate(page.rows, start=1)
            if parts[1] == (row.number or str(place))
        ),
        None,
    )
