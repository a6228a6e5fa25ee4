"""Errors in Chinese: what happened, what to do next, 12345; never a stack trace."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponseNotAllowed
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from common.errors import Refused
from tests.html_rules import breaches


def raises(error):
    def view(request):
        raise error

    view.login_required = False
    return view


def not_allowed(request):
    return HttpResponseNotAllowed(["POST"])


not_allowed.login_required = False

urlpatterns = [
    path("400/", raises(SuspiciousOperation("x"))),
    path("403/", raises(PermissionDenied())),
    path("405/", not_allowed),
    path("409/", raises(Refused("too_late", "已经受理，不能再修改。请联系窗口。"))),
    path("413/", raises(RequestDataTooBig("x"))),
    path("429/", raises(Refused("slow_down", "提交太快。请等一分钟。", status=429))),
    path("500/", raises(RuntimeError("secret detail"))),
    path("503/", raises(OperationalError("secret detail"))),
    path("", include("hedong_portal.urls")),
]
handler400 = "pages.views.errors.bad_request"
handler403 = "pages.views.errors.permission_denied"
handler404 = "pages.views.errors.not_found"
handler500 = "pages.views.errors.server_error"


@pytest.fixture
def answer(db, caplog):
    caplog.set_level("CRITICAL")
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False).get


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 429, 500, 503])
def test_error_page_says_what_to_do(answer, status):
    response = answer(f"/{status}/")
    html = response.content.decode()
    assert response.status_code == status
    assert breaches(html) == []
    assert "12345" in html
    assert "secret" not in html
    assert f"错误 {status}" in html


def test_refusal_shows_its_own_sentence(answer):
    assert "已经受理，不能再修改。请联系窗口。" in answer("/409/").content.decode()


def test_too_many_requests_says_when_to_come_back(answer):
    response = answer("/429/")
    assert response["Retry-After"] == "60"
    assert "请等一分钟" in response.content.decode()


def test_a_missing_database_is_503_with_a_time(answer):
    assert answer("/503/")["Retry-After"] == "120"


def test_method_not_allowed_keeps_its_header(answer):
    assert answer("/405/")["Allow"] == "POST"


def test_htmx_gets_a_fragment(answer):
    html = answer("/409/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert 'role="alert"' in html


@pytest.mark.django_db
def test_an_old_form_is_explained():
    response = Client(enforce_csrf_checks=True).post("/feedback/", {"what": "x"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "请再提交一次" in html
    assert breaches(html) == []


def test_a_wrong_host_header_gets_the_same_page(answer, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    response = answer("/help/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "没有保存任何内容" in response.content.decode()


def test_500_and_503_need_no_database_and_no_template_engine(monkeypatch):
    from pages.views import errors

    monkeypatch.setattr(errors, "render", None)
    request = RequestFactory().get("/")
    assert errors.server_error(request).status_code == 500
    assert errors.unavailable(request).status_code == 503
