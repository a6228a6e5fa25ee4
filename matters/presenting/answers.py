"""Answers of the self-check: read from a query string, written back into one. Pure.

The query string is the whole memory of the self-check: `item=01&q_land=granted`. Nothing is
stored, a link can be shared, and the back button works.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from matters.facts import item_words
from matters.selfcheck import questions_for

ITEM = "item"
PREFIX = "q_"
ITEM_QUESTION = "您要办哪一种？"
CHOOSE_ONE = "请选一个再点“下一步”。拿不准就选最接近的，之后可以改。"
NOT_AN_OPTION = "刚才的答案不在选项里，可能是链接不完整。请在下面重新选一个。"


@dataclass(frozen=True)
class Question:
    """One page of the self-check. `answer` is a valid option key or ""."""

    name: str
    text: str
    options: list[tuple[str, str]]
    answer: str
    given: bool

    @property
    def answer_label(self) -> str:
        """Words of the chosen option, "" while open."""
        return dict(self.options).get(self.answer, "")

    @property
    def problem(self) -> str:
        """What is wrong with the answer, as a sentence; "" when it is fine."""
        if self.answer:
            return ""
        return NOT_AN_OPTION if self.given else CHOOSE_ONE


@dataclass(frozen=True)
class Answers:
    """All questions for one reader, in order, with the answers known so far."""

    guide: Mapping[str, Any]
    suffix: str
    questions: list[Question]

    @property
    def first_open(self) -> Question | None:
        """The next question to ask; None when everything is answered."""
        return next((question for question in self.questions if not question.answer), None)

    def question(self, name: str) -> Question | None:
        """The question called `name`, if it belongs to this reader's path."""
        return next((question for question in self.questions if question.name == name), None)

    def by_situation(self) -> dict[str, str]:
        """Situation key → option key, for `matters.selfcheck`."""
        return {
            question.name.removeprefix(PREFIX): question.answer
            for question in self.questions
            if question.name != ITEM and question.answer
        }

    def pairs(self, without: str = "") -> list[tuple[str, str]]:
        """Canonical (name, value) pairs: known answers only, in the order of the questions."""
        pairs = [(question.name, question.answer) for question in self.questions]
        if not any(name == ITEM for name, _ in pairs):
            pairs.insert(0, (ITEM, self.suffix))
        return [(name, value) for name, value in pairs if value and name != without]

    def query(self, **extra: str) -> str:
        """The canonical query string: equal answers, equal string."""
        return urlencode([*self.pairs(), *extra.items()])


def read(guide: Mapping[str, Any], parameters: Mapping[str, str]) -> Answers:
    """Answers in `parameters`; what is unknown or forged counts as not answered."""
    items = [(item["suffix"], item_words(guide, item)) for item in guide["items"]]
    chosen = parameters.get(ITEM, "")
    suffix = chosen if chosen in dict(items) else items[0][0]
    asked = []
    if len(items) > 1:
        asked.append(_question(ITEM, ITEM_QUESTION, items, parameters))
    for situation in questions_for(guide, suffix):
        options = [(option["key"], option["label"]) for option in situation["options"]]
        name = PREFIX + situation["key"]
        asked.append(_question(name, situation["question"], options, parameters))
    return Answers(guide, suffix, asked)


def _question(
    name: str, text: str, options: list[tuple[str, str]], parameters: Mapping[str, str]
) -> Question:
    value = parameters.get(name, "")
    answer = value if value in dict(options) else ""
    return Question(name, text, options, answer, given=bool(value))
