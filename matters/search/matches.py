"""A query, prepared, and what matching it yields. Pure."""

from dataclasses import dataclass

from matters.querytext import in_our_words, normal, without_stop_phrases
from matters.search.characters import simplified

#: the query is a name, a keyword, a saying or a code
SAID = 1.0
#: from here on a page may call it an answer
CERTAIN = 0.62
#: below this it is chance and not shown
LEAST = 0.34
#: letters fewer than this are not read as pinyin
LEAST_LATIN = 2


@dataclass(frozen=True)
class Match:
    """One document's score, why (said to the reader) and the words to mark."""

    score: float
    reason: str
    terms: tuple[str, ...] = ()


Matches = dict[int, Match]


@dataclass(frozen=True)
class Asked:
    """A query, prepared: `whole` in comparable form, `core` without the words of asking."""

    whole: str
    core: str

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.whole, self.core)))


def asked(query: str) -> Asked:
    whole = simplified(normal(query))
    return Asked(whole, in_our_words(without_stop_phrases(whole)))


def best_score(found: Matches) -> float:
    return max((match.score for match in found.values()), default=0.0)


def better(found: Matches, others: Matches) -> None:
    """Keep the stronger match of each document."""
    for number, match in others.items():
        if number not in found or found[number].score < match.score:
            found[number] = match
