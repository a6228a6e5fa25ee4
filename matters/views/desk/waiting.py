"""我的待办: what waits for me, what others hold, and the open findings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matters import worklist
from matters.policies import READERS
from matters.views.desk.access import EDITOR, REVIEWER, for_roles, side_links


@for_roles(*READERS)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The first page of the desk."""
    work = worklist.worklist(request.user)
    context = {
        "side_links": side_links(request, "desk_waiting"),
        "work": work,
        "piles": _piles(request, work),
        "findings": worklist.finding_counts(request.user),
        "is_editor": request.user.has_role(EDITOR),
    }
    return render(request, "matters/desk/waiting.html", context)


def _piles(request: HttpRequest, work: worklist.Worklist) -> list[dict]:
    """Piles in the order a day begins with; those that are never this person's are left out."""
    is_editor, is_reviewer = request.user.has_role(EDITOR), request.user.has_role(REVIEWER)
    piles = (
        (is_editor, "returned", "退回给我的", "审核人退回，改好后再提交。", work.returned, True),
        (
            is_reviewer,
            "to_review",
            "等我审核",
            "先看对照，再决定通过或退回。",
            work.to_review,
            False,
        ),
        (
            is_reviewer,
            "to_publish",
            "等我发布",
            "已审定，可以立即发布或定时发布。",
            work.to_publish,
            False,
        ),
        (is_editor, "drafts", "我的草稿", "还没有提交。", work.drafts, False),
        (True, "under_review", "审核中", "在审核人手里，可以撤回修改。", work.under_review, False),
        (True, "scheduled", "等待生效", "到生效日 0 时自动发布。", work.scheduled, False),
        (True, "others", "其他同事的草稿", "可以查看；需要时也可以一起改。", work.others, False),
    )
    return [
        {"key": key, "label": label, "hint": hint, "rows": rows, "reason": reason}
        for shown, key, label, hint, rows, reason in piles
        if shown
    ]
