"""What can be found: one document a matter or bundle, with every phrase that leads to it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from matters.querytext import is_latin, normal
from matters.search.characters import simplified

#: codes have 12, 14, 31 or 33 characters; shorter Latin lines of a body are words
LEAST_CODE = 9
#: how much less a later target of one thesaurus line is meant than the one before it
NEXT_TARGET = 0.94
BRACKETS = {"（": "）", "(": ")"}


class Origin(StrEnum):
    """Where a phrase comes from; said to the reader as the reason of a match."""

    NAME = "名称"
    KEYWORD = "关键词"
    SAYING = "常用说法"
    PART = "业务"


@dataclass(frozen=True)
class Phrase:
    """One way to call a document. `plain` is its comparable form, `weight` 0 to 1."""

    text: str
    plain: str
    weight: float
    origin: Origin

    @property
    def reason(self) -> str:
        return "名称" if self.origin is Origin.NAME else f"{self.origin.value}“{self.text}”"


@dataclass
class Document:
    """One findable thing. `ident` is a matter's seq or a bundle's number as text."""

    ident: str
    kind: str
    title: str
    phrases: list[Phrase] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    @cached_property
    def plain_lines(self) -> tuple[str, ...]:
        """`lines` in comparable form."""
        return tuple(comparable(line) for line in self.lines)

    def say(self, text: str, origin: Origin, weight: float = 1.0) -> None:
        """Add a phrase; said twice, the first (stronger) one stays."""
        plain = comparable(text)
        if plain and all(phrase.plain != plain for phrase in self.phrases):
            self.phrases.append(Phrase(text, plain, weight, origin))


def comparable(text: str) -> str:
    """Normal form in simplified characters."""
    return simplified(normal(text))


def without_brackets(text: str) -> str:
    """A name without what stands in brackets: people leave it out."""
    depth, kept = 0, []
    for character in text:
        if character in BRACKETS:
            depth += 1
        elif depth and character in BRACKETS.values():
            depth -= 1
        elif not depth:
            kept.append(character)
    return "".join(kept)


def document(
    *, ident: str, kind: str, title: str, keywords: Iterable[str], parts: Iterable[str], body: str
) -> Document:
    """A document from the texts of its search entry; sayings are added by `add_sayings`."""
    lines = [line for line in body.splitlines() if line]
    codes = tuple(
        line.lower() for line in lines if len(line) >= LEAST_CODE and is_latin(line.lower())
    )
    made = Document(
        ident,
        kind,
        title,
        lines=tuple(line for line in lines if line.lower() not in codes),
        codes=codes,
    )
    made.say(title, Origin.NAME)
    made.say(without_brackets(title), Origin.NAME)
    for word in keywords:
        made.say(word, Origin.KEYWORD)
    for word in parts:
        made.say(word, Origin.PART, 0.8)
    return made


def add_sayings(
    documents: Mapping[str, Document], rows: Iterable[tuple[str, list[str], float]]
) -> None:
    """Add thesaurus rows (words, targets in order, weight); unknown targets are passed over."""
    for words, targets, weight in rows:
        for place, ident in enumerate(targets):
            if ident in documents:
                documents[ident].say(words, Origin.SAYING, weight * NEXT_TARGET**place)
