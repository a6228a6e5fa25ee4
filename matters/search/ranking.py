"""Scores of every document for one query, by the kind of query. Pure.

Characters: equal phrases first, then phrases that stand inside the query and phrases like it, then
the whole text. When that is no answer, the same is asked of sounds and shapes (typos). Latin
letters are read as pinyin. Scores run from 0 to 2; from `CERTAIN` on a page may call it an answer,
below `LEAST` it is chance and not shown.
"""

from dataclasses import dataclass

import numpy as np

from matters.querytext import in_our_words, is_latin, normal, without_stop_phrases
from matters.search.characters import shape, simplified
from matters.search.documents import Origin, Phrase
from matters.search.index import LONGEST_PHRASE, Index, trigrams
from matters.search.postings import grams
from matters.search.sounds import loose, near, sound

CERTAIN = 0.62
LEAST = 0.34
#: a guess by sound or shape is worth this much of the same match in characters
GUESS = 0.9
LIKE, INSIDE, TEXT = 0.60, 0.45, 0.18
#: pinyin: whole phrase, its beginning or a stretch of it
SHORT_LIST = 40
LEAST_LATIN = 2
#: 离婚 inside 离婚迁户口 is another matter; 卖烟 inside 卖烟证 is not
LEAST_OF_SAYING = 0.6
#: a short text must sound or look nearly whole the same to be a guess
LEAST_GUESS, LEAST_SHORT_GUESS, SHORT = 0.5, 0.7, 4
EDITS_FROM = 5
#: characters of the guide shown as the reason of a hit in its text
EXCERPT = 24


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


def ranked(index: Index, query: str) -> Matches:
    """Every document that may answer, with its best match; empty when nothing does."""
    question = asked(query)
    if not question.whole or not index.phrases:
        return {}
    found = by_code(index, question.whole)
    if is_latin(question.core):
        better(found, by_pinyin(index, question.core))
    better(found, by_words(index, question))
    if not is_latin(question.core) and best_score(found) < CERTAIN:
        better(found, by_guess(index, question))
    return {number: match for number, match in found.items() if match.score >= LEAST}


def best_score(found: Matches) -> float:
    return max((match.score for match in found.values()), default=0.0)


def better(found: Matches, others: Matches) -> None:
    """Keep the stronger match of each document."""
    for number, match in others.items():
        if number not in found or found[number].score < match.score:
            found[number] = match


def by_code(index: Index, words: str) -> Matches:
    """Serial number (147, 第147项), a whole code, or at least six characters of one."""
    number = words.removeprefix("第").removesuffix("项").removesuffix("号")
    found: Matches = {}
    for place, document in enumerate(index.documents):
        if number.isdecimal() and len(number) <= 4 and str(int(number)) == document.ident:
            found[place] = Match(2.0, f"序号 {document.ident}")
        elif len(words) >= 6 and words in document.codes:
            found[place] = Match(2.0, "编码")
        elif len(words) >= 6 and any(words in code for code in document.codes):
            found[place] = Match(1.2, "编码的一部分")
        elif words == document.ident.lower():
            found[place] = Match(2.0, f"编号 {document.ident}")
    return found


def by_words(index: Index, question: Asked) -> Matches:
    """Equal phrases, phrases inside the query, phrases like it, and the whole text."""
    found: Matches = {}
    like, share = index.exact.likeness(question.core)
    likeness, first = index.best_per_document(like * index.weights)
    inside, why = said_inside(index, question.core)
    text = index.bodies.likeness(question.core)[1]
    scores = LIKE * likeness + INSIDE * inside + TEXT * text
    for number in np.flatnonzero(scores >= LEAST):
        place = int(number)
        chosen = why.get(place, int(first[place]))
        phrase = index.phrases[chosen]
        held = float(share[chosen])
        reason = phrase.reason if held > 0.3 or place in why else "相近的说法"
        found[place] = Match(float(scores[number]), reason, (phrase.plain, question.core))
    better(found, equal_phrases(index, question))
    better(found, part_of_phrases(index, question))
    better(found, in_text(index, question.core))
    return found


def in_text(index: Index, core: str) -> Matches:
    """The query stands in a line of a guide; the reader is shown where."""
    found: Matches = {}
    if len(core) < 2:
        return found
    for place, document in enumerate(index.documents):
        for line, plain in zip(document.lines, document.plain_lines, strict=True):
            if (start := plain.find(core)) >= 0:
                found[place] = Match(LEAST + 0.01, f"正文“{around(line, start, len(core))}”", (core,))
                break
    return found


def around(line: str, start: int, length: int) -> str:
    """A stretch of a long line around the words found in it; positions are nearly exact."""
    first = max(start - EXCERPT // 3, 0)
    last = max(first + EXCERPT, start + length)
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"


def equal_phrases(index: Index, question: Asked) -> Matches:
    """The query is a name, a keyword or a saying."""
    found: Matches = {}
    for words in question.forms:
        for number in index.by_words.get(words, ()):
            phrase = index.phrases[number]
            bonus = {Origin.NAME: 0.3, Origin.KEYWORD: 0.05}.get(phrase.origin, 0.0)
            match = Match(1 + 0.5 * phrase.weight + bonus, phrase.reason, (words,))
            better(found, {index.owners[number]: match})
    return found


def part_of_phrases(index: Index, question: Asked) -> Matches:
    """The query is a stretch of a phrase: two-letter words, the middle of a name."""
    found: Matches = {}
    core = question.core
    if len(core) < 2:
        return found
    for number, phrase in enumerate(index.phrases):
        if core in phrase.plain and core != phrase.plain:
            share = len(core) / len(phrase.plain)
            if phrase.origin is Origin.SAYING and share < LEAST_OF_SAYING:
                continue
            match = Match(0.62 + 0.3 * share * phrase.weight, phrase.reason, (core,))
            better(found, {index.owners[number]: match})
    return found


def said_inside(index: Index, core: str) -> tuple[np.ndarray, dict[int, int]]:
    """Share of the query's weight that known phrases inside it explain, per document.

    The query is cut into known phrases so that long ones win; also returned: the heaviest such
    phrase of each document.
    """
    scores = np.zeros(len(index.documents), np.float32)
    why: dict[int, int] = {}
    total = sum(index.exact.weight(gram) for gram in grams(core)) or 1.0
    for words in cut(index, core):
        numbers = index.by_words[words]
        for number in numbers:
            owner = index.owners[number]
            part = float(index.exact.mass[number]) / total * index.phrases[number].weight
            scores[owner] += part
            if owner not in why or index.exact.mass[number] > index.exact.mass[why[owner]]:
                why[owner] = number
    return np.minimum(scores, 1.0), why


def cut(index: Index, core: str) -> list[str]:
    """Known phrases of at least two characters that cover `core` best (sum of squares of length)."""
    best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for end in range(1, len(core) + 1):
        choice = best[end - 1]
        for length in range(2, min(LONGEST_PHRASE, end) + 1):
            words = core[end - length : end]
            if words in index.by_words:
                before = best[end - length]
                choice = max(choice, (before[0] + length**2, (*before[1], words)))
        best.append(choice)
    return list(best[-1][1])


def by_guess(index: Index, question: Asked) -> Matches:
    """Homophones and look-alikes: the same likeness over sounds and shapes."""
    if len(question.core) < 2:
        return {}
    found: Matches = {}
    least = LEAST_SHORT_GUESS if len(question.core) <= SHORT else LEAST_GUESS
    channels = (
        (index.sounds, sound(question.core), "读音相近的"),
        (index.shapes, shape(question.core), "字形相近的"),
    )
    for postings, units, why in channels:
        like, _ = postings.likeness(units)
        best, first = index.best_per_document(like * index.weights)
        for number in np.flatnonzero(best >= least):
            phrase = index.phrases[int(first[number])]
            match = Match(GUESS * float(best[number]), f"{why}“{phrase.text}”", (phrase.plain,))
            better(found, {int(number): match})
    return found


def by_pinyin(index: Index, typed: str) -> Matches:
    """Initials, full pinyin, its beginning or a stretch, pinyin inside, one or two slips."""
    if len(typed) < LEAST_LATIN:
        return {}
    spoken = loose(typed)
    found: Matches = {}
    for number, (spelling, initials) in enumerate(zip(index.spelled, index.initials, strict=True)):
        score = _spelled(typed, spoken, spelling, initials)
        if score:
            phrase = index.phrases[number]
            how = "拼音首字母" if score[1] else "拼音"
            worth = score[0] + 0.05 * phrase.weight
            match = Match(worth, f"{how}“{phrase.text}”", (phrase.plain,))
            better(found, {index.owners[number]: match})
    if best_score(found) < CERTAIN and len(spoken) >= EDITS_FROM:
        better(found, by_slips(index, spoken))
    return found


def _spelled(typed: str, spoken: str, spelling: str, initials: str) -> tuple[float, bool] | None:
    """Score of one phrase for typed letters, and whether its initials matched."""
    if spoken == spelling:
        return 1.45, False
    if typed == initials:
        return 1.3, True
    if len(typed) > LEAST_LATIN and spelling.startswith(spoken):
        return 0.8 + 0.4 * len(spoken) / len(spelling), False
    if len(typed) > LEAST_LATIN and initials.startswith(typed):
        return 0.7 + 0.3 * len(typed) / len(initials), True
    if len(spoken) > 3 and spoken in spelling:
        return 0.6 + 0.3 * len(spoken) / len(spelling), False
    if len(spelling) > 4 and spelling in spoken:
        return 0.45 + 0.5 * len(spelling) / len(spoken), False
    return None


def by_slips(index: Index, spoken: str) -> Matches:
    """Misspelt pinyin: phrases that share most stretches of three letters, by edit distance."""
    shared = np.zeros(len(index.phrases), np.int32)
    for piece in trigrams(spoken):
        if piece in index.by_trigram:
            shared[index.by_trigram[piece]] += 1
    most = 1 if len(spoken) < 8 else 2
    found: Matches = {}
    for number in np.argsort(-shared, kind="stable")[:SHORT_LIST]:
        spelling = index.spelled[int(number)]
        slips = near(spoken, spelling, most) if shared[number] else None
        if slips is not None:
            phrase = index.phrases[int(number)]
            match = Match(1 - 0.12 * slips, f"拼音相近的“{phrase.text}”", (phrase.plain,))
            better(found, {index.owners[int(number)]: match})
    return found


def nearest_phrases(index: Index, query: str, limit: int) -> list[str]:
    """Phrases that read nearly like the query: by sound, or by the letters typed."""
    core = asked(query).core
    if len(core) < LEAST_LATIN:
        return []
    spelled = loose(core) if is_latin(core) else loose("".join(sound(core)))
    most = max(1, len(spelled) // 5)
    near_by = [
        (slips, len(phrase.plain), phrase.text)
        for phrase, spelling in zip(index.phrases, index.spelled, strict=True)
        if abs(len(spelling) - len(spelled)) <= most
        and (slips := near(spelled, spelling, most)) is not None
    ]
    return list(dict.fromkeys(text for _, _, text in sorted(near_by)))[:limit]


def _shortest(phrase: Phrase) -> tuple[int, str]:
    return len(phrase.plain), phrase.plain


def completions(index: Index, beginning: str, limit: int) -> list[str]:
    """Phrases that begin with what is typed (characters, pinyin or initials), else hold it."""
    typed = simplified(normal(beginning))
    if not typed:
        return []
    if is_latin(typed):
        letters = zip(index.phrases, index.spelled, index.initials, strict=True)
        first = [p for p, s, i in letters if s.startswith(loose(typed)) or i.startswith(typed)]
        rest: list[Phrase] = []
    else:
        first = [p for p in index.phrases if p.plain.startswith(typed)]
        rest = [p for p in index.phrases if typed in p.plain[1:]]
    found = [*sorted(first, key=_shortest), *sorted(rest, key=_shortest)]
    return list(dict.fromkeys(phrase.text for phrase in found))[:limit]
