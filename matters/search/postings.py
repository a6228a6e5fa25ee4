"""Which phrases hold which grams, as arrays: the impact index. Pure.

A gram is a pair of neighbouring units (characters, syllables or shapes) or, weighing little, a
single one. Rare grams weigh more. One query costs one addition of arrays a gram.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

SINGLE_WEIGHT = 0.15
#: between two units of a pair; occurs in no text
JOINT = "\x1f"

Grams = dict[str, float]


def grams(units: Sequence[str]) -> list[str]:
    """Pairs, then singles, each once: 开饭店 → 开␟饭, 饭␟店, 开, 饭, 店."""
    pairs = [f"{a}{JOINT}{b}" for a, b in zip(units, units[1:], strict=False)]
    return list(dict.fromkeys([*pairs, *units]))


class Postings:
    """Phrases of one channel. `owners[i]` is the document of phrase i, in rising order."""

    def __init__(self, phrases: Sequence[Sequence[str]], owners: Sequence[int]) -> None:
        held = [grams(units) for units in phrases]
        documents = max(owners, default=-1) + 1
        found = Counter(
            gram for gram, _ in {(gram, owners[i]) for i, row in enumerate(held) for gram in row}
        )
        self.unseen = math.log(1 + documents)
        self.rarity = {
            gram: math.log(1 + documents / count) * (1 if JOINT in gram else SINGLE_WEIGHT)
            for gram, count in found.items()
        }
        rows = defaultdict(list)
        for index, row in enumerate(held):
            for gram in row:
                rows[gram].append(index)
        self.rows = {gram: np.array(ids, np.int32) for gram, ids in rows.items()}
        self.mass = np.array(
            [sum(self.rarity[gram] for gram in row) or 1.0 for row in held], np.float32
        )

    def weight(self, gram: str) -> float:
        """Weight of a gram of a query; one never seen counts as the rarest."""
        known = self.rarity.get(gram)
        if known is not None:
            return known
        return self.unseen * (1 if JOINT in gram else SINGLE_WEIGHT)

    def holding(self, text: str) -> list[int]:
        """Rows that may hold `text` (two characters or more): those with its rarest pair."""
        pairs = [gram for gram in grams(text) if JOINT in gram]
        lists = [self.rows.get(pair) for pair in pairs]
        if not lists or any(ids is None for ids in lists):
            return []
        return min((ids for ids in lists if ids is not None), key=len).tolist()

    def shared(self, units: Sequence[str]) -> tuple[np.ndarray, float]:
        """Weight each phrase shares with a query, and the weight of the whole query."""
        total = 0.0
        shared = np.zeros(len(self.mass), np.float32)
        for gram in grams(units):
            weight = self.weight(gram)
            total += weight
            ids = self.rows.get(gram)
            if ids is not None:
                shared[ids] += weight
        return shared, total

    def likeness(self, units: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Per phrase: Dice likeness with the query, and the share of the query it holds, 0 to 1."""
        shared, total = self.shared(units)
        if not total:
            return shared, shared
        return 2 * shared / (self.mass + total), shared / total
