"""Finding a matter from a citizen's words.

`search` is the whole interface: words in, ranked hits out; nothing outside reads the index. The
entries are few (one per matter), so they live in the process, rebuilt when the set of published
editions changes. Ranks, best first: code or number, whole name, whole keyword, part of a name,
part of a keyword, a keyword inside a long question, pinyin or initials, common pairs of
characters, the same sound, the text of the guide.
"""

import difflib
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Sum

from common.sortkeys import initials, sort_key
from matters.models import MatterVersion, SearchEntry
from matters.querytext import grams, in_our_words, is_latin, normal, without_stop_phrases

#: a share of the query's weight below this is chance, not an answer
LEAST_OVERLAP = 0.34
#: accepted when there is no better answer
REMOTE_OVERLAP = 0.2
SINGLE_CHARACTER_WEIGHT = 0.15
BODY_WEIGHT = 0.4
#: from here on a name, keyword, pinyin or code answers; below there is only a likeness
CERTAIN = 480
#: characters of the guide shown as the reason of a hit in its text
EXCERPT = 24
LEAST_LATIN = 2


@dataclass(frozen=True)
class Hit:
    """One matter found. `reason` is said to the reader; `terms` are marked in name and summary."""

    seq: int
    title: str
    score: float
    reason: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Name:
    """One spelling of an entry: its name or a keyword, in the forms that are compared."""

    text: str
    plain: str
    syllables: tuple[str, ...]
    initials: str


@dataclass
class Entry:
    """One findable matter, prepared. `weights`: gram → weight of the best place it stands in."""

    seq: int
    title: str
    names: tuple[Name, ...]
    body: str
    lines: tuple[str, ...]
    codes: tuple[str, ...]
    weights: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A query, prepared: `whole` as typed, `core` without the words of asking, weights of grams."""

    whole: str
    core: str
    weights: tuple[tuple[str, float], ...]

    def overlap(self, entry: Entry) -> float:
        """Share of the query's weight that stands in the entry, 0 to 1; rare grams weigh more."""
        total = sum(weight for _, weight in self.weights)
        shared = sum(weight * entry.weights.get(gram, 0.0) for gram, weight in self.weights)
        return shared / total if total else 0.0


@dataclass
class Index:
    """All entries and the rarity (inverse document frequency) of each gram."""

    entries: list[Entry]
    rarity: dict[str, float]


_cached: tuple[tuple, Index] | None = None


def search(query: str, limit: int = 50) -> list[Hit]:
    """Matters that answer `query`, best first, at most `limit`.

    Any text is accepted: control characters, HTML, emoji and full-width letters are read for what
    letters they hold. A query without letters or digits finds nothing.
    """
    if not normal(query):
        return []
    index = current_index()
    asked = _asked(query, index)
    found = [hit for entry in index.entries if (hit := _best(entry, asked))]
    if all(hit.score < CERTAIN for hit in found):
        found = _best_of([*found, *_sounding_like(asked, index)])
    hits = found or [hit for entry in index.entries if (hit := _remote(entry, asked))]
    hits.sort(key=lambda hit: (-hit.score, hit.seq))
    return hits[:limit]


def _best_of(hits: list[Hit]) -> list[Hit]:
    """One hit a matter, the highest."""
    best = {hit.seq: hit for hit in sorted(hits, key=lambda hit: hit.score)}
    return list(best.values())


def suggestions(query: str, limit: int = 3) -> list[str]:
    """Names and keywords that sound nearly like a query that found nothing."""
    asked = _sound(without_stop_phrases(normal(query)))
    if len(asked) < LEAST_LATIN:
        return []
    by_sound = {
        "".join(name.syllables): name.text
        for entry in current_index().entries
        for name in entry.names
    }
    close = difflib.get_close_matches(asked, by_sound, n=limit, cutoff=0.8)
    return [by_sound[sound] for sound in close]


def current_index() -> Index:
    """The index of the catalogue in force; one cheap query tells whether it is still that one."""
    global _cached
    version = catalogue_version()
    if _cached is None or _cached[0] != version:
        _cached = (version, _build(SearchEntry.objects.filter(kind=SearchEntry.Kind.MATTER)))
    return _cached[1]


def catalogue_version() -> tuple:
    """Changes whenever an edition is published: editions are frozen and their ids never reused."""
    state = MatterVersion.objects.published().aggregate(
        count=Count("pk"), ids=Sum("pk"), last=Max("pk"), moment=Max("published_at")
    )
    return tuple(state.values())


def _build(rows: Iterable[SearchEntry]) -> Index:
    entries = [_entry(row) for row in rows]
    found = Counter(gram for entry in entries for gram in entry.weights)
    rarity = {gram: math.log(1 + len(entries) / count) for gram, count in found.items()}
    return Index(entries, rarity)


def _entry(row: SearchEntry) -> Entry:
    names = tuple(_name(text) for text in (row.title, *row.aliases))
    lines = row.body.splitlines()
    codes = tuple(line.lower() for line in lines if len(line) >= 9 and is_latin(line.lower()))
    texts = tuple(line for line in lines if line.lower() not in codes)
    body = "\n".join(normal(line) for line in texts)
    entry = Entry(int(row.reference), row.title, names, body, texts, codes)
    for gram in grams(body):
        entry.weights[gram] = BODY_WEIGHT
    for name in names:
        entry.weights.update(dict.fromkeys(grams(name.plain), 1.0))
    return entry


def _name(text: str) -> Name:
    syllables = tuple(_syllables(text))
    return Name(text, normal(text), syllables, initials(text))


def _syllables(text: str) -> list[str]:
    parts = (normal(part) for part in sort_key(text).split())
    return [part.rstrip("012345") if part[:1].isalpha() else part for part in parts if part]


def _sound(text: str) -> str:
    return "".join(_syllables(text))


def _asked(query: str, index: Index) -> Asked:
    whole = normal(query)
    core = in_our_words(without_stop_phrases(whole))
    unseen = math.log(1 + len(index.entries))
    weights = tuple(
        (
            gram,
            index.rarity.get(gram, unseen) * (1 if len(gram) > 1 else SINGLE_CHARACTER_WEIGHT),
        )
        for gram in grams(core)
    )
    return Asked(whole, core, weights)


def _best(entry: Entry, asked: Asked) -> Hit | None:
    """The strongest reason for `entry`, its rank refined by how much of the query it shares."""
    share = asked.overlap(entry)
    found = (
        _by_code(entry, asked.whole)
        or _by_name(entry, asked)
        or _by_pinyin(entry, asked.core)
        or _by_overlap(asked, share, LEAST_OVERLAP)
        or _by_body(entry, asked.core)
    )
    if found is None:
        return None
    score, reason, terms = found
    return Hit(entry.seq, entry.title, score + 20 * share, reason, terms)


def _remote(entry: Entry, asked: Asked) -> Hit | None:
    """A weaker likeness, used only when nothing else answers."""
    share = asked.overlap(entry)
    found = _by_overlap(asked, share, REMOTE_OVERLAP)
    return Hit(entry.seq, entry.title, *found) if found else None


Found = tuple[float, str, tuple[str, ...]] | None


def _by_code(entry: Entry, asked: str) -> Found:
    number = asked.removeprefix("第").removesuffix("项").removesuffix("号")
    if number.isdecimal() and len(number) <= 4 and int(number) == entry.seq:
        return 1100, f"序号 {entry.seq}", ()
    if len(asked) >= 6 and any(code == asked for code in entry.codes):
        return 1100, "编码", ()
    if len(asked) >= 6 and any(asked in code for code in entry.codes):
        return 700, "编码的一部分", ()
    return None


def _by_name(entry: Entry, asked: Asked) -> Found:
    """Whole or part of the name or of a keyword; then a keyword inside a long question."""
    ranks = [
        rank
        for position, name in enumerate(entry.names)
        for words in dict.fromkeys((asked.whole, asked.core))
        if (rank := _name_rank(name, words, is_title=position == 0))
    ]
    return max(ranks, key=lambda rank: rank[0], default=None)


def _name_rank(name: Name, words: str, *, is_title: bool) -> Found:
    reason = "名称" if is_title else f"关键词“{name.text}”"
    if words == name.plain:
        return (1000 if is_title else 950), reason, (words,)
    share = len(words) / len(name.plain) if name.plain else 0
    if len(words) > 1 and words in name.plain:
        return (800 if is_title else 720) + 60 * share, reason, (words,)
    if len(name.plain) > 1 and name.plain in words:
        return 600 + 100 / share, reason, (name.plain,)
    return None


def _by_pinyin(entry: Entry, words: str) -> Found:
    if len(words) < LEAST_LATIN or not is_latin(words):
        return None
    for position, name in enumerate(entry.names):
        shown = "" if position == 0 else f"“{name.text}”"
        if _reads_as(name, words):
            whole = words == "".join(name.syllables)
            return (560 if whole else 520) - position, f"拼音{shown}", (name.plain,)
        if words == name.initials or (len(words) > 2 and name.initials.startswith(words)):
            return (
                (540 if words == name.initials else 500) - position,
                f"拼音首字母{shown}",
                (name.plain,),
            )
    return None


def _reads_as(name: Name, letters: str) -> bool:
    """Whether `letters` are the pinyin of some stretch of the name, starting at a syllable."""
    return len(letters) > LEAST_LATIN and any(
        "".join(name.syllables[start : start + len(letters)]).startswith(letters)
        for start in range(len(name.syllables))
    )


def _by_overlap(asked: Asked, share: float, least: float) -> Found:
    if len(asked.core) < 3 or share < least:
        return None
    return 100 + 350 * share, "相近的说法", (asked.core,)


def _by_body(entry: Entry, words: str) -> Found:
    """A sentence, an item name, a theme or an office of the guide; the reader is shown which."""
    if len(words) < 2 or words not in entry.body:
        return None
    for line in entry.lines:
        if (start := normal(line).find(words)) >= 0:
            return 50, f"正文“{_around(line, start, len(words))}”", (words,)
    return None


def _around(line: str, start: int, length: int) -> str:
    """A stretch of a long line around the words found in it; positions are nearly exact."""
    first = max(start - EXCERPT // 3, 0)
    last = max(first + EXCERPT, start + length)
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"


def _sounding_like(asked: Asked, index: Index) -> list[Hit]:
    """Same sound, other characters: homophones and traditional characters."""
    if len(asked.core) < 2 or is_latin(asked.core):
        return []
    sound = _sound(asked.core)
    return [
        Hit(entry.seq, entry.title, 460.0 - position, f"读音相同的“{name.text}”", (name.plain,))
        for entry in index.entries
        for position, name in enumerate(entry.names)
        if _reads_as(name, sound)
    ]
