"""The home of the desk: what waits for me, and the areas my roles open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts import policies
from accounts.models import User
from pages import desk


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/desk/`: for staff; a citizen who signed in is led to the own account."""
    if request.user.kind != User.Kind.STAFF:
        return redirect("accounts:security")
    context = {
        "roles": desk.role_words(request.user),
        "waiting": desk.waiting(request.user),
        "areas": desk.areas_of(request.user),
        "opens_admin": policies.opens_admin(request.user.roles),
    }
    return render(request, "pages/desk_home.html", context)
