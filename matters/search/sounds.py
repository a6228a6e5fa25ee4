"""Pinyin without tones, and what Latin letters may mean by it. Pure; loads pypinyin once, late."""

import re
from functools import lru_cache

_SPOKEN_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"))
_ENDS_UNTONED = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=20_000)
def syllables(text: str) -> tuple[str, ...]:
    """One syllable a character, in context (旅行 → lv xing); Latin runs letter by letter."""
    from pypinyin import Style, lazy_pinyin  # the dictionary costs 57 MB: not before it is needed

    spoken = lazy_pinyin(text, style=Style.NORMAL, errors=list)
    return tuple(_ENDS_UNTONED.sub("", part.lower()) or part for part in spoken)


@lru_cache(maxsize=20_000)
def loose(letters: str) -> str:
    """Letters with the usual confusions levelled: zh z, ch c, sh s, -ng -n, ü v u."""
    for said, meant in _SPOKEN_ALIKE:
        letters = letters.replace(said, meant)
    return letters


def sound(text: str) -> tuple[str, ...]:
    """Syllables of a text, usual confusions levelled."""
    return tuple(loose(part) for part in syllables(text))


def letters(text: str) -> str:
    """Full pinyin run together: 餐饮 → canyin."""
    return "".join(syllables(text))


def first_letters(text: str) -> str:
    """Initials: 旅行社 → lxs."""
    return "".join(part[:1] for part in syllables(text))


def near(asked: str, known: str, most: int) -> int | None:
    """Edit distance (insert, drop, change, swap neighbours) when at most `most`, else None."""
    if abs(len(asked) - len(known)) > most:
        return None
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, a in enumerate(asked, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(known, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == known[j - 2] and asked[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
