"""Phrases to offer: while somebody types, and when nothing was found. Pure."""

from matters.querytext import is_latin, normal
from matters.search.characters import simplified
from matters.search.documents import Phrase
from matters.search.index import Index
from matters.search.matches import LEAST_LATIN, asked
from matters.search.sounds import loose, near, sound


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
