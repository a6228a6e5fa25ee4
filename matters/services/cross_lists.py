"""Do the catalogue and the published lists say the same? (policy §10 A13)

Only contradictions the data can prove are reported; a list nobody has entered yet is 待配置, not a
mismatch.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from matters.models import CatalogueList, CatalogueListing, MatterVersion, ProofItem
from matters.models.choices import ItemType
from matters.models.proof import unlisted_proofs
from matters.workflow import MatterStatus

LICENCES = "licences"
CROSS_PROVINCE = "cross-province"


@dataclass(frozen=True)
class Mismatch:
    """One contradiction. `code` is stable, `message` says what is wrong and what to do."""

    code: str
    seq: int
    name: str
    message: str


def unconfigured() -> list[CatalogueList]:
    """Published lists without a single matter: to be entered by the office."""
    return list(CatalogueList.objects.filter(listings__isnull=True))


def mismatches() -> list[Mismatch]:
    """Every contradiction, by matter number."""
    found = [*_withdrawn_but_listed(), *_guides()]
    return sorted(found, key=lambda entry: (entry.seq, entry.code))


def _withdrawn_but_listed() -> Iterator[Mismatch]:
    rows = CatalogueListing.objects.filter(matter__status=MatterStatus.WITHDRAWN)
    for row in rows.select_related("matter", "catalogue_list"):
        message = f"已取消，但还列在“{row.catalogue_list.name}”里，请从清单移出。"
        yield Mismatch("listed_but_withdrawn", row.matter.seq, row.matter.name, message)


def _guides() -> Iterator[Mismatch]:
    """What the guides in force say beside the lists they should stand on."""
    listed: dict[str, set[int]] = {LICENCES: set(), CROSS_PROVINCE: set()}
    for slug, seq in CatalogueListing.objects.values_list("catalogue_list__slug", "matter__seq"):
        listed.setdefault(slug, set()).add(seq)
    proofs: dict[int, set[str]] = {}
    for seq, name in ProofItem.objects.in_force().values_list("matter__seq", "name"):
        proofs.setdefault(seq, set()).add(name)
    versions = MatterVersion.objects.public().select_related("matter")
    for version in versions.filter(matter__kind=ItemType.LICENCE).only("snapshot", "matter"):
        seq = version.matter.seq
        for code, message in _contradictions(version, listed, proofs.get(seq, set())):
            yield Mismatch(code, seq, version.matter.name, message)


def _contradictions(
    version: MatterVersion, listed: dict[str, set[int]], proofs: set[str]
) -> Iterator[tuple[str, str]]:
    guide = version.snapshot or {}
    seq, service, materials = guide["seq"], guide["service"], guide["materials"]
    if seq not in listed[LICENCES]:
        yield "not_on_licence_list", "正在办理，但行政许可事项清单里没有，清单之外不得实施许可。"
    if service["cross_province"] and seq not in listed[CROSS_PROVINCE]:
        yield "cross_province_not_listed", "标了“跨省通办”，国家清单里没有对应条目，请核对。"
    if seq in listed[CROSS_PROVINCE] and not service["cross_province"]:
        yield "cross_province_not_flagged", "列入国家“跨省通办”清单，指南没有标，请补标。"
    for name in unlisted_proofs(materials, proofs):
        yield "proof_not_listed", f"要求提供“{name}”，但证明事项清单里没有，不得索要。"
    deferrable = any(material["deferrable"] for material in materials)
    if service["deferrable"] != deferrable:
        yield "deferrable_differs", "“容缺受理”的标注和材料表不一致，请改成一致。"
    letters = any("承诺书" in material["name"] for material in materials)
    if service["commitment"] and not letters:
        yield "commitment_without_letter", "标了“告知承诺”，材料表里没有承诺书，请补充。"
