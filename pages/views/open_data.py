"""开放数据: the page that explains, and the files."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from accounts.api.headers import open_to_all_sites
from pages.services import open_data


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is, how it is made, how it may be used."""
    found = open_data.manifest()
    context = {
        "crumbs": [{"label": "开放数据"}],
        "manifest": found,
        "generated_at": parse_datetime(found["generated_at"]) if found else None,
        "total": next((e["rows"] for e in found["files"] if e["name"] == "matters.csv"), 0)
        if found
        else 0,
        "base_url": settings.PUBLIC_BASE_URL,
    }
    return render(request, "pages/open_data.html", context)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The manifest for programs: files, sizes, hashes, columns, licence."""
    path = open_data.folder() / open_data.POINTER
    if not path.exists():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="application/json")
    return open_to_all_sites(request, response)


@login_not_required
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the dump that counts, streamed; unchanged ones cost 304."""
    found = open_data.manifest()
    path = open_data.path_of(found, name) if found else None
    if path is None or not path.exists():
        raise Http404
    entry = next(entry for entry in found["files"] if entry["name"] == name)
    tag = f'"{entry["sha256"][:32]}"'
    if _has(request, tag):
        return HttpResponse(status=304, headers={"ETag": tag})
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=entry["media_type"]
    )
    response["ETag"] = tag
    return open_to_all_sites(request, response)


def _has(request: HttpRequest, tag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return tag in (mark.removeprefix("W/") for mark in known)
