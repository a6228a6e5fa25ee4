"""Deeds on an edition and on a matter: a page that says what will happen, then one button.

The buttons come from `policies.available_actions`; the services check again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import Refused
from matters import policies, workflow
from matters.forms.deeds import NoteForm, ReasonForm, ReturnForm, ScheduleForm, WithdrawForm
from matters.models import Matter, MatterVersion
from matters.services import editions, lifecycle, publishing, reviewing
from matters.services.checking import GuideHasGaps
from matters.views.desk.access import CATALOGUE, EDITOR, for_roles, side_links
from matters.views.desk.frame import gap_row, section_url, version_frame, whole_version
from matters.workflow import MatterEvent, VersionEvent


@dataclass(frozen=True)
class Deed:
    """One deed. `act(pk, user, cleaned_data)` calls the service; `after` says what happened."""

    form: type[forms.Form]
    consequence: str
    after: str
    act: Callable[[int, Any, dict[str, Any]], Any]
    grave: bool = False


def _return(pk: int, by: Any, data: dict[str, Any]) -> Any:
    return reviewing.return_version(version_id=pk, by=by, reasons=data["reasons"])


E, M = VersionEvent, MatterEvent
VERSION_DEEDS: dict[str, Deed] = {
    E.SUBMIT: Deed(
        NoteForm,
        "提交后内容固定，交给审核人；还没审定前可以撤回再改。",
        "已提交审核。",
        lambda pk, by, d: reviewing.submit_version(version_id=pk, by=by, note=d["reason"]),
    ),
    E.RECALL: Deed(
        NoteForm,
        "撤回后变回草稿，可以继续修改，改好再提交。",
        "已撤回，可以继续修改。",
        lambda pk, by, d: reviewing.recall_version(version_id=pk, by=by, reason=d["reason"]),
    ),
    E.APPROVE: Deed(
        NoteForm,
        "表示您已核对过与现行版的全部差异。审定后可以立即发布，或者定一个生效日期。",
        "已审核通过，可以发布了。",
        lambda pk, by, d: reviewing.approve_version(version_id=pk, by=by, note=d["reason"]),
    ),
    E.RETURN: Deed(
        ReturnForm,
        "退回后变回草稿，编辑人会看到您写的原因。",
        "已退回，编辑人会看到原因。",
        _return,
    ),
    E.PUBLISH: Deed(
        forms.Form,
        "发布后网站马上显示新版本，现行版转为历史版本；已受理的办件仍按原来的版本办完。",
        "已发布，网站现在显示的就是这一版。",
        lambda pk, by, d: publishing.publish_now(version_id=pk, by=by),
    ),
    E.SCHEDULE: Deed(
        ScheduleForm,
        "到生效日 0 时自动发布，在那以前网站仍显示现行版。",
        "已定好生效日期。",
        lambda pk, by, d: publishing.schedule_version(
            version_id=pk, by=by, effective_on=d["effective_on"]
        ),
    ),
    E.UNSCHEDULE: Deed(
        forms.Form,
        "取消后仍是“已审定”，可以改日期或立即发布。",
        "已取消定时。",
        lambda pk, by, d: publishing.unschedule_version(version_id=pk, by=by),
    ),
    E.DISCARD: Deed(
        ReasonForm,
        "作废后这份草稿不能再用，历史里仍能看到。现行版不受影响。",
        "草稿已作废。",
        lambda pk, by, d: editions.discard_draft(version_id=pk, by=by, reason=d["reason"]),
        grave=True,
    ),
}
MATTER_DEEDS: dict[str, Deed] = {
    M.SUSPEND: Deed(
        ReasonForm,
        "暂停后不再接受新申请，指南页会写明；已受理的照常办完。",
        "已暂停办理。",
        lambda pk, by, d: lifecycle.suspend_matter(matter_id=pk, by=by, reason=d["reason"]),
        grave=True,
    ),
    M.RESUME: Deed(
        ReasonForm,
        "恢复后可以再申请。",
        "已恢复办理。",
        lambda pk, by, d: lifecycle.resume_matter(matter_id=pk, by=by, reason=d["reason"]),
    ),
    M.WITHDRAW: Deed(
        WithdrawForm,
        "取消后从清单中去掉，不能再申请，也不能恢复；已受理的按原版本办完。",
        "已办理取消。",
        lambda pk, by, d: lifecycle.withdraw_matter(
            matter_id=pk, by=by, reason=d["reason"], on=d["on"]
        ),
        grave=True,
    ),
    M.KEEP: Deed(
        ReasonForm,
        "撤销后事项继续保留。",
        "已撤销取消计划。",
        lambda pk, by, d: lifecycle.keep_matter(matter_id=pk, by=by, reason=d["reason"]),
    ),
}


@for_roles(EDITOR)
@require_POST
def prepare(request: HttpRequest, seq: int) -> HttpResponse:
    """准备新版本: a draft beside the edition in force."""
    matter = get_object_or_404(Matter, seq=seq)
    draft = editions.prepare_version(matter_id=matter.pk, by=request.user)
    messages.success(
        request, f"已从现行版复制出第 {draft.number} 版草稿。改好后提交审核，网站暂时不变。"
    )
    return redirect(section_url(draft, "basic"))


@for_roles(*CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def version_deed(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """One deed on an edition."""
    deed = VERSION_DEEDS.get(event)
    if deed is None:
        raise Http404("没有这个动作。")
    version = whole_version(pk)
    form = deed.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _act_on_version(request, version, event, deed, form)
    return _ask_about_version(request, version, event, deed, form)


def _act_on_version(
    request: HttpRequest, version: MatterVersion, event: str, deed: Deed, form: forms.Form
) -> HttpResponse:
    data = form.cleaned_data
    if isinstance(form, ReturnForm):
        data = {"reasons": form.reasons()}
    try:
        deed.act(version.pk, request.user, data)
    except GuideHasGaps as refusal:
        gaps = [gap_row(version, gap) for gap in refusal.gaps]
        return _ask_about_version(request, version, event, deed, form, gaps)
    messages.success(request, deed.after)
    return redirect(reverse("matters:desk_matter", args=[version.matter.seq]))


def _ask_about_version(
    request: HttpRequest,
    version: MatterVersion,
    event: str,
    deed: Deed,
    form: forms.Form,
    refused_gaps: list | None = None,
) -> HttpResponse:
    frame = version_frame(request, version, "")
    blocking = [gap for gap in frame["gaps"] if gap["blocking"]]
    needs_whole = event in {E.SUBMIT, E.APPROVE, E.PUBLISH, E.SCHEDULE}
    context = frame | {
        "deed": deed,
        "word": VersionEvent(event).label,
        "form": form,
        "allowed": event in policies.available_actions(version, request.user),
        "objection": _objection(request, version, event),
        "stopping_gaps": refused_gaps or (blocking if needs_whole else []),
        "by_section": isinstance(form, ReturnForm),
        "back_url": frame["matter_url"],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "matters/desk/deed_version.html", context, status=status)


def _objection(request: HttpRequest, version: MatterVersion, event: str) -> str:
    """Why the button is not there, in words; "" when it is."""
    try:
        policies.check_may(request.user, event, version)
        workflow.check_move(version.status, event)
    except Refused as refusal:
        return refusal.message
    return ""


@for_roles(*CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def matter_deed(request: HttpRequest, seq: int, event: str) -> HttpResponse:
    """One deed on a matter: pause, resume, withdraw."""
    deed = MATTER_DEEDS.get(event)
    if deed is None:
        raise Http404("没有这个动作。")
    matter = get_object_or_404(Matter, seq=seq)
    form = deed.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        deed.act(matter.pk, request.user, form.cleaned_data)
        messages.success(request, deed.after)
        return redirect(reverse("matters:desk_matter", args=[seq]))
    context = {
        "side_links": side_links(request, ""),
        "matter": matter,
        "deed": deed,
        "word": MatterEvent(event).label,
        "form": form,
        "allowed": event in policies.available_matter_actions(matter, request.user),
        "back_url": reverse("matters:desk_matter", args=[seq]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "matters/desk/deed_matter.html", context, status=status)
