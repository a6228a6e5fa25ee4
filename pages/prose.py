"""Plain text with a few marks, shown safely: no raw HTML ever reaches a page.

Marks: an empty line ends a paragraph; "## " a heading, "### " a smaller one; lines starting with
"- " a list, with "1. " an ordered list; [words](/path/) a link inside this site.
"""

import re
from dataclasses import dataclass

LINK = re.compile(r"\[([^\[\]]+)\]\((/[^()\s]*|tel:\d+)\)")
NUMBERED = re.compile(r"\d+\. ")


@dataclass(frozen=True)
class Piece:
    """Words of a line; with `url` they are a link."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Block:
    """`kind` is h2, h3, p, ul or ol; `lines` hold one entry per paragraph or list item."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]
    id: str = ""


def parse(text: str) -> list[Block]:
    """Blocks of a text in reading order; headings get stable ids s1, s2 …"""
    blocks: list[Block] = []
    headings = 0
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        for kind, lines in _groups(chunk.split("\n")):
            headings += kind in {"h2", "h3"}
            anchor = f"s{headings}" if kind in {"h2", "h3"} else ""
            blocks.append(Block(kind, tuple(pieces(line) for line in lines), anchor))
    return blocks


def _groups(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Neighbouring lines of one kind; a heading is always alone, a paragraph is joined."""
    groups: list[tuple[str, list[str]]] = []
    for line in filter(None, (line.strip() for line in lines)):
        kind, words = _kind(line)
        if groups and groups[-1][0] == kind and kind in {"ul", "ol"}:
            groups[-1][1].append(words)
        elif groups and groups[-1][0] == kind == "p":
            groups[-1][1][0] += words
        else:
            groups.append((kind, [words]))
    return groups


def _kind(line: str) -> tuple[str, str]:
    for mark, kind in (("### ", "h3"), ("## ", "h2"), ("- ", "ul")):
        if line.startswith(mark):
            return kind, line.removeprefix(mark)
    if NUMBERED.match(line):
        return "ol", NUMBERED.sub("", line, count=1)
    return "p", line


def pieces(line: str) -> tuple[Piece, ...]:
    """Split a line at its links. Only paths of this site and telephone numbers can be links."""
    found: list[Piece] = []
    end = 0
    for match in LINK.finditer(line):
        if match[2].startswith("//"):
            continue
        if match.start() > end:
            found.append(Piece(line[end : match.start()]))
        found.append(Piece(match[1], match[2]))
        end = match.end()
    if end < len(line):
        found.append(Piece(line[end:]))
    return tuple(found)


def contents(blocks: list[Block]) -> list[dict]:
    """Rows for the on-page contents: the headings of the first level."""
    return [
        {"label": "".join(piece.text for piece in block.lines[0]), "id": block.id}
        for block in blocks
        if block.kind == "h2"
    ]
