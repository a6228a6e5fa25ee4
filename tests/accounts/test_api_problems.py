"""Every error under /api/ has one shape; reading needs nothing, leaves no cookie, is counted."""

import pytest
from django.urls import path
from rest_framework.views import APIView

from accounts.api import authentication
from accounts.api.permissions import Anyone
from common.errors import Refused

pytestmark = pytest.mark.django_db
KEYS = {"type", "title", "status", "detail", "instance", "code"}
PLAIN = "/api/v1/codes/"


class Breaking(APIView):
    """Fails in every way a view can fail."""

    permission_classes = [Anyone]

    def get(self, request):
        raise Refused("rule", "这样不行。请换一个。", status=int(request.GET["status"]))

    def post(self, request):
        return request.data

    def put(self, request):
        raise RuntimeError("a secret of the machine")


class Closed(APIView):
    """Says nothing about its permission."""

    def get(self, request): ...


urlpatterns = [
    path("api/v1/broken/", Breaking.as_view()),
    path("api/v1/closed/", Closed.as_view()),
]
handler404 = "pages.views.errors.not_found"
handler500 = "pages.views.errors.server_error"


def problem(answer, status: int, code: str) -> dict:
    """The problem details, after the checks every error must pass."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert KEYS <= set(said) <= KEYS | {"errors"}
    assert (said["status"], said["code"]) == (status, code)
    assert answer.request["PATH_INFO"] == said["instance"]
    assert any("\u4e00" <= character <= "\u9fff" for character in said["detail"])
    assert not answer.cookies
    return said


def test_an_unknown_address_is_a_problem_for_programs_and_a_page_for_people(client):
    problem(client.get("/api/v2/nothing/"), 404, "not_found")
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")


def test_another_method_is_told_which_are_allowed(client):
    answer = client.post(PLAIN)
    problem(answer, 405, "method_not_allowed")
    assert "GET" in answer["Allow"]
    problem(client.options(PLAIN), 405, "method_not_allowed")


def test_another_format_is_refused(client):
    problem(client.get(PLAIN, HTTP_ACCEPT="application/xml"), 406, "not_acceptable")
    assert client.get(PLAIN, HTTP_ACCEPT="text/html,*/*;q=0.8").status_code == 200


@pytest.mark.urls(__name__)
class TestOwnViews:
    """With a view that fails on demand."""

    @pytest.mark.parametrize("status", [403, 404, 409, 422, 429])
    def test_a_refusal_keeps_its_words_and_its_status(self, client, status):
        answer = client.get(f"/api/v1/broken/?status={status}")
        assert problem(answer, status, "rule")["detail"] == "这样不行。请换一个。"
        assert answer.has_header("Retry-After") == (status == 429)

    def test_broken_json_is_a_problem(self, client):
        answer = client.post("/api/v1/broken/", "{", content_type="application/json")
        problem(answer, 400, "bad_json")

    def test_another_content_type_is_a_problem(self, client):
        answer = client.post("/api/v1/broken/", "a=1", content_type="text/plain")
        problem(answer, 415, "unsupported_media_type")

    def test_a_fault_tells_nothing_about_the_machine(self, client):
        client.raise_request_exception = False
        answer = client.put("/api/v1/broken/", {}, content_type="application/json")
        problem(answer, 500, "server_error")
        assert "secret" not in answer.content.decode()

    def test_a_view_that_says_nothing_is_closed(self, client):
        answer = client.get("/api/v1/closed/")
        problem(answer, 401, "token_needed")
        assert answer["WWW-Authenticate"] == "Bearer"


def test_too_many_requests_are_told_when_to_come_back(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    answers = [client.get(PLAIN, REMOTE_ADDR="203.0.113.77") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    problem(answers[-1], 429, "too_many_requests")
    assert int(answers[-1]["Retry-After"]) > 0
    assert client.get(PLAIN, REMOTE_ADDR="203.0.113.78").status_code == 200


def test_a_stranger_s_answer_may_be_read_by_any_site_and_sets_no_cookie(client):
    answer = client.get(PLAIN, HTTP_ORIGIN="https://example.org")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies
    assert client.get("/api/v2/nothing/")["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("header", ["Bearer x", "Bearer", "Basic eDp5", "Bearer hd_00000000_x"])
def test_a_wrong_token_is_refused_even_where_none_is_needed(client, header):
    answer = client.get(PLAIN, HTTP_AUTHORIZATION=header, REMOTE_ADDR="203.0.113.79")
    problem(answer, 401, "invalid_token")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_guessing_tokens_is_stopped(client, monkeypatch):
    monkeypatch.setattr(authentication, "WRONG_ALLOWED", 2)
    wrong = {"HTTP_AUTHORIZATION": "Bearer x", "REMOTE_ADDR": "203.0.113.80"}
    codes = [client.get(PLAIN, **wrong).status_code for _ in range(3)]
    assert codes == [401, 401, 429]


def test_a_session_is_not_an_identity_here(client):
    from tests.factories.accounts import UserFactory

    client.force_login(UserFactory())
    assert client.get("/api/v1/token/").status_code in (302, 401)
