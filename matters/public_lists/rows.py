"""Rows of the published lists, read from the catalogue in force. Nothing is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from matters import statistics
from matters.exports import Cell
from matters.facts import promised_words, visits_words
from matters.models import (
    CatalogueListing,
    Material,
    MatterVersion,
    ProofItem,
    SampleDossier,
)
from matters.models.choices import Necessity
from matters.presenting.materials import DEFERRAL_DAYS, when_words
from matters.workflow import MatterStatus

UNSET = "（待配置）"


@dataclass(frozen=True)
class Row:
    """One row of a list: cells in the order of its columns, and the guide or page behind it."""

    cells: tuple[Cell, ...]
    agency: str
    url: str = ""


def _guide(seq: int) -> str:
    return reverse("matters:guide", args=[seq])


def _licences(**conditions: object) -> QuerySet[MatterVersion]:
    found = statistics.licences_in_force().filter(**conditions)
    return found.for_list().order_by("matter__seq")


def matter_rows(**conditions: object) -> Callable[[], Iterator[Row]]:
    """Licences in force under `conditions` (look-ups of a version), by number."""

    def rows() -> Iterator[Row]:
        for version in _licences(**conditions):
            yield Row(
                (
                    version.matter.seq,
                    version.name,
                    version.agency.short_name,
                    promised_words(version.promised_value, version.statutory_unit),
                    visits_words(version.visits),
                    version.get_handling_type_display(),
                    version.matter.get_certainty_display(),
                ),
                version.agency.short_name,
                _guide(version.matter.seq),
            )

    return rows


def matter_count(**conditions: object) -> Callable[[], int]:
    """How many rows `matter_rows` has."""
    return lambda: _licences(**conditions).count()


def proof_rows() -> Iterator[Row]:
    """证明事项: one row per proof and matter."""
    for proof in proofs().select_related("matter", "demanded_by"):
        issuer = proof.issued_by or f"{UNSET}（{proof.get_source_display()}）"
        yield Row(
            (
                proof.name,
                proof.matter.name,
                proof.demanded_by.short_name,
                issuer,
                proof.basis or UNSET,
                proof.how_to_get or UNSET,
                "、".join(proof.replacement_words) or UNSET,
                proof.get_certainty_display(),
            ),
            proof.demanded_by.short_name,
            _guide(proof.matter.seq),
        )


def proofs() -> QuerySet[ProofItem]:
    """Proofs that may be demanded today."""
    return ProofItem.objects.in_force().exclude(matter__status=MatterStatus.WITHDRAWN)


def commitment_rows() -> Iterator[Row]:
    """告知承诺: matters with the letters their guides name."""
    for version in _licences(commitment=True).prefetch_related("materials"):
        letters = [row.name for row in version.materials.all() if "承诺书" in row.name]
        yield Row(
            (
                version.matter.seq,
                version.name,
                version.agency.short_name,
                "、".join(letters) or UNSET,
                promised_words(version.promised_value, version.statutory_unit),
                UNSET,
                version.matter.get_certainty_display(),
            ),
            version.agency.short_name,
            _guide(version.matter.seq),
        )


def deferrable_materials() -> QuerySet[Material]:
    """容缺 materials of the guides in force."""
    return Material.objects.filter(
        version__in=statistics.licences_in_force().order_by().values("pk"),
        necessity=Necessity.DEFERRABLE,
    )


def deferrable_rows() -> Iterator[Row]:
    """容缺材料 with the business items and the situation they belong to."""
    found = deferrable_materials().select_related("version__matter", "version__agency")
    for material in found.prefetch_related("items").order_by("version__matter__seq", "position"):
        version = material.version
        when = when_words(version.snapshot or {}, material.when) if material.when else "总是"
        yield Row(
            (
                material.name,
                version.name,
                version.agency.short_name,
                "、".join(item.name for item in material.items.all()),
                when,
                f"{material.deferral_days or DEFERRAL_DAYS} 个工作日",
                version.matter.get_certainty_display(),
            ),
            version.agency.short_name,
            _guide(version.matter.seq),
        )


def listing_rows(slug: str) -> Callable[[], Iterator[Row]]:
    """Matters on one `CatalogueList`."""

    def rows() -> Iterator[Row]:
        for listing in _listings(slug):
            version = listing.matter.in_force[0] if listing.matter.in_force else None
            agency = version.agency.short_name if version else UNSET
            yield Row(
                (listing.matter.seq, listing.matter.name, agency, listing.note or "—"),
                agency,
                _guide(listing.matter.seq),
            )

    return rows


def _listings(slug: str) -> QuerySet[CatalogueListing]:
    published = MatterVersion.objects.published().for_list()
    return (
        CatalogueListing.objects.filter(catalogue_list__slug=slug)
        .exclude(matter__status=MatterStatus.WITHDRAWN)
        .select_related("matter")
        .prefetch_related(Prefetch("matter__versions", published, to_attr="in_force"))
        .order_by("matter__seq")
    )


def listing_count(slug: str) -> Callable[[], int]:
    """How many matters stand on the list."""
    return lambda: _listings(slug).count()


def sample_rows() -> Iterator[Row]:
    """样板卷: one row per published dossier."""
    agencies = dict(
        statistics.licences_in_force().order_by().values_list("matter", "agency__short_name")
    )
    for row in SampleDossier.objects.public().select_related("matter").order_by("matter__seq"):
        content = row.snapshot or {"pages": ()}
        agency = agencies.get(row.matter_id, UNSET)
        yield Row(
            (
                row.matter.seq,
                row.matter.name,
                agency,
                len(content["pages"]),
                content.get("video_url") or UNSET,
                "演示样例" if content.get("derived") else row.get_certainty_display(),
            ),
            agency,
            reverse("matters:sample", args=[row.matter.seq]),
        )
