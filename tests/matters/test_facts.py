"""A fact of a matter reads the same wherever it is shown."""

import pytest

from matters import facts
from matters.facts import Span


def guide(*materials, situations=()):
    return {
        "items": [
            {"suffix": "01", "name": "新办"},
            {"suffix": "02", "name": "变更"},
        ],
        "situations": list(situations),
        "materials": list(materials),
    }


def paper(items=("01",), when=None, necessity="required", waived=False):
    return {"items": list(items), "when": when or {}, "necessity": necessity, "waived": waived}


def question(key, *options):
    return {"key": key, "options": [{"key": option} for option in options]}


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (5, "工作日", "5 个工作日"),
        (5, "workday", "5 个工作日"),
        (7, "日", "7 天"),
        (7, "day", "7 天"),
        (0, "workday", "当场办结"),
    ],
)
def test_a_promise_says_number_and_unit_and_zero_is_on_the_spot(value, unit, words):
    assert facts.promised_words(value, unit) == words


def test_a_statutory_limit_of_zero_is_no_limit_and_never_on_the_spot():
    assert facts.statutory_words(20, "workday") == "20 个工作日"
    assert facts.statutory_words(0, "workday") == "法律没有规定"


def test_visits_fee_and_audience_are_plain_words():
    assert facts.visits_words(0) == "不用跑"
    assert facts.visits_words(2) == "最多跑 2 次"
    assert (facts.fee_words(True), facts.fee_words(False)) == ("收费", "不收费")
    assert facts.audience_words(["organisation", "person"]) == "个人、企业和组织"
    assert facts.audience_words(["person"]) == "个人"


def test_an_item_named_like_its_matter_says_its_kind_beside_others():
    new = {"suffix": "01", "name": "食品经营许可", "kind": "新办"}
    change = {"suffix": "02", "name": "许可变更", "kind": "变更"}
    matter = {"name": "食品经营许可", "items": [new, change]}
    assert facts.item_words(matter, new) == "食品经营许可（新办）"
    assert facts.item_words(matter, change) == "许可变更"
    assert facts.item_words({**matter, "items": [new]}, new) == "食品经营许可"


def test_the_clock_names_its_start_event():
    assert facts.clock_words({"clock_starts": "受理"}) == "从受理起算"
    assert facts.clock_words({"clock_starts": "收到"}) == "从收到全部材料起算"


def test_materials_count_the_first_item_and_say_how_many_are_waived():
    whole = guide(paper(), paper(waived=True), paper(items=("02",)))
    assert facts.material_words(whole) == "2 份（1 份免交）"
    assert facts.material_words(whole, "02") == "1 份"


def test_papers_nobody_must_hand_in_are_not_counted():
    assert facts.material_words(guide(paper(), paper(necessity="optional"))) == "1 份"


def test_situations_turn_the_count_into_a_span():
    whole = guide(
        paper(),
        paper(when={"land": ["new"]}),
        paper(when={"land": ["new"], "who": ["foreign"]}, waived=True),
        situations=[question("land", "new", "old"), question("who", "foreign", "home")],
    )
    count = facts.material_count(whole)
    assert (count.all, count.waived) == (Span(1, 3), Span(0, 1))
    assert str(count) == "1～3 份（0～1 份免交）"


def test_a_span_of_one_number_is_that_number():
    assert str(Span(4, 4)) == "4"


def test_every_business_item_has_both_limits_in_words():
    item = {
        "suffix": "01",
        "name": "新办",
        "kind": "新办",
        "promised": 3,
        "statutory": 20,
        "unit": "workday",
        "clock_starts": "受理",
        "stage": None,
    }
    limit = facts.item_limits({"items": [item]})[0]
    assert (limit.promised, limit.statutory, limit.clock) == (
        "3 个工作日",
        "20 个工作日",
        "从受理起算",
    )
