"""URLs of the app. Mounted before the admin: three of them stand in for the admin's own pages."""

from django.urls import path
from django.views.generic import RedirectView

from accounts.views import factor, security, sign_in

app_name = "accounts"
urlpatterns = [
    path("login/", sign_in.sign_in, name="sign_in"),
    path("login/verify/", factor.verify, name="verify"),
    path("login/enrol/", factor.enrol, name="enrol"),
    path("logout/", sign_in.sign_out, name="sign_out"),
    path("me/security/", security.overview, name="security"),
    path("me/password/", security.password, name="password"),
    path("admin/login/", sign_in.admin_sign_in, name="admin_sign_in"),
    path("admin/logout/", sign_in.sign_out, name="admin_sign_out"),
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="accounts:password"),
        name="admin_password",
    ),
]
