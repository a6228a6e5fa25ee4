"""What changed between two editions, element by element. Pure: two snapshots in, changes out.

Snapshots are those of `matters.snapshot.build`, of any age (a key an old one lacks reads as empty).
Labels come from the models' `verbose_name`, so that a word is said in one place only.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import models

from matters.models import BusinessItem, Faq, Fee, LegalBasis, Material, MatterVersion, Result, Step
from matters.snapshot import CODED, CONTACT, IDENTITY, LICENSING, REMEDY, SERVICE

Guide = Mapping[str, Any]
ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
KIND_WORDS = {ADDED: "新增", REMOVED: "删除", CHANGED: "修改", MOVED: "调整顺序"}
PARTS = {
    "basic": "基本信息",
    "limit": "时限",
    "items": "业务办理项",
    "cond": "受理条件",
    "situations": "情形",
    "mat": "申请材料",
    "flow": "办理流程",
    "fee": "收费",
    "result": "办理结果",
    "where": "办理方式与地点",
    "rights": "咨询、投诉、救济",
    "faq": "常见问题",
    "law": "设定依据",
    "base": "身份、编码与许可要素",
}
#: texts shorter than this are shown whole, before and after
LONG_TEXT = 12
WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.S)


@dataclass(frozen=True)
class Change:
    """One element that differs.

    `part` is a key of `PARTS`, `path` the element in the notation of `matters.rules.Gap.field`,
    `row` names the row of a list ("" for a plain element), `label` the element ("" for a whole
    row). `before` and `after` are snapshot values, None where there was or is nothing.
    """

    part: str
    kind: str
    path: str
    label: str
    row: str = ""
    before: Any = None
    after: Any = None

    @property
    def kind_word(self) -> str:
        """The kind in Chinese."""
        return KIND_WORDS[self.kind]

    @property
    def before_text(self) -> str:
        """The former value as a person reads it."""
        return shown(self.before)

    @property
    def after_text(self) -> str:
        """The new value as a person reads it."""
        return shown(self.after)

    @property
    def words(self) -> list[tuple[str, str]]:
        """For two long texts: pieces in reading order, each `same`, `gone` or `new`; else empty."""
        texts = isinstance(self.before, str) and isinstance(self.after, str)
        if not texts or min(len(self.before), len(self.after)) < LONG_TEXT:
            return []
        return word_changes(self.before, self.after)


@dataclass(frozen=True)
class Section:
    """The changes of one section, in the order of the guide."""

    part: str
    label: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class RowList:
    """How the rows of one list are matched and named: `key` identifies a row in both editions."""

    part: str
    name: str
    table: str
    key: Callable[[Any], str]
    title: Callable[[Any], str]
    labels: Mapping[str, str]
    ordered: bool = True


def difference(before: Guide, after: Guide) -> list[Change]:
    """Every change from one snapshot to the other; empty when they say the same."""
    found = [*_scalars(before, after)]
    for rows in LISTS:
        found += _rows(rows, before.get(rows.name) or [], after.get(rows.name) or [])
    order = list(PARTS)
    return sorted(found, key=lambda change: order.index(change.part))


def by_section(changes: list[Change]) -> list[Section]:
    """The changes grouped by section, sections without changes left out."""
    return [
        Section(part, label, tuple(change for change in changes if change.part == part))
        for part, label in PARTS.items()
        if any(change.part == part for change in changes)
    ]


def shown(value: Any) -> str:
    """A snapshot value in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or value in ("", [], {}):
        return "（空）"
    if isinstance(value, Mapping):
        if "label" in value:  # an answer of the self-check
            return str(value["label"])
        return "，".join(f"{key}：{shown(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "、".join(shown(item) for item in value)
    return str(value)


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """Pieces of two texts in reading order: (`same` | `gone` | `new`, text)."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(("gone", "".join(old[a:b])))
        if c < d:
            pieces.append(("new", "".join(new[c:d])))
    return pieces


# --- plain elements -----------------------------------------------------------------------------


def _scalars(before: Guide, after: Guide) -> Iterator[Change]:
    for part, path, label, read in SCALARS:
        old, new = read(before), read(after)
        if (old or None) != (new or None):
            yield Change(part, CHANGED, path, label, before=old, after=new)


def _label(model: type[models.Model], name: str) -> str:
    fields = (*model._meta.fields, *model._meta.many_to_many)
    return next(str(field.verbose_name) for field in fields if field.name == name)


def _at(*keys: str) -> Callable[[Guide], Any]:
    def read(guide: Guide) -> Any:
        value: Any = guide
        for key in keys:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    return read


def _names(key: str) -> Callable[[Guide], list[str]]:
    return lambda guide: [row["name"] for row in guide.get(key) or []]


Scalar = tuple[str, str, str, Callable[[Guide], Any]]


def _group(
    part: str, place: str, names: Mapping[str, str], model: Any, prefix: str = ""
) -> list[Scalar]:
    """Scalars of one group: `names` maps the snapshot's key to the model's field."""
    return [
        (part, prefix + field, _label(model, field), _at(place, key))
        for key, field in names.items()
    ]


def _same(names: list[str]) -> dict[str, str]:
    return {name: name for name in names}


def _own(part: str, field: str, read: Callable[[Guide], Any]) -> Scalar:
    return (part, field, _label(MatterVersion, field), read)


PLACE = ["window_place", "window_number", "opening_hours", "traffic_guide"]
SCALARS: list[Scalar] = [
    *(_own("basic", name, _at(name)) for name in ("name", "summary", "applicants")),
    ("basic", "type", "事项类型", _at("type")),
    _own("basic", "agency", _at("agency", "name")),
    _own("basic", "joint_agencies", _names("joint_agencies")),
    _own("basic", "supervisor", _at("supervisor", "name")),
    _own("basic", "audience", _at("audience_words")),
    _own("basic", "themes", _names("themes")),
    _own("basic", "keywords", _at("keywords")),
    _own("basic", "mistakes", _at("mistakes")),
    _own("basic", "related_seqs", _at("related")),
    *_group(
        "limit",
        "limit",
        {
            "statutory": "statutory_value",
            "promised": "promised_value",
            "unit_word": "statutory_unit",
            "source": "statutory_source",
            "statutory_note": "statutory_note",
            "promised_note": "promised_note",
        },
        MatterVersion,
    ),
    _own("limit", "handling_type", _at("words", "handling_type")),
    _own("where", "channels", _at("channels")),
    _own("where", "centre", _at("centre", "name")),
    _own("where", "window", _at("window")),
    *_group("where", "words", _same(["online_depth", "service_scope"]), MatterVersion),
    *_group("where", "service", _same(SERVICE), MatterVersion),
    *_group("where", "contact", _same(PLACE), MatterVersion),
    *_group("rights", "contact", _same([n for n in CONTACT if n not in PLACE]), MatterVersion),
    *_group("rights", "remedy", _same(REMEDY), MatterVersion),
    ("base", "base_code", "基本编码", _at("base_code")),
    *_group("base", "identity", _same(IDENTITY), MatterVersion),
    *_group(
        "base",
        "words",
        _same([n for n in CODED if n not in ("online_depth", "service_scope", "handling_type")]),
        MatterVersion,
    ),
    *_group("base", "licensing", _same(LICENSING), MatterVersion),
    *_group(
        "fee",
        "fee",
        _same("charged item standard basis reducible reduction_basis".split()),
        Fee,
        "fee.",
    ),
    *_group(
        "result",
        "result",
        _same("name kind validity_years valid_area delivery sample_note".split())
        | {"renew_before": "renew_before_value"},
        Result,
        "result.",
    ),
]


# --- lists --------------------------------------------------------------------------------------


def _rows(rows: RowList, before: list, after: list) -> Iterator[Change]:
    old, new = _keyed(rows, before), _keyed(rows, after)
    for key, row in old.items():
        if key not in new:
            yield _row_change(rows, REMOVED, key, row, before=_content(rows, row))
    for key, row in new.items():
        if key not in old:
            yield _row_change(rows, ADDED, key, row, after=_content(rows, row))
        else:
            yield from _fields(rows, key, old[key], row)
    kept = [key for key in old if key in new]
    if rows.ordered and kept != [key for key in new if key in old]:
        titles = [[rows.title(side[key]) for key in side] for side in (old, new)]
        yield Change(rows.part, MOVED, rows.table, "顺序", before=titles[0], after=titles[1])


def _keyed(rows: RowList, found: list) -> dict[str, Any]:
    """Rows by key; a key that comes again gets its count, so that no row is lost."""
    seen: Counter[str] = Counter()
    result = {}
    for row in found:
        key = rows.key(row)
        seen[key] += 1
        result[key if seen[key] == 1 else f"{key}#{seen[key]}"] = row
    return result


def _row_change(rows: RowList, kind: str, key: str, row: Any, **values: Any) -> Change:
    return Change(rows.part, kind, f"{rows.table}.{key}", "", rows.title(row), **values)


def _content(rows: RowList, row: Any) -> Any:
    if not rows.labels:
        return row
    return {label: row[name] for name, label in rows.labels.items() if row.get(name)}


def _fields(rows: RowList, key: str, old: Any, new: Any) -> Iterator[Change]:
    for name, label in rows.labels.items():
        before, after = old.get(name), new.get(name)
        if (before or None) != (after or None):
            path = f"{rows.table}.{key}.{name}"
            yield Change(rows.part, CHANGED, path, label, rows.title(new), before, after)


def _labels(model: type[models.Model], names: Mapping[str, str]) -> dict[str, str]:
    return {key: _label(model, field) for key, field in names.items()}


def _self(row: Any) -> str:
    return str(row)


ITEM = _labels(
    BusinessItem,
    _same(["name", "kind", "instant", "stage"])
    | {
        "statutory": "statutory_value",
        "promised": "promised_value",
        "unit_word": "statutory_unit",
        "clock_starts": "clock_starts",
    },
)
MATERIAL = _labels(
    Material,
    _same(
        "name paper holder items when form copies source issuer e_licence deferral_days "
        "commitment_allowed basis tip".split()
    )
    | {
        "necessity_word": "necessity",
        "standard": "acceptance_standard",
        "blank_form": "has_blank_form",
    },
) | {"one_of": "任选其一"}
STEP = _labels(
    Step,
    _same("name actor days detail special basis charged".split()) | {"counts": "counts_in_limit"},
)
LISTS = (
    RowList("items", "items", "items", lambda r: r["suffix"], lambda r: r["name"], ITEM, False),
    RowList("cond", "conditions", "conditions", _self, _self, {}),
    RowList("cond", "cannot_apply", "conditions", _self, lambda r: f"不能办的情形：{r}", {}),
    RowList(
        "situations",
        "situations",
        "situations",
        lambda r: r["key"],
        lambda r: r["question"],
        {"question": "问题", "options": "选项"},
    ),
    RowList("mat", "materials", "materials", lambda r: r["key"], lambda r: r["name"], MATERIAL),
    RowList("flow", "steps", "steps", lambda r: r["name"], lambda r: r["name"], STEP),
    RowList(
        "faq",
        "faqs",
        "faqs",
        lambda r: r["q"],
        lambda r: r["q"],
        _labels(Faq, {"a": "answer"}) | {"q": "问题"},
    ),
    RowList(
        "law",
        "law",
        "legal_bases",
        lambda r: r["law"] + r["article"],
        lambda r: r["law"] + r["article"],
        _labels(LegalBasis, _same(["law", "article", "gist"])),
    ),
)
