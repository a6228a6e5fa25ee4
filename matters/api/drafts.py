"""Drafts written by other systems: the sections of the editing desk, through its own services.

A token with the scope `catalogue:draft` acts for its person, with that person's role and posts.
What was changed meanwhile on the desk is joined or handed back, never overwritten. Submitting,
approving and publishing stay with people.
"""

import functools
from typing import Any

from django.core.exceptions import ValidationError as Unfit
from django.db import IntegrityError, models
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from accounts.models import User
from common.errors import Refused
from matters import policies, sections
from matters.models import Fee, Matter, MatterVersion, Result
from matters.services import checking, editing
from matters.services.editions import prepare_version

HOLDERS: dict[str, type[models.Model]] = {"": MatterVersion, "fee": Fee, "result": Result}


class DraftSerializer(serializers.Serializer):
    """The edition being worked on."""

    seq = serializers.IntegerField(label="事项序号")
    edition = serializers.IntegerField(label="版本号")
    status = serializers.CharField(label="状态", help_text="draft 时才能修改")
    name = serializers.CharField(label="事项名称")
    sections = serializers.ListField(child=serializers.CharField(), label="可以写入的节")
    gaps = serializers.ListField(child=serializers.CharField(), label="还有哪些缺漏")


class NewDraftSerializer(serializers.Serializer):
    """For which matter a draft is wanted."""

    seq = serializers.IntegerField(
        label="事项序号", min_value=0, max_value=2_147_483_647, help_text="须有现行有效的版本"
    )


class SectionSerializer(serializers.Serializer):
    """One section as it is stored. Rows that exist carry their `id`, new ones null."""

    fields = serializers.DictField(label="要素")
    rows = serializers.ListField(child=serializers.DictField(), label="列表")


class SavedSectionSerializer(SectionSerializer):
    """The section after a save."""

    changed = serializers.IntegerField(label="改动了几处")
    joined = serializers.IntegerField(label="一并保留了别人改动的几处")


class SectionChangeSerializer(serializers.Serializer):
    """A change: what was read (`base`) and what is wanted (`mine`)."""

    base = SectionSerializer(label="读到时的样子")
    mine = SectionSerializer(label="想要的样子")


def writable() -> list[str]:
    """Keys of the sections other systems may write: everything without links to other tables."""
    return [section.key for section in sections.SECTIONS if _columns(section) or _row_of(section)]


def open_draft(seq: int, by: User) -> MatterVersion:
    """The edition of the matter being worked on. Refused: 403, 404."""
    if not policies.may_read_drafts(by):
        raise Refused("role_missing", "令牌代表的用户没有目录岗位，不能读草稿。", status=403)
    found = MatterVersion.objects.being_edited().select_related("matter").defer("snapshot")
    version = found.filter(matter__seq=seq).first()
    if version is None:
        raise Refused("no_draft", "这个事项没有正在编制的版本，请先新建。", status=404)
    return version


def described(version: MatterVersion) -> dict[str, Any]:
    """A draft as `DraftSerializer` declares it."""
    return {
        "seq": version.matter.seq,
        "edition": version.number,
        "status": version.status,
        "name": version.name,
        "sections": writable(),
        "gaps": [gap.message for gap in checking.gaps_of(version.pk)],
    }


def prepare(seq: int, by: User) -> MatterVersion:
    """A new draft beside the edition in force. Refused: 403, 404, 409."""
    matter = Matter.objects.filter(seq=seq).first()
    if matter is None:
        raise Refused("no_such_matter", "没有这个序号的事项。请先读事项列表。", status=404)
    return prepare_version(matter_id=matter.pk, by=by)


def read(version: MatterVersion, key: str) -> dict[str, Any]:
    """A section of the draft, the writable part of it."""
    section = _section(key)
    document = editing.read_section(version, section)
    columns = _columns(section)
    return {
        "fields": {name: document["fields"].get(name) for name in columns},
        "rows": document["rows"] if _row_of(section) else [],
    }


def save(version: MatterVersion, key: str, change: dict[str, Any], by: User) -> dict[str, Any]:
    """Store a change of a section; the section as it is then.

    Raises ValidationError beside the element; Refused: 403, 409 (no draft any more, or the same
    element was changed on the desk meanwhile), 422.
    """
    section = _section(key)
    mine, base = _checked(section, change["mine"]), change["base"]
    try:
        outcome = editing.save_section(
            version_id=version.pk, section=section, mine=mine, base=base, by=by
        )
    except Unfit as error:
        raise ValidationError(_sentences(error)) from error
    except (IntegrityError, KeyError, TypeError) as error:
        sentence = "这些值放在一起不成立，或 base 与读到的不一样。请重新读一次再改。"
        raise Refused("section_does_not_fit", sentence, status=422) from error
    if not outcome.saved:
        names = "、".join(clash.name or "整行" for clash in outcome.merge.clashes)
        sentence = f"这些要素刚被别人改过：{names}。请重新读这一节，合并后再写。"
        raise Refused("section_changed", sentence, status=409)
    version.refresh_from_db()
    return read(version, key) | {"changed": outcome.changed, "joined": outcome.merge.taken}


def _sentences(error: Unfit) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return {name.strip("_"): texts for name, texts in error.message_dict.items()}
    return {"mine": error.messages}


def _section(key: str) -> sections.Section:
    if key not in writable():
        raise Refused("no_such_section", "没有这一节，或这一节不能用接口写入。", status=404)
    return sections.BY_KEY[key]


def _checked(section: sections.Section, mine: dict[str, Any]) -> editing.Document:
    """`mine` with every value of its right type; unknown names refused."""
    columns, row = _columns(section), _row_of(section)
    unknown = set(mine["fields"]) - set(columns)
    if unknown or (mine["rows"] and not row):
        raise ValidationError({"mine": [f"这一节没有：{'、'.join(sorted(unknown)) or 'rows'}。"]})
    fields = _serializer(HOLDERS[section.holder], columns)(data=mine["fields"], partial=True)
    fields.is_valid(raise_exception=True)
    rows = [_row(row, number, one) for number, one in enumerate(mine["rows"])] if row else []
    numbers = [one["id"] for one in rows if one["id"] is not None]
    if len(numbers) != len(set(numbers)):
        raise ValidationError({"mine.rows": ["同一个 id 只能出现一次。"]})
    return {"fields": {name: mine["fields"][name] for name in fields.validated_data}, "rows": rows}


def _row(row: sections.Rows, number: int, one: dict[str, Any]) -> dict[str, Any]:
    checked = _serializer(row.model, row.fields)(data={k: v for k, v in one.items() if k != "id"})
    if not checked.is_valid():
        raise ValidationError({f"mine.rows.{number}": checked.errors})
    unknown = set(one) - {"id", *row.fields}
    if unknown or not (one.get("id") is None or isinstance(one["id"], int)):
        raise ValidationError({f"mine.rows.{number}": ["有不认识的要素，或 id 不是整数。"]})
    return {"id": one.get("id")} | {name: one.get(name) for name in row.fields}


def _columns(section: sections.Section) -> tuple[str, ...]:
    """Plain elements of a section; links to other tables are for the desk."""
    model = HOLDERS[section.holder]
    return tuple(name for name in section.fields if not model._meta.get_field(name).is_relation)


def _row_of(section: sections.Section) -> sections.Rows | None:
    """The list of a section when its rows are plain."""
    row = section.rows
    if section.elements or row is None:
        return None
    plain = not any(row.model._meta.get_field(name).is_relation for name in row.fields)
    return row if plain else None


@functools.cache
def _serializer(
    model: type[models.Model], names: tuple[str, ...]
) -> type[serializers.ModelSerializer]:
    """Checks types, lengths and code lists as the model has them."""
    meta = type("Meta", (), {"model": model, "fields": list(names)})
    return type(f"{model.__name__}Values", (serializers.ModelSerializer,), {"Meta": meta})
