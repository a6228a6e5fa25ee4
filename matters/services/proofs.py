"""Deriving the 证明事项清单 from the material lists of the guides.

Only what the data says is written: the article of the material, the issuer of its canonical
paper, the tip as the guide to obtaining it, and 电子证照 where the material is waived by one.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from matters.models import Material, MatterVersion, ProofItem
from matters.models.choices import Certainty
from matters.models.proof import PROOF_WORD, ReplacementWay, called_proof

FIELDS = ("demanded_by_id", "issued_by", "source", "basis", "how_to_get", "replacements")


@transaction.atomic
def derive_proofs(version_ids: Iterable[int] | None = None) -> int:
    """Bring the derived rows in line with versions (all published ones when None).

    Rows an editor has touched are left alone. Returns how many rows were written or removed; a
    second run over the same versions returns 0.
    """
    versions = MatterVersion.objects.published()
    if version_ids is not None:
        versions = MatterVersion.objects.filter(pk__in=list(version_ids))
    wanted = _wanted(versions)
    matters = versions.values("matter")
    known = {(row.matter_id, row.name): row for row in ProofItem.objects.filter(matter__in=matters)}
    new = [row for key, row in wanted.items() if key not in known]
    changed = [
        _copied(row, wanted[key])
        for key, row in known.items()
        if row.derived and key in wanted and _values(row) != _values(wanted[key])
    ]
    gone = [row.pk for key, row in known.items() if row.derived and key not in wanted]
    ProofItem.objects.bulk_create(new)
    ProofItem.objects.bulk_update(changed, [*FIELDS, "certainty"])
    ProofItem.objects.filter(pk__in=gone).delete()
    return len(new) + len(changed) + len(gone)


def _wanted(versions: QuerySet) -> dict[tuple[int, str], ProofItem]:
    """One row per matter and name, made from the first material of that name."""
    materials = (
        Material.objects.filter(name__contains=PROOF_WORD, version__in=versions.values("pk"))
        .select_related("version", "paper")
        .order_by("version", "position")
    )
    rows: dict[tuple[int, str], ProofItem] = {}
    for material in materials.defer("version__snapshot"):
        if called_proof(material.name):
            rows.setdefault((material.version.matter_id, material.name), _proof(material))
    return rows


def _proof(material: Material) -> ProofItem:
    return ProofItem(
        matter_id=material.version.matter_id,
        name=material.name,
        demanded_by_id=material.version.agency_id,
        issued_by=material.issuer or (material.paper.issuer if material.paper else ""),
        source=material.source,
        basis=material.basis,
        how_to_get=material.tip,
        replacements=_replacements(material),
        certainty=_certainty(material),
        derived=True,
    )


def _replacements(material: Material) -> list[str]:
    ways = [ReplacementWay.E_LICENCE] * bool(material.e_licence)
    ways += [ReplacementWay.COMMITMENT] * material.commitment_allowed
    return [way.value for way in ways]


def _certainty(material: Material) -> str:
    """As sure as the guide's material list; without an article it is an inference."""
    if not material.basis:
        return Certainty.ESTIMATED
    return str(material.version.certainty.get("materials") or Certainty.ESTIMATED)


def _values(row: ProofItem) -> tuple[Any, ...]:
    return (*(getattr(row, name) for name in FIELDS), row.certainty)


def _copied(row: ProofItem, source: ProofItem) -> ProofItem:
    for name in (*FIELDS, "certainty"):
        setattr(row, name, getattr(source, name))
    return row
