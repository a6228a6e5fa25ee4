"""Figures of the catalogue in force. Pure queries; every ratio carries its parts and definition.

Numbers F01 and F08-F10 are those of the annual report; a ratio is never printed without its
numerator and denominator, and an empty catalogue gives no ratio at all.
"""

import csv
import functools
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q

from matters.models import MatterVersion, Theme
from matters.models.catalogue import ThemeQuerySet
from matters.models.choices import HandlingType, ItemType, ServiceObject
from matters.models.version import VersionQuerySet
from matters.workflow import MatterStatus, VersionStatus
from organisations.models import Agency

NO_DATA = "—（暂无数据）"
EVERYDAY_NOTE = "编辑推荐：按日常办事挑选，不是访问量排行"


@dataclass(frozen=True)
class Ratio:
    """One share of the published licences: `numerator` of `denominator` matters."""

    figure: str
    label: str
    numerator: int
    denominator: int
    definition: str

    @property
    def words(self) -> str:
        """ "98.30%", or the dash when there is nothing to divide by."""
        if not self.denominator:
            return NO_DATA
        return f"{100 * self.numerator / self.denominator:.2f}%"

    @property
    def fraction(self) -> str:
        """ "176 项中 173 项", empty without data."""
        return f"{self.denominator} 项中 {self.numerator} 项" if self.denominator else ""


@dataclass(frozen=True)
class CatalogueCounts:
    """F01 and the three ratios of the report, with 即办件 ÷ all beside the 马上办 flag."""

    total: int
    online: Ratio
    instant: Ratio
    once: Ratio
    on_the_spot: Ratio

    @property
    def ratios(self) -> tuple[Ratio, ...]:
        return (self.online, self.instant, self.once, self.on_the_spot)


@dataclass(frozen=True)
class Everyday:
    """One matter the editors put forward, and the words people use for it."""

    seq: int
    name: str
    words: str
    audience: tuple[str, ...]


def licences_in_force() -> VersionQuerySet:
    """Published editions of licensing matters that are not withdrawn: the base of every figure."""
    return MatterVersion.objects.public().filter(matter__kind=ItemType.LICENCE)


def counts(audience: str | None = None) -> CatalogueCounts:
    """F01, F08, F09, F10 and 即办件 ÷ all, in one query; of what one audience may apply for."""
    licences = licences_in_force()
    if audience:
        licences = licences.filter(audience__contains=[audience])
    found = licences.aggregate(
        total=Count("pk"),
        online=Count("pk", filter=Q(online=True)),
        instant=Count("pk", filter=Q(instant=True)),
        once=Count("pk", filter=Q(visits__lte=1)),
        on_the_spot=Count("pk", filter=Q(handling_type=HandlingType.INSTANT)),
    )
    total = found["total"]

    def ratio(figure: str, label: str, key: str, definition: str) -> Ratio:
        return Ratio(figure, label, found[key], total, definition)

    return CatalogueCounts(
        total,
        ratio("F08", "网上办", "online", "能在网上提出申请的事项数 ÷ 全部行政许可事项数。"),
        ratio("F09", "马上办", "instant", "目录中标注“马上办”的事项数 ÷ 全部行政许可事项数。"),
        ratio("F10", "一次办", "once", "最多跑一次现场的事项数 ÷ 全部行政许可事项数。"),
        ratio("", "即办件", "on_the_spot", "当场办结的事项数 ÷ 全部行政许可事项数。"),
    )


def themes_with_counts(audience: str | None = None) -> list[Theme]:
    """服务主题 in their order, each with `matter_count`; `audience` is a `ServiceObject` value."""
    return _with_counts(Theme.objects.themes(), audience)


def stages_with_counts(audience: str | None = None) -> list[Theme]:
    """生命周期 in their order, each with `matter_count`."""
    return _with_counts(Theme.objects.stages(), audience)


def _with_counts(themes: ThemeQuerySet, audience: str | None) -> list[Theme]:
    if audience == ServiceObject.PERSON:
        themes = themes.for_person()
    elif audience == ServiceObject.ORGANISATION:
        themes = themes.for_organisation()
    counted = Q(
        versions__status=VersionStatus.PUBLISHED, versions__matter__kind=ItemType.LICENCE
    ) & ~Q(versions__matter__status=MatterStatus.WITHDRAWN)
    if audience:
        counted &= Q(versions__audience__contains=[audience])
    # a grouped query drops the order of the model, so it is said here
    return list(
        themes.annotate(matter_count=Count("versions", filter=counted)).order_by("position")
    )


def agencies_with_counts() -> list[Agency]:
    """Agencies that decide at least one licence in force, by pinyin, each with `matter_count`."""
    found = dict(
        licences_in_force()
        .order_by()
        .values_list("agency")
        .annotate(count=Count("pk"))
        .values_list("agency", "count")
    )
    agencies = list(Agency.objects.filter(pk__in=found))
    for agency in agencies:
        agency.matter_count = found[agency.pk]  # type: ignore[attr-defined]
    return agencies


@functools.cache
def _everyday_rows() -> tuple[tuple[int, str], ...]:
    path = settings.BASE_DIR / "data" / "everyday.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple((int(row["seq"]), row["words"]) for row in csv.DictReader(handle))


def everyday(audience: str | None = None, limit: int | None = None) -> list[Everyday]:
    """Matters put forward by the editors (`EVERYDAY_NOTE` belongs beside them), in their order."""
    rows = dict(_everyday_rows())
    versions = licences_in_force().filter(matter__seq__in=rows)
    if audience:
        versions = versions.filter(audience__contains=[audience])
    found = {
        seq: Everyday(seq, name, rows[seq], tuple(served))
        for seq, name, served in versions.values_list("matter__seq", "name", "audience")
    }
    return [found[seq] for seq in rows if seq in found][:limit]


def everyday_seqs() -> list[int]:
    """Numbers of the matters put forward by the editors, in their order."""
    return [seq for seq, _ in _everyday_rows()]


def everyday_searches(limit: int = 6) -> list[str]:
    """Searches offered on the home page and where nothing was found; one per matter, in order."""
    return [words for _, words in _everyday_rows()[:limit]]
