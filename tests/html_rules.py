"""Rules every page keeps, read from its HTML without a browser (design: ui §6, §10)."""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br", "hr", "img", "source", "wbr", "path", "circle", "rect"}
LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}


class Page(HTMLParser):
    """Collects what the rules and the tests need from one page, or a part of one.

    `links` holds (address, class); `text` the visible words.
    """

    def __init__(self, html: str):
        super().__init__()
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.labels: set[str] = set()
        self.controls: list[dict] = []
        self.attributes: list[tuple[str, dict]] = []
        self.texts: Counter[str] = Counter()
        self.tables: list[set[str]] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self._label_depth = 0
        self.title = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.attributes.append((tag, values))
        self.ids += [values["id"]] if values.get("id") else []
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label":
            self._label_depth += 1
            self.labels.add(values.get("for", ""))
        if tag in LABELLED and values.get("type") not in UNLABELLED_TYPES:
            self.controls.append({**values, "wrapped": self._label_depth > 0})
        if tag == "a":
            self.links.append((values.get("href", ""), values.get("class", "")))
        if tag == "table":
            self.tables.append(set())
        if self.tables and tag in {"caption", "th"}:
            self.tables[-1].add(tag if tag == "caption" or "scope" in values else "bare th")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag == "label":
            self._label_depth -= 1
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        if not {"script", "style"} & set(self._open):
            self.words.append(data)

    @property
    def text(self) -> str:
        """Visible words with single spaces."""
        return " ".join(" ".join(self.words).split())

    def has(self, tag: str, **wanted: str) -> bool:
        """Whether an element with these attributes exists."""
        return any(
            found == tag and all(values.get(k) == v for k, v in wanted.items())
            for found, values in self.attributes
        )


def breaches(html: str) -> list[str]:
    """Sentences about every rule the page breaks; empty for a good page."""
    page = Page(html)
    return [
        *_document(page),
        *_headings(page),
        *_controls(page),
        *_references(page),
        *_forbidden(page),
    ]


def _document(page: Page) -> list[str]:
    checks = {
        "html has no lang zh-Hans": page.has("html", lang="zh-Hans"),
        "no viewport": page.has("meta", name="viewport"),
        "title is empty": bool(page.title.strip()),
        "first link is not the skip link": page.links[:1] != [] and page.links[0][0] == "#main",
        "no main landmark to skip to": page.has("main", id="main"),
        "a table without caption or scope": all(
            "caption" in table and "bare th" not in table for table in page.tables
        ),
    }
    return [sentence for sentence, fine in checks.items() if not fine]


def _headings(page: Page) -> list[str]:
    found = [] if page.headings.count(1) == 1 else [f"{page.headings.count(1)} h1"]
    pairs = zip(page.headings, page.headings[1:], strict=False)
    return found + [f"h{a} is followed by h{b}" for a, b in pairs if b > a + 1]


def _controls(page: Page) -> list[str]:
    return [
        f"no label: {control.get('name')}"
        for control in page.controls
        if not control["wrapped"]
        and control.get("id") not in page.labels
        and not {"aria-label", "aria-labelledby"} & control.keys()
    ]


def _references(page: Page) -> list[str]:
    known = set(page.ids)
    found = [f"id twice: {key}" for key, count in Counter(page.ids).items() if count > 1]
    for _, values in page.attributes:
        for name in ("aria-describedby", "aria-labelledby"):
            found += [f"{name} → {key}" for key in values.get(name, "").split() if key not in known]
        target = values.get("href", "")
        if target.startswith("#") and target[1:] not in known:
            found.append(f"jumps nowhere: {target}")
    return found


def _forbidden(page: Page) -> list[str]:
    found = []
    for tag, values in page.attributes:
        found += [f"inline {n} on {tag}" for n in values if n == "style" or n.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in values):
            found.append(f"inline {tag}")
        for name in ("src", "href", "action"):
            if re.match(r"(https?:)?//", values.get(name, "")):
                found.append(f"another site: {values[name]}")
        if tag == "svg" and values.get("role") != "img" and values.get("aria-hidden") != "true":
            found.append("a drawing that is neither named nor hidden")
    return found
