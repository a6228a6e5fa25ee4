"""“这份指南有用吗？” on a page of its own, so that the guide itself needs no cookie."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.clientip import client_ip
from matters.forms.feedback import ANSWERS, GuideFeedbackForm
from matters.models import MatterVersion
from matters.services.feedback import give_feedback
from matters.views.breadcrumbs import guide_crumbs
from matters.views.lookup import with_guide


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_guide
def guide_feedback(request: HttpRequest, version: MatterVersion) -> HttpResponse:
    """Form, its errors with what was typed, and the thank-you (`?thanks=1`)."""
    if request.method == "POST":
        form = GuideFeedbackForm(request.POST)
        if form.is_valid():
            return _keep(request, version, form)
        return _page(request, version, form, status=422)
    chosen = request.GET.get("useful", "")
    known = chosen if chosen in dict(ANSWERS) else None
    return _page(request, version, GuideFeedbackForm(initial={"useful": known}))


def _keep(request: HttpRequest, version: MatterVersion, form: GuideFeedbackForm) -> HttpResponse:
    give_feedback(
        version=version,
        useful=form.is_useful(),
        comment=form.cleaned_data["comment"],
        submission=form.cleaned_data["submission"],
        address=client_ip(request),
    )
    path = reverse("matters:guide_feedback", args=[version.snapshot["seq"]])
    return redirect(f"{path}?thanks=1")


def _page(
    request: HttpRequest, version: MatterVersion, form: GuideFeedbackForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "guide": version.snapshot,
        "thanks": "thanks" in request.GET and request.method != "POST",
        "crumbs": guide_crumbs(version.snapshot, "评价这份指南"),
    }
    return render(request, "matters/feedback.html", context, status=status)
