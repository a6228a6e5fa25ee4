"""The nightly check of everything in force: what is wrong or missing, per agency, until gone.

Rules of `matters.rules` on the guide as it stands today, and what only the whole catalogue knows:
links to matters that left the list, addresses that are none, editions that missed their day.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max

from common import clock
from matters import rules, snapshot
from matters.models import CatalogueFinding, MatterMove, MatterVersion, ProofItem
from matters.rules import Gap
from matters.services.checking import whole
from matters.services.switching import due_versions

BATCH = 100
ADDRESSES = (("online_url", "网办地址"), ("mobile_url", "移动端地址"))
valid_address = URLValidator(schemes=["http", "https"])
#: what makes two sightings the same finding
Key = tuple[int, str, str, str]


@dataclass(frozen=True)
class Checked:
    """What one night found: counts."""

    matters: int
    found: int
    new: int
    resolved: int


@transaction.atomic
def check_catalogue() -> Checked:
    """Check every public guide and bring the findings up to date; safe to repeat."""
    moment = clock.now()
    seen: dict[Key, CatalogueFinding] = {}
    ids = list(MatterVersion.objects.public().order_by("pk").values_list("pk", flat=True))
    public = set(MatterVersion.objects.public().values_list("matter__seq", flat=True))
    for start in range(0, len(ids), BATCH):
        for version in whole(ids[start : start + BATCH]):
            for gap in _faults(version, public):
                finding = _finding(version, gap, moment)
                seen[_key(finding)] = finding
    return _store(seen, moment, matters=len(ids))


def check_if_behind() -> Checked | None:
    """Check when an edition came into force, or a matter was switched, since the last check.

    So a fault that a new edition mends is gone within a minute, and a fresh portal does not say
    that its catalogue is without faults before anybody has looked.
    """
    return check_catalogue() if _is_behind() else None


def _is_behind() -> bool:
    checked = CatalogueFinding.objects.last_check()
    published = MatterVersion.objects.published().aggregate(at=Max("published_at"))["at"]
    switched = MatterMove.objects.aggregate(at=Max("at"))["at"]
    changes = [moment for moment in (published, switched) if moment]
    return bool(changes) and (checked is None or max(changes) > checked)


def _faults(version: MatterVersion, public: set[int]) -> Iterator[Gap]:
    guide = snapshot.build(version)
    listed = ProofItem.objects.listed_names(guide["seq"])
    yield from rules.gaps(guide, listed_proofs=listed)
    yield from _dead_links(version, public)
    for late in due_versions().filter(matter=version.matter_id):
        message = f"第 {late.number} 版应于 {late.effective_on} 生效，但没有生效。请审核人查看。"
        yield Gap("not_in_force", "basic", message, field="effective_on")


def _dead_links(version: MatterVersion, public: set[int]) -> Iterator[Gap]:
    gone = [str(seq) for seq in version.related_seqs if seq not in public]
    if gone:
        message = f"相关事项 {'、'.join(gone)} 已不在目录里，请删去或改正。"
        yield Gap("dead_link", "basic", message, field="related_seqs")
    for name, word in ADDRESSES:
        value = getattr(version, name)
        try:
            valid_address(value or "https://example.gov.cn/")
        except ValidationError:
            yield Gap("dead_link", "where", f"{word}“{value}”不是网址，请改正。", field=name)


def _finding(version: MatterVersion, gap: Gap, moment: datetime.datetime) -> CatalogueFinding:
    severities = CatalogueFinding.Severity
    return CatalogueFinding(
        matter_id=version.matter_id,
        agency_id=version.agency_id,
        code=gap.code,
        part=gap.part,
        field=gap.field,
        message=gap.message,
        severity=severities.BLOCKING if gap.blocking else severities.CONFIGURE,
        first_seen_at=moment,
        last_seen_at=moment,
    )


def _key(finding: CatalogueFinding) -> Key:
    return (finding.matter_id, finding.code, finding.part, finding.field)


def _store(
    seen: dict[Key, CatalogueFinding], moment: datetime.datetime, *, matters: int
) -> Checked:
    rows = CatalogueFinding.objects.unresolved().select_for_update(of=("self",), no_key=True)
    known = {_key(row): row for row in rows}
    fresh = [finding for key, finding in seen.items() if key not in known]
    gone = [row.pk for key, row in known.items() if key not in seen]
    still = [row for key, row in known.items() if key in seen]
    for row in still:
        found = seen[_key(row)]
        row.agency_id, row.message, row.severity = found.agency_id, found.message, found.severity
        row.last_seen_at = found.last_seen_at
    columns = ["agency", "message", "severity", "last_seen_at"]
    CatalogueFinding.objects.bulk_update(still, columns, batch_size=500)
    CatalogueFinding.objects.bulk_create(fresh, ignore_conflicts=True)
    CatalogueFinding.objects.filter(pk__in=gone).update(resolved_at=moment)
    return Checked(matters, len(seen), len(fresh), len(gone))
