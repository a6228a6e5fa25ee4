"""“这份指南有用吗？”: one click is one answer, and nobody's address is kept."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from matters.models import GuideFeedback
from matters.services import feedback
from tests.html_rules import Page, breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")
SEQ = 113


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def address():
    return reverse("matters:guide_feedback", args=[SEQ])


def answer(useful="no", comment="哪里有空表？", submission=None):
    return {"useful": useful, "comment": comment, "submission": submission or uuid4()}


def test_the_links_of_the_guide_choose_the_answer(client, address):
    html = client.get(address, {"useful": "no"}).content.decode()
    assert breaches(html) == []
    chosen = re.search(r'<input[^>]*value="no"[^>]*>', html).group()
    assert "checked" in chosen
    assert html.count("checked") == 1
    assert "checked" not in client.get(address).content.decode()


def test_an_answer_is_kept_with_the_edition_it_is_about(client, address):
    response = client.post(address, answer())
    assert response.url == f"{address}?thanks=1"
    assert "谢谢" in Page(client.get(response.url).content.decode()).text
    row = GuideFeedback.objects.get()
    assert (row.matter.seq, row.version_number, row.useful) == (SEQ, 1, False)
    assert row.comment == "哪里有空表？"


def test_submitting_twice_is_one_answer(client, address):
    same = answer(useful="yes", submission=uuid4())
    assert client.post(address, same).url == client.post(address, same).url
    assert GuideFeedback.objects.count() == 1


def test_no_choice_keeps_what_was_typed(client, address):
    response = client.post(address, answer(useful=""))
    html = response.content.decode()
    assert response.status_code == 422
    assert "请选“有用”或“没用”" in html
    assert "哪里有空表？" in html
    assert breaches(html) == []
    assert not GuideFeedback.objects.exists()


def test_a_comment_is_optional_but_not_endless(client, address):
    assert client.post(address, answer(comment="")).status_code == 302
    response = client.post(address, answer(comment="长" * 501))
    assert "最多 500 个字，现在有 501 个字" in response.content.decode()


def test_one_network_is_heard_so_many_times_a_day(client, address, monkeypatch):
    monkeypatch.setattr(feedback, "ANSWERS_A_DAY", 2)
    statuses = [client.post(address, answer()).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    assert GuideFeedback.objects.count() == 2


def test_a_foreign_form_is_refused(address):
    assert Client(enforce_csrf_checks=True).post(address, answer()).status_code == 403
