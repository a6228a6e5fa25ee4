"""From the data folder to drafts: every cell checked, nothing written yet.

Meaning of the guide files: design decisions, section Matters.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.rowerrors import RowError
from matters.models import StepRole
from matters.models.choices import (
    ApplicationChannel,
    BodyNature,
    ClockStart,
    ConditionKind,
    ExerciseLevel,
    HandlingType,
    ItemKind,
    MaterialForm,
    MaterialSource,
    Necessity,
    OnlineDepth,
    PowerSource,
    ResultKind,
    ServiceScope,
    TimeUnit,
)
from matters.services.drafts import (
    AUDIENCE,
    CERTAINTY,
    NO_LIMIT,
    OFFICE_USCC,
    ROLES,
    Draft,
    Source,
    labels,
)
from matters.services.tables import GuideCells, read_guide, read_table


@dataclass
class Maps:
    """Look-ups from the side tables, by matter seq."""

    themes: dict[int, list[str]]
    papers: dict[tuple[int, str], tuple[str, str]]
    roles: dict[str, str]
    stages: dict[tuple[int, str], int]
    visits: dict[int, tuple[int, str]]


def read_source(folder: Path, errors: list[RowError]) -> Source:
    """Parse the whole folder; wrong cells are appended to `errors`."""
    themes = [_theme(row) for row in read_table(folder, "themes.csv", errors)]
    papers = [_paper(row) for row in read_table(folder, "papers.csv", errors)]
    maps = _maps(folder, errors, {t["slug"] for t in themes}, {p["key"] for p in papers})
    drafts = []
    for row in read_table(folder, "matters.csv", errors):
        guide = read_guide(folder, row.count("seq") or 0, errors)
        if guide is not None:
            drafts.append(_draft(row, guide, maps))
    _check_unique(drafts, errors)
    return Source(themes, papers, _listings(folder, errors), drafts)


def _check_unique(drafts: list[Draft], errors: list[RowError]) -> None:
    for what, column in (("seq", "seq"), ("base", "base_code")):
        seen: dict[Any, int] = {}
        for number, draft in enumerate(drafts, 2):
            value = draft.seq if what == "seq" else draft.base["code"]
            if value in seen:
                reason = f"与第 {seen[value]} 行重复，每个事项只能有一个。"
                errors.append(RowError("matters.csv", number, column, str(value), reason))
            seen.setdefault(value, number)


def _theme(row: GuideCells) -> dict[str, Any]:
    audience = {"个人": "person", "法人": "organisation", "both": "both"}
    return {
        "slug": row.line("slug", 50),
        "name": row.line("name", 20),
        "audience": row.word("audience", audience),
        "kind": row.word("kind", {"主题": "theme", "生命周期": "stage"}),
        "position": row.count("order"),
        "icon": row.line("icon", 40),
    }


def _paper(row: GuideCells) -> dict[str, Any]:
    return {
        "key": row.line("key", 60),
        "name": row.line("name", 100),
        "e_licence": row.line("e_licence", 100, empty=True),
        "issuer": row.line("issuer", 100, empty=True),
        "note": row.line("note", 200, empty=True),
        "one_of": row.many("one_of"),
    }


def _listings(folder: Path, errors: list[RowError]) -> list[dict[str, Any]]:
    """Matters that stand on the national cross-province lists."""
    return [
        {"seq": int(row.raw("matter_seq")), "note": row.line("item", 200)}
        for row in read_table(folder, "crossprovince_matters.csv", errors)
        if str(row.raw("matter_seq")).isdigit()
    ]


def _maps(folder: Path, errors: list[RowError], slugs: set[str], keys: set[str]) -> Maps:
    themes: dict[int, list[str]] = {}
    for row in read_table(folder, "matter_themes.csv", errors):
        slug = row.word("theme_slug", {slug: slug for slug in sorted(slugs)} or {"": ""})
        themes.setdefault(row.count("matter_seq") or 0, []).append(slug)
    papers = {}
    for row in read_table(folder, "material_map.csv", errors):
        paper = row.line("paper", 60, empty=True)
        if paper and paper not in keys:
            row.fail("paper", "papers.csv 里没有这种标准材料。")
        papers[row.count("matter_seq") or 0, row.line("material_key", 60)] = (
            paper,
            row.line("holder", 20),
        )
    roles = {
        row.line("who", 60): row.word("role_code", ROLES)
        for row in read_table(folder, "step_roles.csv", errors)
    }
    stages = {
        (row.count("matter_seq") or 0, row.line("item_suffix", 2)): row.count("stage") or 0
        for row in read_table(folder, "stages.csv", errors)
    }
    visits = {
        row.count("matter_seq") or 0: (row.count("visits") or 0, row.line("reason"))
        for row in read_table(folder, "visits.csv", errors)
    }
    return Maps(themes, papers, roles, stages, visits)


def _draft(row: GuideCells, guide: GuideCells, maps: Maps) -> Draft:
    seq = row.count("seq") or 0
    if guide.count("seq") != seq:
        guide.fail("seq", f"与文件名不符，应为 {seq}。")
    items = [_item(item, seq, maps) for item in guide.rows("items")]
    suffixes = {item["suffix"] for item in items}
    limited = guide.line("quantity_limit", 300, empty=True)
    return Draft(
        seq=seq,
        digest=_digest(row, guide, maps),
        base=_base(row),
        matter=_matter(row, guide),
        version=_version(row, guide, items, maps) | {"quantity_limit": limited},
        agency=row.line("district_department", 80),
        supervisor=row.line("supervising_department", 80, empty=True),
        themes=maps.themes.get(seq, []),
        items=items,
        situations=[_situation(situation) for situation in guide.rows("situations")],
        conditions=_conditions(guide),
        materials=[
            _material(material, seq, maps, suffixes) for material in guide.rows("materials")
        ],
        steps=[_step(step, maps) for step in guide.rows("steps")],
        fee=_fee(guide.inner("fee")),
        result=_result(guide.inner("result")),
        faqs=[
            {"question": faq.line("q", 200), "answer": faq.line("a", 2000)}
            for faq in guide.rows("faqs")
        ],
        law=[
            {
                "law": law.line("law", 200),
                "article": law.line("article", 100, empty=True),
                "gist": law.line("gist"),
            }
            for law in guide.rows("legal_basis")
        ],
    )


def _digest(row: GuideCells, guide: GuideCells, maps: Maps) -> str:
    """SHA-256 of everything a version is made from: equal input, no new version."""
    seq = row.count("seq") or 0
    side = [
        maps.themes.get(seq, []),
        sorted((key, value) for (number, key), value in maps.papers.items() if number == seq),
        sorted((key, value) for (number, key), value in maps.stages.items() if number == seq),
        maps.visits.get(seq),
    ]
    whole = json.dumps([row.row, guide.row, side], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _base(row: GuideCells) -> dict[str, Any]:
    code = row.line("base_code", 12)
    if len(code) != 12:
        row.fail("base_code", "基本编码应为 12 位。")
    return {
        "code": code,
        "code_is_provisional": row.line("base_code_status", 10) == "暂编",
        "name": row.line("name", 200),
        "national_department": row.line("national_department", 60),
    }


def _matter(row: GuideCells, guide: GuideCells) -> dict[str, Any]:
    conflicts = [row.line("conflict_note", 2000, empty=True)]
    if "csv_conflict" in guide.row:
        conflicts.append(guide.line("csv_conflict", 2000, empty=True))
    return {
        "name": row.line("name", 200),
        "certainty": row.word("certainty", CERTAINTY),
        "attested_name": row.line("name_attested_as", 200, empty=True),
        "attested_in": row.line("name_attested_in", 200, empty=True),
        "conflict_note": "\n".join(dict.fromkeys(note for note in conflicts if note)),
        "named_in_report": row.flag("named_in_report"),
        "source": "data/matters.csv，data/guides",
    }


def _version(
    row: GuideCells, guide: GuideCells, items: list[dict[str, Any]], maps: Maps
) -> dict[str, Any]:
    """Elements of the version; what the files do not say stays empty (待配置)."""
    return {
        **_identity(row, guide),
        **_limits(row, items),
        **_service(row, guide, items),
        **_visits(row, guide, maps),
        "statutory_source": row.line("statutory_source", 300),
        "quantity_limited": guide.line("quantity_limit", 300, empty=True) not in NO_LIMIT,
        "keywords": [str(word)[:60] for word in guide.raw("keywords")],
        "mistakes": [str(line)[:200] for line in guide.raw("sample_mistakes")],
        "related_seqs": [int(seq) for seq in guide.raw("related")],
        "estimated_fields": row.many("estimated_fields"),
        "certainty": dict(guide.raw("certainty")),
        "overall_certainty": row.word("certainty", CERTAINTY),
    }


def _identity(row: GuideCells, guide: GuideCells) -> dict[str, Any]:
    uscc = row.line("implementing_uscc", 18, empty=True)
    return {
        "name": row.line("name", 200),
        "summary": guide.line("summary", 200),
        "applicants": guide.line("who"),
        "implementation_code": row.line("implementation_code", 31, empty=True),
        "implementing_uscc": uscc,
        "body_nature": BodyNature.STATUTORY,
        "exercise_level": ExerciseLevel.COUNTY if uscc == OFFICE_USCC else "",
        "power_source": PowerSource.OWN if uscc == OFFICE_USCC else "",
        "supervising_body": row.line("supervising_department", 80, empty=True),
    }


def _limits(row: GuideCells, items: list[dict[str, Any]]) -> dict[str, Any]:
    """Limits of the first business item: the figures a reader meets first (guide wins)."""
    first = items[0] if items else {"statutory_value": 0, "promised_value": 0}
    return {
        "statutory_value": first["statutory_value"],
        "statutory_unit": first.get("statutory_unit", TimeUnit.WORKDAY),
        "promised_value": first["promised_value"],
        "handling_type": HandlingType.PROMISED if first["promised_value"] else HandlingType.INSTANT,
    }


def _service(row: GuideCells, guide: GuideCells, items: list[dict[str, Any]]) -> dict[str, Any]:
    online, once = row.flag("online"), row.flag("once")
    delivery = set(guide.inner("result").raw("delivery"))
    channels = [ApplicationChannel.WINDOW] + [ApplicationChannel.WEB] * online
    return {
        "audience": [code.value for code in row.word("subject", AUDIENCE)],
        "channels": [channel.value for channel in channels],
        "service_scope": ServiceScope.PROVINCES if row.flag("cross_province") else "local",
        "online": online,
        "online_depth": (OnlineDepth.LICENCE if "电子证照" in delivery else OnlineDepth.RESULT)
        if online
        else OnlineDepth.NONE,
        "instant": row.flag("instant"),
        "once": once,
        "in_hall": row.flag("hall"),
        "results_by_post": "邮寄" in delivery,
        "commitment": row.flag("notification_commitment"),
        "deferrable": row.flag("deferred_materials"),
        "cross_province": row.flag("cross_province"),
        "staged": any(item["stage"] for item in items),
        "window_place": row.line("window_place", 200, empty=True),
    }


def _visits(row: GuideCells, guide: GuideCells, maps: Maps) -> dict[str, Any]:
    """到现场次数: visits.csv where the guide asks for presence, else from the table's flags."""
    if known := maps.visits.get(row.count("seq") or 0):
        return {"visits": known[0], "visit_reason": known[1]}
    delivery = set(guide.inner("result").raw("delivery"))
    if row.flag("online") and row.flag("once") and delivery - {"窗口领取"}:
        return {"visits": 0, "visit_reason": ""}
    return {"visits": 1 if row.flag("once") else 2, "visit_reason": "需要当面核对原件或领取结果"}


def _item(item: GuideCells, seq: int, maps: Maps) -> dict[str, Any]:
    suffix = item.line("suffix", 2)
    return {
        "suffix": suffix,
        "name": item.line("name", 100),
        "kind": item.word("kind", labels(ItemKind)),
        "statutory_value": item.count("statutory_days"),
        "statutory_unit": item.word("statutory_unit", labels(TimeUnit)),
        "promised_value": item.count("promised_days"),
        "clock_starts": item.word("clock_starts", labels(ClockStart)),
        "instant": item.flag("instant"),
        "stage": maps.stages.get((seq, suffix)),
    }


def _situation(situation: GuideCells) -> dict[str, Any]:
    return {
        "key": situation.line("key", 40),
        "question": situation.line("question", 120),
        "options": [
            (option.line("key", 40), option.line("label", 120))
            for option in situation.rows("options")
        ],
    }


def _conditions(guide: GuideCells) -> list[dict[str, str]]:
    parts = (("conditions", ConditionKind.APPLIES), ("cannot_apply", ConditionKind.EXCLUDES))
    return [
        {"kind": kind.value, "sentence": str(line)[:300]}
        for part, kind in parts
        for line in guide.raw(part)
    ]


def _material(material: GuideCells, seq: int, maps: Maps, suffixes: set[str]) -> dict[str, Any]:
    key = material.line("key", 60)
    paper, holder = maps.papers.get((seq, key), ("", "applicant"))
    return {
        "key": key,
        "name": material.line("name", 200),
        "necessity": material.word("required", labels(Necessity)),
        "form": material.word("form", labels(MaterialForm)),
        "copies": material.count("copies"),
        "source": material.word("source", labels(MaterialSource)),
        "e_licence": material.line("e_licence", 100, empty=True),
        "when": material.raw("when") or {},
        "basis": material.line("basis", 200, empty=True),
        "tip": material.line("tip", 200, empty=True),
        "has_blank_form": material.flag("blank_form"),
        "holder": holder,
        "paper": paper,
        "items": [suffix for suffix in material.raw("items") if _known(material, suffix, suffixes)],
    }


def _known(material: GuideCells, suffix: str, suffixes: set[str]) -> bool:
    if suffix not in suffixes:
        material.fail("items", f"没有序号为 {suffix} 的业务办理项。")
    return suffix in suffixes


def _step(step: GuideCells, maps: Maps) -> dict[str, Any]:
    actor, basis = step.line("who", 60), step.line("basis", 200, empty=True)
    special, counts = step.flag("special"), step.flag("counts_in_limit")
    return {
        "name": step.line("name", 60),
        "actor": actor,
        "role": maps.roles.get(actor, StepRole.OTHER.value),
        "days": step.count("days"),
        "detail": step.line("detail", 300),
        "special": special,
        # a special step may stop the clock only with a law (行政许可法 art. 45)
        "counts_in_limit": counts or (special and not basis),
        "basis": basis,
    }


def _fee(fee: GuideCells) -> dict[str, Any]:
    return {
        "charged": fee.flag("charged"),
        "standard": fee.line("standard", 300, empty=True),
        "basis": fee.line("basis", 300, empty=True),
    }


def _result(result: GuideCells) -> dict[str, Any]:
    renew = result.raw("renew_before") or {"value": None, "unit": ""}
    return {
        "name": result.line("name", 100),
        "kind": result.word("kind", labels(ResultKind)),
        "validity_years": result.count("validity_years", empty=True),
        "renew_before_value": renew["value"],
        "renew_before_unit": labels(TimeUnit).get(renew["unit"], ""),
        "delivery": list(result.raw("delivery")),
    }
