"""A published model dossier as the page and the PDF show it: sheets with numbered call-outs.

Pure. `content` is `SampleDossier.snapshot` (or a generated one of the same shape), `guide` the
published guide; the guide decides which sheets a situation has and in which order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from matters.models.sample import NoteKind, SheetLayout
from matters.presenting.answers import ITEM, PREFIX, Answers, read
from matters.presenting.materials import MaterialRow, row
from matters.selfcheck import materials_for

DISCLAIMER = "演示样例，内容均为虚构，以窗口要求为准"
ITEM_PLACE = "{办理项}"
LONGEST_LABEL = 24
KIND_WORDS = dict(NoteKind.choices)
LAYOUT_WORDS = dict(SheetLayout.choices)


@dataclass(frozen=True)
class Line:
    """One line of a sheet. `kind`: heading, field, text or table (then `rows`, header first).
    `marks` are numbers of the call-outs that point at it."""

    kind: str
    text: str = ""
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Callout:
    """One explanation beside the sheet."""

    number: int
    kind: str
    text: str
    field: str

    @property
    def word(self) -> str:
        """常见错误, 窗口会核对 or 填写提示."""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True)
class Sheet:
    """One material drawn, with everything said about it."""

    number: int
    key: str
    paper: MaterialRow
    layout: str
    lines: list[Line]
    callouts: list[Callout]
    marks: tuple[int, ...] = field(default=())

    @property
    def name(self) -> str:
        return self.paper.name

    @property
    def layout_word(self) -> str:
        """表格, 文书, 证照 …"""
        return LAYOUT_WORDS[self.layout]

    @property
    def tips(self) -> list[Callout]:
        """What helps to get it right."""
        return [note for note in self.callouts if note.kind != NoteKind.MISTAKE]

    @property
    def mistakes(self) -> list[Callout]:
        """What goes wrong most."""
        return [note for note in self.callouts if note.kind == NoteKind.MISTAKE]


def situation(
    guide: Mapping[str, Any], content: Mapping[str, Any], parameters: Mapping[str, str]
) -> Answers:
    """Complete answers: the reader's, else those the dossier shows first, else the first option."""
    wanted = {ITEM: content["suffix"]}
    wanted |= {PREFIX + key: option for key, option in content["answers"].items()}
    wanted |= {name: value for name, value in parameters.items() if value}
    answers = read(guide, wanted)
    while question := answers.first_open:
        wanted[question.name] = question.options[0][0]
        answers = read(guide, wanted)
    return answers


def sheets(guide: Mapping[str, Any], content: Mapping[str, Any], answers: Answers) -> list[Sheet]:
    """The sheets of one situation, in the order of the guide, numbered from 1."""
    needed = materials_for(guide, answers.suffix, answers.by_situation())
    return drawn(guide, content, needed, answers.suffix)


def drawn(
    guide: Mapping[str, Any],
    content: Mapping[str, Any],
    materials: Iterable[Mapping[str, Any]],
    suffix: str,
) -> list[Sheet]:
    """Sheets for some materials of the guide; one without an example in `content` is left out."""
    pages = {page["key"]: page for page in content["pages"]}
    item = next(item["name"] for item in guide["items"] if item["suffix"] == suffix)
    wanted = [material for material in materials if material["key"] in pages]
    return [
        _sheet(number, pages[material["key"]], row(material), item)
        for number, material in enumerate(wanted, 1)
    ]


def _sheet(number: int, page: Mapping[str, Any], paper: MaterialRow, item: str) -> Sheet:
    callouts = [
        Callout(place, note["kind"], note["text"], note["field"])
        for place, note in enumerate(page["notes"], 1)
    ]
    lines = _lines(page["body"].replace(ITEM_PLACE, item), callouts)
    pointed = {mark for line in lines for mark in line.marks}
    return Sheet(
        number=number,
        key=page["key"],
        paper=paper,
        layout=page["layout"],
        lines=lines,
        callouts=callouts,
        marks=tuple(note.number for note in callouts if note.number not in pointed),
    )


def _lines(body: str, callouts: list[Callout]) -> list[Line]:
    """Parse the format of `SamplePage.body`."""
    lines: list[Line] = []
    for text in filter(None, (text.strip() for text in body.splitlines())):
        if text.startswith("|"):
            _add_row(lines, tuple(cell.strip() for cell in text.strip("|").split("|")))
        elif text.startswith("#"):
            lines.append(Line("heading", text.lstrip("# ")))
        else:
            lines.append(_field(text, callouts))
    return lines


def _add_row(lines: list[Line], cells: tuple[str, ...]) -> None:
    """Rows that follow one another are one table."""
    if lines and lines[-1].kind == "table":
        lines[-1] = Line("table", rows=(*lines[-1].rows, cells))
    else:
        lines.append(Line("table", rows=(cells,)))


def _field(text: str, callouts: list[Callout]) -> Line:
    label, colon, value = text.partition("：")
    if not colon or not value or len(label) > LONGEST_LABEL:
        return Line("text", text)
    marks = tuple(note.number for note in callouts if note.field == label)
    return Line("field", value.strip(), label, marks=marks)
