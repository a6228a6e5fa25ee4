"""What a version lacks, measured against the rules and against the edition in force."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from common.errors import Refused
from matters import rules, snapshot
from matters.models import MatterVersion, ProofItem
from matters.rules import Gap

GUIDE_PARTS = (
    "themes",
    "joint_agencies",
    "items",
    "situations__options",
    "conditions",
    "materials__items",
    "materials__paper__alternatives",
    "steps",
    "faqs",
    "legal_bases",
)
SINGLE_PARTS = (
    "matter__base_item",
    "agency",
    "supervisor",
    "centre",
    "window",
    "fee",
    "result",
)


class GuideHasGaps(Refused):
    """Refused (422) with every gap as data: `gaps` per version id."""

    def __init__(self, message: str, found: dict[int, list[Gap]]):
        super().__init__("guide_has_gaps", message, status=422)
        self.found = found

    @property
    def gaps(self) -> list[Gap]:
        """The gaps of all versions in one list."""
        return [gap for gaps in self.found.values() for gap in gaps]


def whole(versions: Iterable[int]) -> QuerySet[MatterVersion]:
    """Versions by id with every part a snapshot reads."""
    return (
        MatterVersion.objects.filter(pk__in=versions)
        .select_related(*SINGLE_PARTS)
        .prefetch_related(*GUIDE_PARTS)
    )


def guide_of(version_id: int) -> dict:
    """The guide as it would be published now."""
    return snapshot.build(whole([version_id]).get())


def gaps_of(version_id: int) -> list[Gap]:
    """Everything the version lacks, blocking ones first.

    A to-be-configured gap the edition in force does not have is blocking: an editor's own version
    may not add new ones (decisions, “Matters”).
    """
    version = whole([version_id]).get()
    return measure(version, snapshot.build(version))


def check_complete(versions: Sequence[MatterVersion]) -> None:
    """Refuse (422) with the full list when a version has blocking gaps."""
    found = {
        version.pk: [gap for gap in measure(version, snapshot.build(version)) if gap.blocking]
        for version in whole([version.pk for version in versions])
    }
    refuse_gaps({version.pk: version.name for version in versions}, found)


def refuse_gaps(names: dict[int, str], found: dict[int, list[Gap]]) -> None:
    """Raise `GuideHasGaps` naming every blocking gap of every version; nothing when none."""
    lacking = {pk: gaps for pk, gaps in found.items() if gaps}
    if lacking:
        lines = (
            f"“{names[pk]}”还不能发布，有 {len(gaps)} 处要改："
            + "；".join(gap.message.rstrip("。") for gap in gaps)
            + "。"
            for pk, gaps in lacking.items()
        )
        raise GuideHasGaps("".join(lines), lacking)


def measure(version: MatterVersion, guide: dict) -> list[Gap]:
    """Gaps of `guide`, the snapshot of `version`, beside the edition in force."""
    current = MatterVersion.objects.published().filter(matter=version.matter_id)
    row = whole(current.values_list("pk", flat=True)).exclude(pk=version.pk).first()
    listed = ProofItem.objects.listed_names(guide["seq"])
    before = snapshot.build(row) if row else None
    return rules.gaps_against(guide, before, listed_proofs=listed)
