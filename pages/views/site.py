"""Pages about the site itself: 关于本站, 无障碍声明, 隐私说明."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def about(request) -> HttpResponse:
    return render(request, "pages/about.html")


@login_not_required
@require_safe
def accessibility(request) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@login_not_required
@require_safe
def privacy(request) -> HttpResponse:
    return render(request, "pages/privacy.html")
