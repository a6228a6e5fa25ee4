"""我为政府网站找错: form and thank-you page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clientip import client_ip
from pages.forms import ErrorReportForm
from pages.services import error_reports

SESSION_KEY = "error_report_number"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request) -> HttpResponse:
    """Show the form; keep what was typed when something is missing."""
    if request.method != "POST":
        form = ErrorReportForm(initial={"page_path": request.GET.get("page", "")[:300]})
        return render(request, "pages/feedback.html", {"form": form})
    form = ErrorReportForm(request.POST)
    if not form.is_valid():
        return render(request, "pages/feedback.html", {"form": form}, status=422)
    error_reports.check_rate(client_ip(request))
    saved = error_reports.take_in(form.save(commit=False))
    request.session[SESSION_KEY] = saved.number
    return redirect("pages:feedback_thanks")


@login_not_required
@require_safe
def thanks(request) -> HttpResponse:
    number = request.session.get(SESSION_KEY)
    if not number:
        return redirect("pages:feedback")
    facts = [{"label": "受理编号", "value": number, "icon": "ticket"}]
    return render(request, "pages/feedback_thanks.html", {"facts": facts})
