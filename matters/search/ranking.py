"""Scores of every document for one query, by the kind of query. Pure.

Characters: equal phrases first, then phrases that stand inside the query and phrases like it, then
the whole text. When that is no answer, the same is asked of sounds and shapes (typos). Latin
letters are read as pinyin. Scores run from 0 to 2; from `CERTAIN` on a page may call it an answer,
below `LEAST` it is chance and not shown.
"""

import numpy as np

from matters.querytext import is_latin
from matters.search.characters import shape
from matters.search.documents import Origin
from matters.search.index import LONGEST_PHRASE, Index
from matters.search.latin import by_pinyin
from matters.search.matches import CERTAIN, LEAST, Asked, Match, Matches, asked, best_score, better
from matters.search.postings import grams
from matters.search.sounds import sound
from matters.search.vectors import meaning

#: a guess by sound or shape is worth this much of the same match in characters
GUESS = 0.9
LIKE, INSIDE, TEXT = 0.60, 0.45, 0.18
#: 离婚 inside 离婚迁户口 is another matter; 卖烟 inside 卖烟证 is not
LEAST_OF_SAYING = 0.6
#: a short text must sound or look nearly whole the same to be a guess
LEAST_GUESS, LEAST_SHORT_GUESS, SHORT = 0.5, 0.7, 4
#: cosine from which meanings are alike; share of a phrase that must stand in a sentence
LIKE_MEANING, LEAST_HELD = 0.6, 0.5
#: from this length on a query is a sentence; share of the meaning in its rank
SENTENCE, MEANT = 6, 0.35
LEAST_MEANING, MOST_MEANT = 3, 10
#: characters of the guide shown as the reason of a hit in its text
EXCERPT = 24


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
    if not is_latin(question.core) and best_score(found) < CERTAIN:
        better(found, by_meaning(index, question.core))
    return {number: match for number, match in found.items() if match.score >= LEAST}


def by_code(index: Index, words: str) -> Matches:
    """Serial number (147, 第147项), a whole code, or at least six characters of one."""
    number = words.removeprefix("第").removesuffix("项").removesuffix("号")
    found: Matches = {}
    if not is_latin(number):
        return found
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
    for place in index.bodies.holding(core):
        document = index.documents[place]
        for line, plain in zip(document.lines, document.plain_lines, strict=True):
            if (start := plain.find(core)) >= 0:
                shown = around(line, start, len(core))
                found[place] = Match(LEAST + 0.01, f"正文“{shown}”", (core,))
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
    for number in index.exact.holding(core):
        phrase = index.phrases[number]
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
    """Known phrases of at least two characters that cover `core` best: length counts squared."""
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


def by_meaning(index: Index, core: str) -> Matches:
    """A like meaning in other words, and in a sentence the rare words it holds; never certain.

    In a sentence most characters say nothing of the matter, so a share of the whole query misleads:
    what counts is how much of a phrase is there and how rare it is.
    """
    asked_for = meaning(core) if len(core) >= LEAST_MEANING else None
    if asked_for is None:
        return {}
    likeness = np.maximum(index.meanings @ asked_for, 0)
    held = np.zeros_like(likeness)
    if len(core) >= SENTENCE:
        shared, _ = index.exact.shared(core)
        rare = np.minimum(shared / index.exact.unseen, 1)
        held = shared / index.exact.mass * rare * index.weights
    best, first = index.best_per_document(MEANT * likeness + (1 - MEANT) * held)
    alike = np.maximum.reduceat(likeness, index.starts)
    there = np.maximum.reduceat(held, index.starts)
    found: Matches = {}
    for number in np.argsort(-best, kind="stable")[:MOST_MEANT]:
        if alike[number] >= LIKE_MEANING or there[number] >= LEAST_HELD:
            phrase = index.phrases[int(first[number])]
            worth = LEAST + (CERTAIN - LEAST) * float(best[number])
            found[int(number)] = Match(worth, f"意思相近的“{phrase.text}”", (core,))
    return found
