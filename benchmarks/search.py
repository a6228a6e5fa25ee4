"""Search at national size: goals S1 and S2 of the design, and recall on written-down queries.

A guide is a base matter in a region, so the corpus is names × variants (base matters) × regions:
100,000 and 1,000,000 guides hold the same base matters. Ours ranks base matters in the process and
then resolves (region, base) by one look-up; the yardsticks hold every guide. All answer the same
queries in turn, interleaved, in one run; figures are medians of CPU time of the process.
"""

import csv
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import django
import tantivy

from benchmarks.run import Row

# The package of the search sits among models, which want settings; no database is asked here.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hedong_portal.settings")
os.environ.setdefault("PORTAL_ENV", "test")
for _name in ("DATABASE_URL", "REDIS_URL", "CACHE_URL"):
    os.environ.setdefault(_name, "postgresql://nobody@127.0.0.1:1/none" if _name == "DATABASE_URL"
                          else "redis://127.0.0.1:1/0")  # fmt: skip
django.setup()

from matters.search.documents import Document, document  # noqa: E402
from matters.search.index import Index  # noqa: E402
from matters.search.matches import Matches  # noqa: E402
from matters.search.ranking import ranked  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
VARIANTS = ("", "（新办）", "（变更）", "（延续）", "（注销）", "（补办）")
KINDS = {
    "two characters": ("消防", "户口", "护照", "烟草", "排水", "药品"),
    "four characters": ("施工许可", "食品经营", "护士注册", "旅馆特行", "户外广告", "导游证书"),
    "a sentence": (
        "我想开一家小饭馆要办什么证",
        "工地上的渣土往外运怎么申请",
        "单位食堂的许可到期了",
    ),
}
ROUNDS = 5
Answer = Callable[[str], object]


def base_matters() -> list[Document]:
    """Names and keywords of the catalogue in each variant."""
    with (ROOT / "data" / "matters.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        document(
            ident=f"{row['seq']}-{number}",
            kind="matter",
            title=row["name"] + variant,
            keywords=row["keywords"].split("|"),
            parts=(),
            body=row["licence_name"],
        )
        for row in rows
        for number, variant in enumerate(VARIANTS)
    ]


def two_level(index: Index, guides: dict[tuple[int, int], int], regions: int) -> Answer:
    """Rank base matters, then find each one's guide in the reader's region."""

    def answer(query: str) -> list[int]:
        found: Matches = ranked(index, query)
        best = sorted(found, key=lambda place: -found[place].score)[:10]
        return [guides[regions // 2, place] for place in best]

    return answer


def naive(titles: list[str]) -> Answer:
    """What icontains does: look at every title."""
    return lambda query: [at for at, title in enumerate(titles) if query in title][:10]


def full_index(titles: list[str]) -> Answer:
    """tantivy (BM25) over every guide, bigrams as words."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=False, tokenizer_name="whitespace")
    engine = tantivy.Index(builder.build())
    writer = engine.writer(heap_size=200_000_000, num_threads=1)
    for title in titles:
        writer.add_document(tantivy.Document(title=bigrams(title)))
    writer.commit()
    engine.reload()
    searcher = engine.searcher()

    def answer(query: str) -> object:
        return searcher.search(engine.parse_query(bigrams(query), ["title"]), 10).hits

    return answer


def bigrams(text: str) -> str:
    plain = "".join(character for character in text if character.isalnum())
    return " ".join(plain[at : at + 2] for at in range(max(len(plain) - 1, 1)))


def medians(contenders: dict[str, Answer], queries: tuple[str, ...]) -> dict[str, float]:
    """Median CPU milliseconds of one query, contenders taking turns."""
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for query in queries:
            for name, answer in contenders.items():
                begun = time.process_time()
                answer(query)
                spent[name].append((time.process_time() - begun) * 1000)
    return {name: statistics.median(times) for name, times in spent.items()}


def measure(*, quick: bool) -> list[Row]:
    sizes = (10_000, 100_000) if quick else (100_000, 1_000_000)
    documents = base_matters()
    index = Index(documents)
    spent: dict[tuple[int, str], dict[str, float]] = {}
    for size in sizes:
        regions = size // len(documents)
        names = [d.title + " " + " ".join(p.plain for p in d.phrases) for d in documents]
        titles = [name for _ in range(regions) for name in names]
        places = [(region, at) for region in range(regions) for at in range(len(names))]
        guides = {place: number for number, place in enumerate(places)}
        contenders = {
            "ours": two_level(index, guides, regions),
            "icontains": naive(titles),
            "tantivy": full_index(titles),
        }
        for kind, queries in KINDS.items():
            spent[size, kind] = medians(contenders, queries)
    return [row for kind in KINDS for row in _rows(kind, sizes, spent)]


def _rows(kind: str, sizes: tuple[int, int], spent: dict) -> list[Row]:
    small, large = (spent[size, kind] for size in sizes)
    figures = {
        f"{name}_p50_ms_{size}": round(spent[size, kind][name], 4)
        for size in sizes
        for name in large
    }
    return [
        Row("S1", f"icontains ÷ ours, {kind}", large["icontains"] / large["ours"], None, False,
            figures),
        Row("S1", f"ours ÷ tantivy, {kind}", large["ours"] / large["tantivy"], 1.0, True),
        Row("S2", f"flat from {sizes[0]} to {sizes[1]}, {kind}", large["ours"] / small["ours"],
            1.3, True),
    ]  # fmt: skip
