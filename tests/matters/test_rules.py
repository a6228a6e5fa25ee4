"""Each rule of policy §2.5 and §10 A finds its own gap and nothing else."""

import copy

import pytest

from matters import rules

ITEM = {"suffix": "01", "name": "新办", "statutory": 20, "promised": 5, "instant": False}
STEP = {"name": "审查", "special": False, "counts": True, "basis": ""}
SOUND = {
    "conditions": ["有场地"],
    "items": [ITEM],
    "materials": [{"name": "申请书", "items": ["01"], "when": {"kind": ["a"]}}],
    "steps": [STEP] * 5,
    "faqs": [{"q": "?", "a": "!"}],
    "law": [{"law": "《法》", "article": "第一条", "gist": "规定"}],
    "result": {"name": "许可证"},
    "service": {"visits": 0, "visit_reason": "", "once": True, "pay_online": False},
    "fee": {"charged": False, "standard": "", "basis": ""},
    "contact": {"consult_phone": "022-11111111", "complaint_phone": "022-22222222"},
    "identity": {"implementation_code": "1" * 31},
    "situations": [{"key": "kind", "options": [{"key": "a"}]}],
    "base_code_provisional": False,
}


def codes(**changes) -> set[str]:
    """Codes found in a sound guide after `part__key=value` changes."""
    guide = copy.deepcopy(SOUND)
    for path, value in changes.items():
        part, _, key = path.partition("__")
        if key:
            guide[part][key] = value
        else:
            guide[part] = value
    return {gap.code for gap in rules.gaps(guide)}


def test_a_sound_guide_has_no_gap():
    assert codes() == set()


@pytest.mark.parametrize("part", ["conditions", "faqs", "law"])
def test_an_empty_mandatory_section_blocks(part):
    assert codes(**{part: []}) == {"section_empty"}


CASES = [
    ({"result__name": ""}, "result_missing"),
    ({"items": [ITEM | {"promised": 21}]}, "promise_too_long"),
    ({"items": [ITEM | {"instant": True}]}, "instant_with_days"),
    ({"service__visits": 1}, "visit_without_reason"),
    (
        {"service": {"visits": 2, "visit_reason": "核对", "once": True, "pay_online": False}},
        "once_with_visits",
    ),
    ({"fee__charged": True}, "fee_without_basis"),
    ({"service__pay_online": True}, "payment_without_fee"),
    ({"contact__complaint_phone": "022-11111111"}, "same_phones"),
    ({"contact__consult_phone": ""}, "phone_missing"),
    ({"steps": [STEP] * 4}, "too_few_steps"),
    (
        {"steps": [STEP] * 4 + [STEP | {"special": True, "counts": False}]},
        "stop_without_basis",
    ),
    ({"materials": [{"name": "书", "items": ["09"], "when": {}}]}, "unknown_item"),
    ({"materials": [{"name": "书", "items": [], "when": {}}]}, "unknown_item"),
    (
        {"materials": [{"name": "书", "items": ["01"], "when": {"kind": ["b"]}}]},
        "unknown_situation",
    ),
    ({"identity__implementation_code": ""}, "code_missing"),
    ({"base_code_provisional": True}, "code_provisional"),
]


@pytest.mark.parametrize(("changes", "code"), CASES, ids=[code for _, code in CASES])
def test_each_rule_finds_its_gap(changes, code):
    assert codes(**changes) == {code}


def test_every_gap_is_a_chinese_sentence_and_blocking_ones_come_first():
    guide = copy.deepcopy(SOUND) | {"faqs": []}
    guide["contact"]["consult_phone"] = ""
    found = rules.gaps(guide)
    assert [gap.blocking for gap in found] == [True, False]
    assert all(gap.message.endswith("。") for gap in found)
