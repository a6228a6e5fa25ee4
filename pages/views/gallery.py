"""Gallery of the components: for the people who build pages, closed unless switched on."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages import gallery_content, prose
from pages.forms import ErrorReportForm


@login_not_required
@require_safe
def gallery(request) -> HttpResponse:
    """Every component with realistic content; only with PORTAL_GALLERY or DEBUG."""
    if not (settings.PORTAL_GALLERY or settings.DEBUG):
        raise Http404
    context = {
        **gallery_content.EXAMPLES,
        "blocks": prose.parse(gallery_content.PROSE),
        "page_obj": Paginator(range(176), 20).get_page(request.GET.get("page", 4)),
        "export": {"csv": "#filter", "xlsx": "#filter"},
        "form": ErrorReportForm({"page_path": "/item/147/", "contact": ""}),
        "qr_url": f"{settings.PUBLIC_BASE_URL}/item/147/",
    }
    return render(request, "pages/gallery.html", context)
