"""Answers to the situation questions give exactly the papers the guide asks for."""

from matters.selfcheck import applies, chosen_item, materials_for, questions_for

GUIDE = {
    "items": [{"suffix": "01", "name": "新办"}, {"suffix": "02", "name": "变更"}],
    "situations": [{"key": "investor"}, {"key": "land"}],
    "materials": [
        {"key": "form", "items": ["01", "02"], "when": {}},
        {"key": "foreign", "items": ["01"], "when": {"investor": ["foreign", "mixed"]}},
        {
            "key": "both",
            "items": ["01"],
            "when": {"investor": ["foreign"], "land": ["new"]},
        },
        {"key": "change", "items": ["02"], "when": {}},
    ],
}


def keys(suffix, answers):
    return [material["key"] for material in materials_for(GUIDE, suffix, answers)]


def test_no_condition_always_applies():
    assert applies({}, {})


def test_values_are_or_and_keys_are_and():
    assert keys("01", {"investor": "mixed", "land": "new"}) == ["form", "foreign"]
    assert keys("01", {"investor": "foreign", "land": "new"}) == ["form", "foreign", "both"]


def test_an_unanswered_question_does_not_apply():
    assert keys("01", {"investor": "foreign"}) == ["form", "foreign"]


def test_only_papers_of_the_chosen_business_item_are_listed():
    assert keys("02", {"investor": "foreign", "land": "new"}) == ["form", "change"]


def test_only_questions_that_matter_for_the_item_are_asked():
    assert [q["key"] for q in questions_for(GUIDE, "01")] == ["investor", "land"]
    assert questions_for(GUIDE, "02") == []


def test_an_unknown_item_falls_back_to_the_first():
    assert chosen_item(GUIDE, "77")["suffix"] == "01"
    assert chosen_item(GUIDE, None)["suffix"] == "01"
    assert chosen_item(GUIDE, "02")["suffix"] == "02"
