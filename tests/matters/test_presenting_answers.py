"""The query string is the memory of the self-check; forged answers are no answers."""

from urllib.parse import parse_qs

from matters.presenting.answers import CHOOSE_ONE, NOT_AN_OPTION, read

GUIDE = {
    "name": "用地许可",
    "items": [{"suffix": "01", "name": "新办"}, {"suffix": "02", "name": "变更"}],
    "situations": [
        {
            "key": "land",
            "question": "地是谁的？",
            "options": [{"key": "own", "label": "自己的"}, {"key": "rent", "label": "租的"}],
        }
    ],
    "materials": [
        {"key": "lease", "items": ["01"], "when": {"land": ["rent"]}},
        {"key": "form", "items": ["01", "02"], "when": {}},
    ],
}
ONE_ITEM = GUIDE | {"items": GUIDE["items"][:1]}


def names(answers):
    return [question.name for question in answers.questions]


def test_the_business_item_is_asked_first_when_there_are_several():
    assert names(read(GUIDE, {})) == ["item", "q_land"]
    assert names(read(ONE_ITEM, {})) == ["q_land"]


def test_only_questions_of_the_chosen_item_are_asked():
    answers = read(GUIDE, {"item": "02", "q_land": "rent"})
    assert names(answers) == ["item"]
    assert answers.query() == "item=02"


def test_complete_answers_are_known_by_situation():
    answers = read(GUIDE, {"item": "01", "q_land": "rent"})
    assert answers.first_open is None
    assert answers.by_situation() == {"land": "rent"}
    assert answers.questions[1].answer_label == "租的"


def test_a_forged_answer_is_open_and_says_so():
    answers = read(GUIDE, {"item": "01", "q_land": "castle"})
    assert answers.first_open.name == "q_land"
    assert answers.first_open.problem == NOT_AN_OPTION
    assert read(GUIDE, {"item": "01"}).first_open.problem == CHOOSE_ONE
    assert answers.query() == "item=01"


def test_unknown_parameters_do_not_survive():
    answers = read(GUIDE, {"item": "01", "q_land": "own", "q_x": "1", "utm": "z"})
    assert parse_qs(answers.query()) == {"item": ["01"], "q_land": ["own"]}


def test_the_query_names_the_item_even_when_it_is_not_asked():
    assert read(ONE_ITEM, {"q_land": "own", "item": "77"}).query() == "item=01&q_land=own"


def test_a_question_can_be_left_out_to_be_asked_again():
    answers = read(GUIDE, {"item": "01", "q_land": "own"})
    assert answers.pairs(without="q_land") == [("item", "01")]
