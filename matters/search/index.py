"""All documents, prepared for every way of asking. Pure: built from documents, no database."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from matters.search.characters import shape
from matters.search.documents import Document, Phrase, comparable
from matters.search.postings import Postings
from matters.search.sounds import first_letters, letters, loose, sound
from matters.search.vectors import meanings

LONGEST_PHRASE = 14
TRIGRAM = 3


class Index:
    """Phrases stand in the order of their documents; `starts` says where each document begins."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = list(documents)
        self.phrases: list[Phrase] = [p for d in self.documents for p in d.phrases]
        self.owners = [i for i, d in enumerate(self.documents) for _ in d.phrases]
        counts = [len(d.phrases) for d in self.documents]
        self.starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
        self.weights = np.array([p.weight for p in self.phrases], np.float32)
        self.owner_of = np.array(self.owners, np.int64)
        self.by_words: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            self.by_words[phrase.plain].append(number)
        self.exact = Postings([p.plain for p in self.phrases], self.owners)

    @cached_property
    def bodies(self) -> Postings:
        """Whole texts (name, sayings and lines of the guide), one row a document."""
        texts = [
            "\n".join([*(p.plain for p in d.phrases), *map(comparable, d.lines)])
            for d in self.documents
        ]
        return Postings(texts, list(range(len(texts))))

    @cached_property
    def shapes(self) -> Postings:
        return Postings([shape(p.plain) for p in self.phrases], self.owners)

    @cached_property
    def sounds(self) -> Postings:
        return Postings([sound(p.plain) for p in self.phrases], self.owners)

    @cached_property
    def meanings(self) -> np.ndarray:
        """One row a phrase: what it means (`matters.search.vectors`)."""
        return meanings([p.plain for p in self.phrases])

    @cached_property
    def spelled(self) -> list[str]:
        """Full pinyin of each phrase, usual confusions levelled."""
        return [loose(letters(p.plain)) for p in self.phrases]

    @cached_property
    def initials(self) -> list[str]:
        return [first_letters(p.plain) for p in self.phrases]

    @cached_property
    def by_trigram(self) -> dict[str, np.ndarray]:
        """Three letters of the pinyin → phrases; the short list for misspelt pinyin."""
        rows: dict[str, list[int]] = defaultdict(list)
        for number, spelling in enumerate(self.spelled):
            for piece in trigrams(spelling):
                rows[piece].append(number)
        return {piece: np.array(ids, np.int32) for piece, ids in rows.items()}

    def best_per_document(self, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Highest phrase score of each document, and the number of that phrase."""
        best = np.maximum.reduceat(scores, self.starts)
        first = np.full(len(best), -1, np.int64)
        held = np.flatnonzero((scores > 0) & (scores == best[self.owner_of]))
        first[self.owner_of[held[::-1]]] = held[::-1]
        return best, first


def trigrams(text: str) -> set[str]:
    """Every stretch of three letters; a shorter text is its own piece."""
    return {text[i : i + TRIGRAM] for i in range(max(len(text) - TRIGRAM + 1, 1))}
