"""One column of a sheet, derived from the model field it stands for.

The same description serves four readers: the export (`shown`), the checking child process
(`plain`), the staging table (`name`, `db_type`) and the comparison (`expression`).
"""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models

from matters.sheets.vocabulary import Vocabulary

JOINER = "|"
CODES = {
    "implementation_code",
    "local_base_code",
    "local_implementation_code",
    "implementing_uscc",
    "consult_phone",
    "complaint_phone",
    "reconsideration_phone",
    "litigation_phone",
}
#: widest column of a written workbook, in characters
WIDEST, NARROWEST = 40, 8
Plain = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column. `table`: alias in SQL of the table that holds it.

    `names`: which list of the vocabulary the words come from ("" = none); `expression`: SQL that
    yields the value of an edition, the plain column by default; `note`: what the 填写说明 says.
    """

    heading: str
    name: str
    kind: str
    db_type: str
    table: str = "e"
    required: bool = False
    empty: str = ""
    most: int = 0
    largest: int = 32_767
    words: tuple[tuple[str, str], ...] = ()
    names: str = ""
    address: str = ""
    pattern: str = ""
    pattern_reason: str = ""
    expression: str = ""
    note: str = ""
    #: does not belong to the edition itself but to a table below it
    is_link: bool = False

    @property
    def sql(self) -> str:
        """SQL of the value for one row of the sheet."""
        return self.expression or f'{self.table}."{self.name}"'

    @property
    def default(self) -> str:
        """SQL of the value a new row has when the file has no such column."""
        if self.kind in ("words", "lines", "numbers"):
            return f"'{{}}'::{self.db_type}"
        if self.kind == "when":
            return "'{}'::jsonb"
        return "NULL" if self.empty == "NULL" else f"'{self.empty or ''}'::{self.db_type}"

    @property
    def width(self) -> int:
        """Width in a written workbook."""
        guess = self.most // 3 if self.most else 14
        return max(min(guess, WIDEST), NARROWEST, len(self.heading) * 2 + 2)

    def plain(self, vocabulary: Vocabulary, needed: frozenset[str]) -> Plain:
        """The description the child process reads."""
        words = vocabulary.words(self.names) if self.names else dict(self.words)
        return {
            "heading": self.heading,
            "name": self.name,
            "kind": self.kind,
            "required": self.required,
            "empty": self.empty,
            "most": self.most,
            "largest": self.largest,
            "words": words,
            "labels": [label for label, _ in self.words[: len(self.words) // 2]],
            "where": vocabulary.where(self.names) if self.names else "",
            "address": self.address,
            "pattern": self.pattern,
            "pattern_reason": self.pattern_reason,
            "sorted": bool(self.names) or self.kind == "words",
            "needed": self.name in needed,
        }

    def shown(self, value: Any, vocabulary: Vocabulary) -> str | int:
        """The value of an edition as the cell says it; what the import reads back."""
        if value is None:
            return ""
        if self.kind == "truth":
            return "是" if value else "否"
        if self.kind == "whole":
            return value
        if self.kind == "date":
            return value if isinstance(value, str) else value.isoformat()
        if self.kind == "when":
            found = json.loads(value) if isinstance(value, str) else value
            return "；".join(f"{key}={JOINER.join(options)}" for key, options in found.items())
        if self.kind in ("words", "lines", "numbers"):
            return JOINER.join(self._word(part, vocabulary) for part in value)
        return self._word(value, vocabulary)

    def _word(self, value: Any, vocabulary: Vocabulary) -> str:
        if self.names:
            return vocabulary.name(self.names, value)
        if self.words:
            return next((label for label, code in self.words if code == value), str(value))
        return str(value)


def of(field: models.Field, heading: str = "", **changes: Any) -> Column:
    """The column of a model field; `changes` replaces what the field does not say."""
    blank = field.blank or field.has_default()
    found: Plain = {
        "heading": heading or str(field.verbose_name),
        "name": field.column,
        "db_type": _db_type(field),
        "required": not blank,
        "empty": _empty(field),
        "note": str(field.help_text),
    }
    found |= _kind(field) | _pattern(field) | changes
    if found["kind"] == "words":  # a set: the order in which it was stored says nothing
        found["expression"] = (
            f'ARRAY(SELECT w FROM unnest({found.get("table", "e")}."{field.column}"::text[]) w'
            " ORDER BY length(w), w)"
        )
    return Column(**found)


def _db_type(field: models.Field) -> str:
    if isinstance(field, ArrayField):
        return "integer[]" if _is_number(field.base_field) else "text[]"
    if isinstance(field, models.JSONField):
        return "jsonb"
    if isinstance(field, models.BooleanField):
        return "boolean"
    if isinstance(field, models.DateField):
        return "date"
    if isinstance(field, models.ForeignKey):
        return "bigint"
    return "integer" if _is_number(field) else "text"


def _is_number(field: models.Field) -> bool:
    return isinstance(field, models.IntegerField)


def _empty(field: models.Field) -> str:
    """What an empty cell of an optional column means."""
    if isinstance(field, ArrayField):
        return "{}"
    if isinstance(field, models.JSONField):
        return "{}"
    if field.null:
        return "NULL"
    if isinstance(field, models.BooleanField):
        return "t" if field.has_default() and field.get_default() else "f"
    return str(field.get_default()) if field.has_default() else ""


def _kind(field: models.Field) -> Plain:
    if isinstance(field, ArrayField):
        return _list_kind(field.base_field)
    if isinstance(field, models.BooleanField):
        return {"kind": "truth"}
    if isinstance(field, models.DateField):
        return {"kind": "date"}
    if isinstance(field, models.JSONField):
        return {"kind": "when"}
    if isinstance(field, models.ForeignKey):
        return {"kind": "word"}
    if field.choices:
        return {"kind": "word", "words": _choices(field)}
    if _is_number(field):
        small = isinstance(field, models.PositiveSmallIntegerField)
        return {"kind": "whole", "largest": 32_767 if small else 2_147_483_647}
    if isinstance(field, models.URLField):
        return {"kind": "address", "address": "url", "most": field.max_length}
    if isinstance(field, models.EmailField):
        return {"kind": "address", "address": "email", "most": field.max_length}
    kind = "code" if field.name in CODES or isinstance(field, models.SlugField) else "text"
    return {"kind": kind, "most": _most(field)}


def _list_kind(field: models.Field) -> Plain:
    if field.choices:
        return {"kind": "words", "words": _choices(field)}
    if _is_number(field):
        return {"kind": "numbers"}
    return {"kind": "lines", "most": field.max_length or 0}


def _choices(field: models.Field) -> tuple[tuple[str, str], ...]:
    """(label, code) of every choice, then (code, code): both are understood."""
    pairs = [(str(label), str(code)) for code, label in field.flatchoices if code != ""]
    return (*pairs, *((code, code) for _, code in pairs))


def _most(field: models.Field) -> int:
    limits = [v.limit_value for v in field.validators if isinstance(v, MaxLengthValidator)]
    return min([field.max_length or 20_000, *limits])


def _pattern(field: models.Field) -> Plain:
    for validator in field.validators:
        if isinstance(validator, RegexValidator) and not isinstance(field, models.URLField):
            return {
                "pattern": validator.regex.pattern.replace(r"\Z", "$"),
                "pattern_reason": str(validator.message),
            }
    return {}
