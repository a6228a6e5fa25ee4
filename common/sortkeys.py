"""Stored sort keys: order by pinyin without the collation of any database."""

import re

_BRACKETS = re.compile(r"[（(〔\[【《〈“”‘’\"'》〉】\]〕)）]")
KEY_LENGTH = 200


def sort_key(text: str) -> str:
    """Pinyin with tone digits and spaces ("xi1 an1" < "xian1"), brackets dropped, ≤ 200 long."""
    syllables = _pinyin(text, "TONE3")
    return re.sub(r"\s+", " ", " ".join(syllables)).strip().lower()[:KEY_LENGTH]


def initials(text: str) -> str:
    """First letters of the pinyin ("食品经营许可" → "spjyxk"), digits and Latin letters kept."""
    letters = _pinyin(text, "FIRST_LETTER")
    return re.sub(r"[^0-9a-z]", "", "".join(letters).lower())[:KEY_LENGTH]


def _pinyin(text: str, style: str) -> list[str]:
    # Loaded at the first use: the dictionary costs each process 57 MB and a quarter of a second.
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(_plain(text), style=getattr(Style, style), neutral_tone_with_five=True)


def _plain(text: str) -> str:
    return _BRACKETS.sub("", text or "")
