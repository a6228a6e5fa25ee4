"""Writing parsed drafts: all or nothing, and nothing at all when nothing changed."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import localdate as local_date

from common.rowerrors import RowError, RowErrors
from matters.models import (
    BaseItem,
    BusinessItem,
    CatalogueList,
    CatalogueListing,
    Condition,
    Faq,
    Fee,
    LegalBasis,
    Material,
    MaterialUse,
    Matter,
    MatterVersion,
    Paper,
    Result,
    Situation,
    SituationOption,
    Step,
    Theme,
    VersionTheme,
)
from matters.services.drafts import Draft, Source
from matters.services.proofs import derive_proofs
from matters.services.publishing import publish_versions
from matters.services.reading import read_source
from organisations.models import Agency, ServiceCentre

LICENCE_LIST = ("licences", "河东区行政许可事项清单", "data/matters.csv", "estimated")
CROSS_PROVINCE_LIST = (
    "cross-province",
    "国家“跨省通办”事项清单",
    "国办发〔2020〕35号、国办发〔2022〕34号",
    "known",
)
#: lists the licences must agree with (policy §10 A13); the office enters what was published
CROSS_LISTS = {
    "market-access": "市场准入负面清单",
    "investment": "投资项目审批事项清单",
    "construction": "工程建设项目审批事项清单",
    "supervision": "“互联网+监管”事项清单",
}


#: each new version beside the draft it is made from
Pairs = list[tuple[MatterVersion, Draft]]


@dataclass(frozen=True)
class LoadReport:
    """What one run did: counts of matters."""

    read: int
    published: int
    unchanged: int


@dataclass
class Context:
    """Rows the drafts point at, by the name the files use."""

    agencies: dict[str, Agency]
    centres: dict[str, ServiceCentre]
    themes: dict[str, Theme]
    papers: dict[str, Paper]
    published: dict[int, str]
    moment: datetime


def load_matters(folder: Path, *, moment: datetime) -> LoadReport:
    """Load matters, guides, themes and papers of `folder`, publishing what changed.

    Raises `RowErrors` with every wrong cell and writes nothing in that case.
    """
    errors: list[RowError] = []
    source = read_source(folder, errors)
    agencies = Agency.objects.by_any_name()
    _check_agencies(source, agencies, errors)
    if errors:
        raise RowErrors(errors)
    return _write(source, agencies, moment)


def _check_agencies(source: Source, agencies: dict[str, Agency], errors: list[RowError]) -> None:
    for number, draft in enumerate(source.drafts, 2):
        for column, name in (
            ("district_department", draft.agency),
            ("supervising_department", draft.supervisor),
        ):
            if name and name not in agencies:
                reason = "agencies.csv 里没有这个部门，请补充或改用已有名称。"
                errors.append(RowError("matters.csv", number, column, name, reason))


@transaction.atomic
def _write(source: Source, agencies: dict[str, Agency], moment: datetime) -> LoadReport:
    context = Context(
        agencies=agencies,
        centres=ServiceCentre.objects.by_any_name(),
        themes=_upsert(Theme, "slug", source.themes),
        papers=_papers(source.papers),
        published=dict(
            MatterVersion.objects.published().values_list("matter__seq", "source_digest")
        ),
        moment=moment,
    )
    changed = [draft for draft in source.drafts if context.published.get(draft.seq) != draft.digest]
    _check_nobody_edits(changed)
    if changed:
        _publish_drafts(changed, context)
    _listings(source)
    return LoadReport(len(source.drafts), len(changed), len(source.drafts) - len(changed))


def _check_nobody_edits(drafts: list[Draft]) -> None:
    """A file does not overtake an edition people are working on."""
    opened = MatterVersion.objects.being_edited().filter(
        matter__seq__in=[draft.seq for draft in drafts]
    )
    errors = [
        RowError("guides", seq, "seq", name, "这个事项有正在编辑的版本，请先发布或作废再导入。")
        for seq, name in opened.values_list("matter__seq", "name")
    ]
    if errors:
        raise RowErrors(errors)


def _upsert(model: Any, key: str, rows: list[dict[str, Any]]) -> dict[Any, Any]:
    """Create or update by `key`; an equal row is not written again."""
    known = {getattr(row, key): row for row in model.objects.all()}
    for values in rows:
        row = known.get(values[key]) or model()
        if row.pk and all(getattr(row, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        known[values[key]] = row
    return known


def _papers(rows: list[dict[str, Any]]) -> dict[str, Paper]:
    plain = [{k: v for k, v in row.items() if k != "one_of"} for row in rows]
    papers = _upsert(Paper, "key", plain)
    for row in rows:
        if row["one_of"]:
            papers[row["key"]].alternatives.set([papers[key] for key in row["one_of"]])
    return papers


def _publish_drafts(drafts: list[Draft], context: Context) -> None:
    """Write versions and parts of all drafts in bulk, then publish them together."""
    pairs = list(zip(_versions(drafts, context), drafts, strict=True))
    _write_lists(pairs, context)
    _write_situations(pairs)
    _write_materials(pairs, context)
    _refresh_statistics()
    version_ids = [version.pk for version, _ in pairs]
    derive_proofs(version_ids)  # first: a proof that is not listed may not be published
    publish_versions(version_ids=version_ids, by=None, moment=context.moment)


def _refresh_statistics() -> None:
    """Tell the planner about the rows just written: with the statistics of empty tables it
    joins thousands of them one by one, and publishing takes minutes instead of seconds."""
    tables = [model._meta.db_table for model in apps.get_app_config("matters").get_models()]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(sorted(tables))}")


def _versions(drafts: list[Draft], context: Context) -> list[MatterVersion]:
    bases = _upsert(BaseItem, "code", [draft.base for draft in drafts])
    rows = [
        draft.matter | {"seq": draft.seq, "base_item": bases[draft.base["code"]]}
        for draft in drafts
    ]
    matters = _upsert(Matter, "seq", rows)
    numbers = dict(Matter.objects.annotate(last=Max("versions__number")).values_list("seq", "last"))
    return MatterVersion.objects.bulk_create(
        MatterVersion(
            matter=matters[draft.seq],
            number=(numbers[draft.seq] or 0) + 1,
            agency=context.agencies[draft.agency],
            supervisor=context.agencies.get(draft.supervisor),
            centre=context.centres.get(draft.version["window_place"]),
            source_digest=draft.digest,
            effective_on=local_date(context.moment),
            **draft.version,
        )
        for draft in drafts
    )


def _write_lists(pairs: Pairs, context: Context) -> None:
    VersionTheme.objects.bulk_create(
        VersionTheme(version=version, theme=context.themes[slug])
        for version, draft in pairs
        for slug in draft.themes
    )
    _write_rows(pairs, BusinessItem, "items")
    _write_rows(pairs, Condition, "conditions", numbered=True)
    _write_rows(pairs, Step, "steps", numbered=True)
    _write_rows(pairs, Faq, "faqs", numbered=True)
    _write_rows(pairs, LegalBasis, "law", numbered=True)
    Fee.objects.bulk_create(Fee(version=version, **draft.fee) for version, draft in pairs)
    Result.objects.bulk_create(Result(version=version, **draft.result) for version, draft in pairs)


def _write_rows(pairs: Pairs, model: Any, part: str, *, numbered: bool = False) -> None:
    """Rows of one list part; a numbered part stores its order from 1."""
    model.objects.bulk_create(
        model(version=version, **row, **({"position": position} if numbered else {}))
        for version, draft in pairs
        for position, row in enumerate(getattr(draft, part), 1)
    )


def _write_situations(pairs: Pairs) -> None:
    rows = [
        (version, row, position)
        for version, draft in pairs
        for position, row in enumerate(draft.situations, 1)
    ]
    situations = Situation.objects.bulk_create(
        Situation(version=version, position=position, key=row["key"], question=row["question"])
        for version, row, position in rows
    )
    SituationOption.objects.bulk_create(
        SituationOption(situation=situation, position=position, key=key, label=label)
        for situation, (_, row, _) in zip(situations, rows, strict=True)
        for position, (key, label) in enumerate(row["options"], 1)
    )


def _write_materials(pairs: Pairs, context: Context) -> None:
    rows = [
        (version, row, position)
        for version, draft in pairs
        for position, row in enumerate(draft.materials, 1)
    ]
    materials = Material.objects.bulk_create(
        Material(
            version=version,
            position=position,
            paper=context.papers.get(row["paper"]),
            **{name: value for name, value in row.items() if name not in ("items", "paper")},
        )
        for version, row, position in rows
    )
    items = {
        (item.version_id, item.suffix): item
        for item in BusinessItem.objects.filter(version__in=[version for version, _ in pairs])
    }
    MaterialUse.objects.bulk_create(
        MaterialUse(material=material, item=items[version.pk, suffix])
        for material, (version, row, _) in zip(materials, rows, strict=True)
        for suffix in row["items"]
    )


def _listings(source: Source) -> None:
    """The licence list holds all matters of the file; the cross-province list those it names."""
    matters = {matter.seq: matter for matter in Matter.objects.all()}
    for slug, name in CROSS_LISTS.items():
        CatalogueList.objects.get_or_create(slug=slug, defaults={"name": name})
    licences: list[dict[str, Any]] = [{"seq": draft.seq, "note": ""} for draft in source.drafts]
    for head, rows in (
        (LICENCE_LIST, licences),
        (CROSS_PROVINCE_LIST, source.listings),
    ):
        slug, name, origin, certainty = head
        catalogue_list, _ = CatalogueList.objects.get_or_create(
            slug=slug, defaults={"name": name, "source": origin, "certainty": certainty}
        )
        notes: dict[int, str] = {}
        for row in rows:
            notes.setdefault(row["seq"], row["note"])
        CatalogueListing.objects.bulk_create(
            [
                CatalogueListing(catalogue_list=catalogue_list, matter=matters[seq], note=note)
                for seq, note in notes.items()
                if seq in matters
            ],
            ignore_conflicts=True,
        )
