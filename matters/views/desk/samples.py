"""样板卷和清单 at the desk: what waits, one dossier, one sheet, lists that contradict guides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import clock
from common.errors import Refused
from matters.forms.samples import SheetForm, VideoForm
from matters.models import SampleDossier, SamplePage
from matters.models.sample import SampleStatus
from matters.policies import READERS
from matters.services import sample_editing, samples
from matters.services.cross_lists import mismatches, unconfigured
from matters.views.desk.access import CATALOGUE, EDITOR, REVIEWER, for_roles, side_links

VARIANTS = {
    SampleStatus.DRAFT: "warn",
    SampleStatus.SUBMITTED: "info",
    SampleStatus.PUBLISHED: "ok",
}
#: event → (who may, status it starts from, button, what happened)
DEEDS: dict[str, tuple[str, str, str, str]] = {
    "submit": (EDITOR, SampleStatus.DRAFT, "提交审核", "已提交审核。"),
    "publish": (REVIEWER, SampleStatus.SUBMITTED, "审核通过并发布", "已发布，公开页面换成新内容。"),
    "return": (REVIEWER, SampleStatus.SUBMITTED, "退回修改", "已退回给编辑。"),
}


@for_roles(*READERS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Dossiers under work, dossiers to review, and contradictions between lists and guides."""
    rows = SampleDossier.objects.defer("snapshot").select_related("matter", "edited_by")
    context = {
        "side_links": side_links(request, "desk_samples"),
        "submitted": rows.filter(status=SampleStatus.SUBMITTED),
        "drafts": rows.filter(status=SampleStatus.DRAFT),
        "published": rows.filter(status=SampleStatus.PUBLISHED).count(),
        "by_hand": rows.filter(derived=False).count(),
        "mismatches": mismatches(),
        "unconfigured": unconfigured(),
    }
    return render(request, "matters/desk/samples.html", context)


def _dossier(seq: int) -> SampleDossier:
    rows = SampleDossier.objects.select_related("matter", "edited_by", "published_by")
    return get_object_or_404(rows, matter__seq=seq)


def _frame(request: HttpRequest, row: SampleDossier) -> dict[str, Any]:
    return {
        "side_links": side_links(request, "desk_samples"),
        "dossier": row,
        "matter": row.matter,
        "variant": VARIANTS[SampleStatus(row.status)],
        "editable": request.user.has_role(EDITOR),
    }


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: HttpRequest, seq: int) -> HttpResponse:
    """One dossier: its sheets, its film, what can be done with it."""
    row = _dossier(seq)
    form = VideoForm(request.POST or None, initial={"video_url": row.video_url})
    if request.method == "POST":
        _check_editor(request)
        if form.is_valid():
            url = form.cleaned_data["video_url"]
            sample_editing.set_video(dossier_id=row.pk, by=request.user, url=url)
            messages.success(request, "视频地址已保存，审核发布后公开。")
            return redirect("matters:desk_sample", seq=seq)
    context = _frame(request, row) | {
        "pages": row.pages.prefetch_related("notes"),
        "form": form,
        "deeds": [
            {"event": event, "label": label}
            for event, (role, status, label, _) in DEEDS.items()
            if row.status == status and request.user.has_role(role)
        ],
    }
    return render(request, "matters/desk/sample.html", context)


def _check_editor(request: HttpRequest) -> None:
    if not request.user.has_role(EDITOR):
        raise Refused("wrong_role", "样板卷由目录编辑修改，您可以查看。", status=403)


@for_roles(*CATALOGUE)
@require_POST
def deed(request: HttpRequest, seq: int, event: str) -> HttpResponse:
    """提交, 发布 or 退回; the services check again."""
    if event not in DEEDS:
        raise Http404("没有这个动作。")
    role, _, _, done = DEEDS[event]
    if not request.user.has_role(role):
        raise Refused("wrong_role", "这一步不由您的岗位办理。", status=403)
    chosen = {"dossier_id": _dossier(seq).pk, "by": request.user}
    if event == "submit":
        samples.submit_sample(**chosen)
    elif event == "publish":
        samples.publish_sample(**chosen, moment=clock.now())
    else:
        samples.return_sample(**chosen)
    messages.success(request, done)
    return redirect("matters:desk_sample", seq=seq)


@for_roles(EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, seq: int, key: str) -> HttpResponse:
    """One sheet as text; what was typed always comes back."""
    row = _dossier(seq)
    page = get_object_or_404(SamplePage, dossier=row, key=key)
    form = SheetForm(request.POST) if request.method == "POST" else SheetForm.of(page)
    token = request.POST.get("base") or sample_editing.sheet_token(page)
    if request.method == "POST" and form.is_valid() and _saved(request, page, form, token):
        messages.success(request, "已保存为草稿，公开页面不变。改完请提交审核。")
        return redirect(f"{reverse('matters:desk_sample', args=[seq])}#{key}")
    if request.method == "POST" and form.non_field_errors():
        token = sample_editing.sheet_token(page)
    context = _frame(request, row) | {"page": page, "form": form, "token": token}
    return render(request, "matters/desk/sample_sheet.html", context)


def _saved(request: HttpRequest, page: SamplePage, form: SheetForm, base: str) -> bool:
    try:
        sample_editing.edit_sheet(
            page_id=page.pk,
            by=request.user,
            base=base,
            layout=form.cleaned_data["layout"],
            body=form.cleaned_data["body"],
            notes=form.notes,
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True
