"""数据质量: what the nightly check found, agency by agency."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common import clock
from matters import exports, sections
from matters.models import CatalogueFinding, MatterVersion
from matters.policies import READERS
from matters.views.desk.access import for_roles, side_links
from matters.views.desk.files import findings_table
from matters.views.list_files import table_file
from matters.workflow import EDITABLE
from organisations.models import Agency

PAGE_SIZE = 50
AGES = (("7", "7 天以上"), ("30", "30 天以上"), ("90", "90 天以上"))


@for_roles(*READERS)
@require_safe
def findings(request: HttpRequest) -> HttpResponseBase:
    """Counts per agency, and the list with filters."""
    base = CatalogueFinding.objects.unresolved().visible_to(request.user)
    groups = _groups(base, request.GET)
    rows = _narrow(base, groups).select_related("matter", "agency")
    rows = rows.order_by("severity", "first_seen_at", "matter__seq", "pk")
    if wanted := exports.requested(request):
        return table_file(wanted, findings_table(rows))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "side_links": side_links(request, "desk_findings"),
        "agencies": _agencies(base),
        "last_check": CatalogueFinding.objects.last_check(),
        "totals": base.aggregate(
            all=Count("pk"),
            blocking=Count("pk", filter=Q(severity="blocking")),
            configure=Count("pk", filter=Q(severity="configure")),
            matters=Count("matter", distinct=True),
        ),
        "groups": groups,
        "chips": _chips(groups),
        "clear_url": request.path,
        "export": exports.links(request),
        "page_obj": page,
        "rows": _rows(page),
    }
    return render(request, "matters/desk/findings.html", context)


def _agencies(base: QuerySet) -> list[dict[str, Any]]:
    """One row an agency, those with most to mend first."""
    counted = (
        base.order_by()
        .values("agency", "agency__short_name")
        .annotate(
            blocking=Count("pk", filter=Q(severity="blocking")),
            configure=Count("pk", filter=Q(severity="configure")),
            matters=Count("matter", distinct=True),
            oldest=Min("first_seen_at"),
        )
    )
    rows = [row | {"days": _days(row["oldest"])} for row in counted]
    return sorted(rows, key=lambda row: (-row["blocking"], -row["configure"]))


def _days(moment: Any) -> int:
    return (clock.now() - moment).days


def _groups(base: QuerySet, data: Any) -> list[dict[str, Any]]:
    severities = CatalogueFinding.Severity.choices
    counts = dict(base.order_by().values_list("severity").annotate(n=Count("pk")))
    agencies = dict(base.order_by().values_list("agency").annotate(n=Count("pk")))
    named = Agency.objects.filter(pk__in=agencies).order_by("sort_key")
    groups = [
        ("程度", "severity", "radio", [(v, label, counts.get(v, 0)) for v, label in severities]),
        ("多久没改", "age", "radio", [(v, label, "") for v, label in AGES]),
        (
            "责任部门",
            "agency",
            "select",
            [(str(a.pk), a.short_name, agencies[a.pk]) for a in named],
        ),
    ]
    return [_group(*group, chosen=data.get(group[1], "")) for group in groups]


def _group(legend: str, name: str, kind: str, choices: list, *, chosen: str) -> dict[str, Any]:
    known = chosen if chosen in {value for value, _, _ in choices} else ""
    options = [("", "不限", ""), *choices]
    return {
        "legend": legend,
        "name": name,
        "kind": kind,
        "chosen": known,
        "options": [
            {"value": value, "label": label, "count": count, "checked": value == known}
            for value, label, count in options
        ],
    }


def _narrow(rows: QuerySet, groups: list[dict[str, Any]]) -> QuerySet:
    chosen = {group["name"]: group["chosen"] for group in groups}
    if chosen["severity"]:
        rows = rows.filter(severity=chosen["severity"])
    if chosen["agency"]:
        rows = rows.filter(agency=int(chosen["agency"]))
    if chosen["age"]:
        limit = clock.now() - datetime.timedelta(days=int(chosen["age"]))
        rows = rows.filter(first_seen_at__lte=limit)
    return rows


def _chips(groups: list[dict[str, Any]]) -> list[dict[str, str]]:
    state = {group["name"]: group["chosen"] for group in groups if group["chosen"]}
    return [
        {
            "label": f"{group['legend']}：{option['label']}",
            "remove_url": "?" + urlencode({k: v for k, v in state.items() if k != group["name"]}),
        }
        for group in groups
        for option in group["options"]
        if option["value"] and option["checked"]
    ]


def _drafts(page: Any) -> dict[int, int]:
    """Matter → its draft, for links that lead straight to the field."""
    matters = {finding.matter_id for finding in page}
    rows = MatterVersion.objects.filter(matter__in=matters, status=EDITABLE)
    return dict(rows.values_list("matter", "pk"))


def _rows(page: Any) -> list[dict[str, Any]]:
    drafts = _drafts(page)
    return [_row(finding, drafts) for finding in page]


def _row(finding: CatalogueFinding, drafts: dict[int, int]) -> dict[str, Any]:
    """A finding with the way to where it is mended: the section of the draft, else the matter."""
    section = sections.section_of(finding.part, finding.field)
    draft = drafts.get(finding.matter_id)
    url = reverse("matters:desk_matter", args=[finding.matter.seq])
    if draft and section:
        url = reverse("matters:desk_section", args=[draft, section.key])
    return {
        "finding": finding,
        "section": section.label if section else "",
        "days": _days(finding.first_seen_at),
        "url": url,
        "in_draft": bool(draft),
    }
