"""Stored sort keys: order by pinyin without the collation of any database."""

import re

from pypinyin import Style, lazy_pinyin

_BRACKETS = re.compile(r"[（(〔\[【《〈“”‘’\"'》〉】\]〕)）]")
KEY_LENGTH = 200


def sort_key(text: str) -> str:
    """Pinyin with tone digits and spaces ("xi1 an1" < "xian1"), brackets dropped, ≤ 200 long."""
    syllables = lazy_pinyin(_plain(text), style=Style.TONE3, neutral_tone_with_five=True)
    return re.sub(r"\s+", " ", " ".join(syllables)).strip().lower()[:KEY_LENGTH]


def initials(text: str) -> str:
    """First letters of the pinyin ("食品经营许可" → "spjyxk"), digits and Latin letters kept."""
    letters = lazy_pinyin(_plain(text), style=Style.FIRST_LETTER)
    return re.sub(r"[^0-9a-z]", "", "".join(letters).lower())[:KEY_LENGTH]


def _plain(text: str) -> str:
    return _BRACKETS.sub("", text or "")
