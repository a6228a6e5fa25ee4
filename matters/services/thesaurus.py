"""Teaching the search: the first edition from data/synonyms.csv, then editors, one saying a row."""

from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from common import clock
from common.errors import Refused
from common.rowerrors import RowError, RowErrors
from matters.models import SearchEntry, Synonym
from matters.policies import check_may_teach_search
from matters.querytext import normal
from matters.search.documents import comparable
from matters.services.tables import GuideCells, read_table

FILE = "synonyms.csv"
LONGEST = 60
MOST_TARGETS = 6

#: words → (targets, weight, source)
Sayings = dict[str, tuple[list[str], float, str]]


@transaction.atomic
def load_synonyms(folder: Path) -> int:
    """Make the sayings of the file those in use, beside the editors' own; returns the new ones.

    A row of the file that changed retires the old row. Editors' sayings win over the file. Raises
    `RowErrors` with every wrong cell.
    """
    errors: list[RowError] = []
    wanted = _read(read_table(folder, FILE, errors), errors)
    if errors:
        raise RowErrors(errors)
    moment = clock.now()
    for row in Synonym.objects.in_use():
        same = wanted.get(row.words) == (row.targets, row.weight, row.source)
        if same or row.added_by_id:
            wanted.pop(row.words, None)
        else:
            row.retired_at = moment
            row.save(update_fields=["retired_at"])
    Synonym.objects.bulk_create(
        Synonym(words=words, targets=targets, weight=weight, source=source, added_at=moment)
        for words, (targets, weight, source) in wanted.items()
    )
    return len(wanted)


def _read(rows: list[GuideCells], errors: list[RowError]) -> Sayings:
    """One entry a saying; a saying on several lines leads to the targets of all, in their order."""
    known = set(SearchEntry.objects.values_list("reference", flat=True))
    sayings: Sayings = {}
    for row in rows:
        targets = row.line("targets").split("|")
        unknown = [target for target in targets if target not in known]
        if unknown:
            row.fail("targets", f"没有编号为 {'、'.join(unknown)} 的事项或一件事，请改正。")
        for words in row.line("words", 20_000).split("|"):
            if not normal(words) or len(words) > LONGEST:
                row.fail("words", f"每个说法应为 1 至 {LONGEST} 个字，请改正“{words[:20]}”。")
            before, weight, source = sayings.get(words, ([], 1.0, ""))
            merged = list(dict.fromkeys([*before, *targets]))
            sayings[words] = (merged, _weight(row) * weight, source or row.line("source"))
    return sayings


def _weight(row: GuideCells) -> float:
    try:
        weight = float(row.line("weight"))
    except ValueError:
        weight = 0.0
    if not 0 < weight <= 1:
        row.fail("weight", "应为大于 0、不超过 1 的数，请改正。")
    return weight


@transaction.atomic
def add_synonym(*, words: str, targets: list[str], by: User, source: str = "编辑添加") -> Synonym:
    """Add a saying; one of the same words is retired. Refused: who may not, or nothing to lead to.

    `targets` are matter numbers or bundle numbers, the most likely first.
    """
    check_may_teach_search(by)
    words = words.strip()
    if not comparable(words) or len(words) > LONGEST:
        raise Refused("words", f"请填写 1 至 {LONGEST} 个字的说法。", status=422)
    chosen = list(dict.fromkeys(targets))
    known = set(
        SearchEntry.objects.filter(reference__in=chosen).values_list("reference", flat=True)
    )
    unknown = [target for target in chosen if target not in known]
    if not chosen or unknown or len(chosen) > MOST_TARGETS:
        raise Refused("targets", _targets_wrong(chosen, unknown), status=422)
    _retire(Synonym.objects.in_use().filter(words=words), by)
    return Synonym.objects.create(
        words=words, targets=chosen, source=source, added_by=by, added_at=clock.now()
    )


def _targets_wrong(chosen: list[str], unknown: list[str]) -> str:
    if not chosen:
        return "请填写事项序号（1 至 176）或一件事编号（如 B03），多个用空格分开。"
    if unknown:
        return f"没有编号为 {'、'.join(unknown)} 的事项或一件事，请核对后再填。"
    return f"一个说法最多对应 {MOST_TARGETS} 项，请只留最可能的。"


@transaction.atomic
def retire_synonym(*, synonym_id: int, by: User) -> None:
    """Stop using a saying; its row stays. Doing it twice changes nothing."""
    check_may_teach_search(by)
    _retire(Synonym.objects.in_use().filter(pk=synonym_id), by)


def _retire(rows: QuerySet[Synonym], by: User) -> None:
    locked = rows.select_for_update(of=("self",), no_key=True)
    for row in locked:
        row.retired_at, row.retired_by = clock.now(), by
        row.save(update_fields=["retired_at", "retired_by"])
