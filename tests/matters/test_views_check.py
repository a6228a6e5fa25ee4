"""自测 asks one question a page, forgets nothing and believes no forged answer."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse

from matters.models import MatterVersion
from matters.presenting.answers import CHOOSE_ONE, NOT_AN_OPTION
from tests.html_rules import Page, breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")
SEQ = 113
NO_QUESTIONS = (150, 156)


def ask(client, seq=SEQ, **answers):
    return client.get(reverse("matters:check", args=[seq]), answers)


def words(response):
    assert response.status_code == 200
    html = response.content.decode()
    assert breaches(html) == []
    return Page(html).text


def test_the_business_item_is_the_first_question(client):
    page = words(ask(client))
    assert "第 1 问，共 3 问" in page
    assert "您要办哪一种？" in page


def test_the_next_question_carries_what_is_known(client):
    response = ask(client, item="01", at="item")
    assert "第 2 问，共 3 问" in words(response)
    assert '<input type="hidden" name="item" value="01">' in response.content.decode()
    assert CHOOSE_ONE not in words(response)


def test_no_choice_is_an_error_beside_the_choices(client):
    response = ask(client, item="01", at="q_premises")
    html = response.content.decode()
    assert CHOOSE_ONE in words(response)
    assert 'id="question-error"' in html
    assert "<title>错误：" in html


def test_a_forged_answer_comes_back_to_its_question(client):
    assert NOT_AN_OPTION in words(ask(client, item="01", q_premises="castle"))
    assert NOT_AN_OPTION in words(ask(client, item="77"))


def test_nothing_is_chosen_for_the_reader(client):
    assert " checked" not in ask(client, item="01").content.decode()


def test_complete_answers_lead_to_the_list(client):
    response = ask(client, item="01", q_premises="rented", q_deposit="cash", at="q_deposit")
    assert response.status_code == 302
    assert response.url == f"/item/{SEQ}/materials/?item=01&q_premises=rented&q_deposit=cash"


def test_an_answer_can_be_changed_without_losing_the_others(client):
    response = ask(client, item="01", q_premises="rented", q_deposit="cash", ask="q_premises")
    html = response.content.decode()
    assert 'value="rented" checked' in html
    assert '<input type="hidden" name="q_deposit" value="cash">' in html


def test_one_step_back_shows_the_question_before_with_its_answer(client):
    html = ask(client, item="01", q_premises="rented").content.decode()
    back = next(url for url, css in Page(html).links if "ask=q_premises" in url)
    before = client.get(back).content.decode()
    assert 'value="rented" checked' in before


def test_back_from_the_first_question_is_the_guide(client):
    page = Page(ask(client).content.decode())
    assert (f"/item/{SEQ}/", "button quiet") in page.links
    assert "回到办事指南" in page.text


@pytest.mark.parametrize("seq", range(1, 177))
def test_always_taking_the_last_choice_ends_at_a_list(client, seq):
    """A whole walk through every matter, by submitting the form as a browser would."""
    guide = MatterVersion.objects.published().get(matter__seq=seq).snapshot
    response = ask(client, seq)
    for _ in range(len(guide["situations"]) + 1):
        if response.status_code == 302:
            break
        response = ask(client, seq, **submitted(response.context))
    address = urlsplit(response.url)
    assert address.path == f"/item/{seq}/materials/"
    assert dict(parse_qsl(address.query))["item"]
    listed = client.get(response.url)
    assert listed.status_code == 200
    assert breaches(listed.content.decode()) == []


def submitted(context):
    fields = {field["name"]: field["value"] for field in context["hidden"]}
    return fields | {context["question"].name: context["options"][-1]["value"]}


@pytest.mark.parametrize("seq", NO_QUESTIONS)
def test_matters_without_situations_ask_at_most_for_the_business_item(client, seq):
    guide = MatterVersion.objects.published().get(matter__seq=seq).snapshot
    response = ask(client, seq, item=guide["items"][0]["suffix"])
    assert response.url.startswith(f"/item/{seq}/materials/")


def test_the_self_check_writes_nothing_and_sets_no_cookie(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        response = ask(client, item="01")
    assert not response.cookies
