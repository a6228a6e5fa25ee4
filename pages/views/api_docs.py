"""数据接口: the documentation page, from our own server and in our own look."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matters.api.paging import DEFAULT_SIZE, EXACT, LARGEST_SIZE
from pages import reference

RULES = (
    {"label": "通则", "id": "rules"},
    {"label": "错误", "id": "errors"},
)


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    groups = reference.groups()
    context = {
        "crumbs": [{"label": "数据接口"}],
        "groups": groups,
        "links": [
            *({"label": group["label"], "id": group["id"]} for group in groups),
            *RULES,
        ],
        "errors": reference.errors(),
        "error_columns": ["代码", "状态码", "含义"],
        "base_url": settings.PUBLIC_BASE_URL,
        "sizes": {"usual": DEFAULT_SIZE, "largest": LARGEST_SIZE, "exact": EXACT},
        "per_minute": settings.API_REQUESTS_PER_MINUTE,
    }
    return render(request, "pages/api_docs.html", context)
