"""Whole guides: the edition in force, the list of editions, one edition by number."""

from collections.abc import Iterator
from typing import Any

from rest_framework import serializers

from common.errors import Refused
from matters.api.guide_contract import GUIDE_TREE, Guide, declared
from matters.api.rows import guide_address, local
from matters.models import Matter, MatterVersion
from matters.workflow import FROZEN, MatterStatus, VersionStatus

FIELDS = ("number", "status", "published_at", "effective_on", "superseded_at")


class EditionSerializer(serializers.Serializer):
    """One edition in the list of editions."""

    edition = serializers.IntegerField(label="版本号")
    in_force = serializers.BooleanField(label="现行有效")
    published_at = serializers.DateTimeField(label="发布时间")
    effective_on = serializers.DateField(allow_null=True, label="生效日期")
    superseded_at = serializers.DateTimeField(allow_null=True, label="被新版替代的时间")


class EditionsSerializer(serializers.Serializer):
    """All editions that are or were in force."""

    seq = serializers.IntegerField(label="事项序号")
    name = serializers.CharField(label="事项名称")
    status = serializers.CharField(label="办理状态")
    results = EditionSerializer(many=True)


class GuideDocumentSerializer(EditionSerializer):
    """A whole guide."""

    seq = serializers.IntegerField(label="事项序号")
    status = serializers.CharField(label="办理状态", help_text="见 /codes/")
    url = serializers.URLField(label="办事指南的地址")
    guide = Guide(label="整份指南")


def in_force(seq: int) -> dict[str, Any]:
    """The guide of the edition in force. Raises Refused (404, 410)."""
    matter = open_matter(seq)
    version = _editions(matter, "snapshot").filter(status=VersionStatus.PUBLISHED).first()
    if version is None:
        raise _nothing_published()
    return _document(matter, version)


def edition(seq: int, number: int) -> dict[str, Any]:
    """One edition that is or was in force. Raises Refused (404, 410)."""
    matter = open_matter(seq)
    version = _editions(matter, "snapshot").filter(number=number).first()
    if version is None:
        raise Refused("no_such_edition", "这个事项没有发布过这一版。请先读版本列表。", status=404)
    return _document(matter, version)


def editions(seq: int) -> dict[str, Any]:
    """Editions that are or were in force, newest first. Raises Refused (404, 410)."""
    matter = open_matter(seq)
    rows = [_edition(version) for version in _editions(matter).order_by("-number")]
    if not rows:
        raise _nothing_published()
    return {"seq": seq, "name": matter.name, "status": matter.status, "results": rows}


def all_in_force() -> Iterator[dict[str, Any]]:
    """Every guide in force, by number, one after the other."""
    versions = MatterVersion.objects.public().select_related("matter").order_by("matter__seq")
    needed = (*FIELDS, "snapshot", "matter__seq", "matter__name", "matter__status")
    for version in versions.only(*needed).iterator(chunk_size=50):
        yield _document(version.matter, version)


def open_matter(seq: int) -> Matter:
    """The matter, unless it is unknown (404) or withdrawn (410)."""
    matter = Matter.objects.filter(seq=seq).only("seq", "name", "status").first()
    if matter is None:
        raise Refused("no_such_matter", "没有这个序号的事项。请先读事项列表。", status=404)
    if matter.status == MatterStatus.WITHDRAWN:
        raise Refused(
            "matter_withdrawn", f"“{matter.name}”已经取消，不再提供办事指南。", status=410
        )
    return matter


def _editions(matter: Matter, *further: str):
    rows = MatterVersion.objects.filter(matter=matter, status__in=FROZEN)
    return rows.only(*FIELDS, *further)


def _nothing_published() -> Refused:
    sentence = "这个事项还没有公布过办事指南。"
    return Refused("not_published", sentence, status=404)


def _edition(version: MatterVersion) -> dict[str, Any]:
    return {
        "edition": version.number,
        "in_force": version.status == VersionStatus.PUBLISHED,
        "published_at": local(version.published_at),
        "effective_on": version.effective_on,
        "superseded_at": local(version.superseded_at),
    }


def _document(matter: Matter, version: MatterVersion) -> dict[str, Any]:
    return _edition(version) | {
        "seq": matter.seq,
        "status": matter.status,
        "url": guide_address(matter.seq),
        "guide": declared(version.snapshot, GUIDE_TREE),
    }
