"""What the loader carries from the files to the database, and the files' vocabulary.

The Chinese words of the files are mapped to the codes of the models here and nowhere else.
"""

from dataclasses import dataclass, field
from typing import Any

from matters.models import StepRole
from matters.models.choices import Certainty, ServiceObject


def labels(choices: Any, **extra: Any) -> dict[str, Any]:
    """Word → code of a choices class, with the spellings only the files use."""
    return {member.label: member.value for member in choices} | extra


AUDIENCE = {
    "自然人": [ServiceObject.PERSON],
    "法人": [ServiceObject.ORGANISATION],
    "both": [ServiceObject.PERSON, ServiceObject.ORGANISATION],
}
CERTAINTY = {member.value: member.value for member in Certainty}
ROLES = {member.value: member.value for member in StepRole}
NO_LIMIT = {"", "无数量限制"}
OFFICE_USCC = "11120102MB0P40013N"


@dataclass
class Draft:
    """One matter ready to be written: model fields by name, parts as lists of fields."""

    seq: int
    digest: str
    base: dict[str, Any]
    matter: dict[str, Any]
    version: dict[str, Any]
    agency: str
    supervisor: str
    themes: list[str]
    items: list[dict[str, Any]]
    situations: list[dict[str, Any]]
    conditions: list[dict[str, str]]
    materials: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    fee: dict[str, Any]
    result: dict[str, Any]
    faqs: list[dict[str, str]]
    law: list[dict[str, str]]


@dataclass
class Source:
    """The parsed folder: drafts and the small dictionaries they refer to."""

    themes: list[dict[str, Any]] = field(default_factory=list)
    papers: list[dict[str, Any]] = field(default_factory=list)
    listings: list[dict[str, Any]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
