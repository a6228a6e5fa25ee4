"""Latin letters read as pinyin: whole, initials, beginnings, stretches, slips of a finger. Pure."""

import numpy as np

from matters.search.index import Index, trigrams
from matters.search.matches import LEAST_LATIN, SAID, Match, Matches, best_score, better
from matters.search.sounds import loose, near

#: phrases whose pinyin shares most with a misspelt query are looked at one by one
SHORT_LIST = 40
EDITS_FROM = 5


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
    if best_score(found) < SAID and len(spoken) >= EDITS_FROM:
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
