"""导入导出 at the desk: upload, check report, preview, confirmation, result; and the files."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.clock import today
from matters import exports, policies
from matters.forms.imports import TOO_LARGE, ImportForm
from matters.models import ImportJob
from matters.models.import_job import ImportState
from matters.services import workbooks
from matters.services.imports import jobs, places
from matters.views import quota
from matters.views.desk.access import side_links

PAGE_SIZE = 20
MATTERS_A_PAGE = 20
ERRORS_A_PAGE = 50
VARIANTS = {
    ImportState.REFUSED: "err",
    ImportState.READY: "accent",
    ImportState.DONE: "ok",
    ImportState.CANCELLED: "",
}
STEPS = ("检查", "确认", "写入")
REACHED = {
    ImportState.READY: 1,
    ImportState.CONFIRMED: 2,
    ImportState.WRITING: 2,
    ImportState.DONE: 3,
}


@csrf_exempt  # the quota has to be set before the token is read from the body: checked below
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The list of own imports with the form to begin another."""
    quota.use_quota(request)
    return _imports(request)


@csrf_protect
def _imports(request: HttpRequest) -> HttpResponse:
    policies.check_may_edit(request.user, None)
    if request.method != "POST":
        return _overview(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if quota.went_over(request):
        form.full_clean()
        form.errors.clear()
        form.add_error("file", TOO_LARGE)
        return _overview(request, form, status=413)
    if not form.is_valid():
        return _overview(request, form, status=422)
    job = jobs.hand_in(upload=form.cleaned_data["file"], by=request.user)
    return redirect("matters:import_job", job.pk)


def _overview(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    own = ImportJob.objects.visible_to(request.user).defer("errors", "preview", "notes")
    page = Paginator(own, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page:
        row.variant = VARIANTS.get(row.state, "info")
    context = {
        "form": form,
        "page_obj": page,
        "keep_days": places.KEEP_DAYS,
        "side_links": side_links(request, "imports"),
    }
    return render(request, "matters/imports/overview.html", context, status=status)


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One import, whatever its state; reloading is all a browser without JavaScript needs."""
    shown = _own(request, pk)
    changed = shown.counts.get("added", 0) + shown.counts.get("changed", 0)
    context = {
        "job": shown,
        "variant": VARIANTS.get(shown.state, "info"),
        "steps": _steps(shown),
        "errors": Paginator(shown.errors, ERRORS_A_PAGE).get_page(request.GET.get("page")),
        "more_errors": max(shown.error_total - len(shown.errors), 0),
        "matters": Paginator(shown.preview, MATTERS_A_PAGE).get_page(request.GET.get("page")),
        "changes_total": changed,
        "unlisted": max(changed - len(shown.preview), 0),
        "came_back": shown.state == ImportState.READY and shown.confirmed_at is not None,
        "side_links": side_links(request, "imports"),
    }
    return render(request, "matters/imports/job.html", context)


def _steps(job: ImportJob) -> list[dict]:
    """The three stages with where the job stands: done, now or later."""
    reached = REACHED.get(ImportState(job.state), 0)
    return [
        {"label": label, "state": "done" if n < reached else "now" if n == reached else "later"}
        for n, label in enumerate(STEPS)
    ]


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the preview showed."""
    jobs.confirm(job_id=pk, by=request.user, plan_hash=request.POST.get("plan", ""))
    return redirect("matters:import_job", pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop it."""
    dropped = jobs.cancel(job_id=pk, by=request.user)
    messages.success(request, f"已放弃导入“{dropped.file_name}”，目录没有改动。")
    return redirect("matters:imports")


@require_safe
def errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list of errors as a file, to mend the table beside it."""
    shown = _own(request, pk)
    table = exports.Table(
        "导入错误清单", "import-errors", ERROR_COLUMNS, lambda: _error_rows(shown)
    )
    return exports.answer(exports.requested(request) or "csv", table, f"{today():%Y%m%d}")


ERROR_COLUMNS = (
    exports.Column("工作表", 14),
    exports.Column("行", 8),
    exports.Column("列", 22),
    exports.Column("填的内容", 36),
    exports.Column("问题", 70),
)


def _error_rows(job: ImportJob) -> Iterator[list[exports.Cell]]:
    for error in job.errors:
        row = error["row"] or ""
        yield [error["sheet"], row, error["column"], error["value"], error["reason"]]
    if job.error_total > len(job.errors):
        rest = job.error_total - len(job.errors)
        yield ["", "", "", "", f"还有 {rest} 处没有列出，改正后重新上传即可看到。"]


FILES = {
    "catalogue": ("河东区事项目录", workbooks.catalogue_workbook),
    "template": ("河东区事项目录模板", workbooks.empty_workbook),
}


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The catalogue or its template, as a workbook or (matters only) as CSV."""
    policies.check_may_edit(request.user, None)
    on = f"{today():%Y%m%d}"
    if name in FILES:
        title, build = FILES[name]
        table = exports.Table(title, f"hedong-{name}", (), lambda: ())
        response = HttpResponse(build(), content_type=exports.XLSX_TYPE)
        return exports.as_file(response, table, on, "xlsx")
    if name not in ("matters", "matters-template"):
        raise Http404("没有这个文件。")
    table = workbooks.matters_table(empty=name == "matters-template")
    lines = exports.csv_lines(table.columns, table.rows())
    response = StreamingHttpResponse(lines, content_type=exports.CSV_TYPE)
    return exports.as_file(response, table, on, "csv")


def _own(request: HttpRequest, pk: int) -> ImportJob:
    policies.check_may_edit(request.user, None)
    return get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
