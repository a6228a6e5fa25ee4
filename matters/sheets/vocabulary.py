"""Names people write in cells for rows of other tables, and back.

Agencies, halls, themes and canonical papers: a few hundred names, read once per file.
"""

from dataclasses import dataclass
from functools import cached_property

from matters.models import Paper, Theme
from organisations.models import Agency, ServiceCentre

WHERE = {
    "agency": "部门名录",
    "centre": "办事大厅名录",
    "theme": "主题和生命周期",
    "paper": "标准材料目录",
}


@dataclass(frozen=True)
class Vocabulary:
    """All four lists; made by `current()`.

    `understood`: every spelling → row id; `shown`: row id → the one spelling exports use.
    """

    understood: dict[str, dict[str, int]]
    shown_names: dict[str, dict[int, str]]

    def words(self, names: str) -> dict[str, str]:
        """Spelling → id as text."""
        return {word: str(number) for word, number in self.understood[names].items()}

    def where(self, names: str) -> str:
        """What the list is called in a sentence."""
        return WHERE[names]

    def name(self, names: str, number: int) -> str:
        """The exported spelling of a row."""
        return self.shown_names[names].get(number, "")

    @cached_property
    def lists(self) -> list[tuple[str, list[str]]]:
        """(heading, names) for the sheet of allowed values."""
        return [(WHERE[key], list(names.values())) for key, names in self.shown_names.items()]


def current() -> Vocabulary:
    """The names as they are now."""
    agencies = {name: row.pk for name, row in Agency.objects.by_any_name().items()}
    centres = {name: row.pk for name, row in ServiceCentre.objects.by_any_name().items()}
    themes = list(Theme.objects.all())
    papers = list(Paper.objects.order_by("name", "key"))
    shown = {
        "agency": {row.pk: row.short_name for row in Agency.objects.order_by("sort_key")},
        "centre": {row.pk: row.name for row in ServiceCentre.objects.order_by("name")},
        "theme": _distinct([(row.pk, row.name, row.slug) for row in themes]),
        "paper": _distinct([(row.pk, row.name, row.key) for row in papers]),
    }
    understood = {"agency": agencies, "centre": centres}
    understood["theme"] = {row.slug: row.pk for row in themes}
    understood["paper"] = {row.key: row.pk for row in papers}
    for key, names in shown.items():
        understood[key] |= {name: number for number, name in names.items()}
    return Vocabulary(understood, shown)


def _distinct(rows: list[tuple[int, str, str]]) -> dict[int, str]:
    """Names; where two rows share one, both show their key as well."""
    count: dict[str, int] = {}
    for _, name, _ in rows:
        count[name] = count.get(name, 0) + 1
    return {pk: name if count[name] == 1 else f"{name}（{key}）" for pk, name, key in rows}
