"""Rules every page of the portal keeps, checked on its HTML without a browser."""

from collections import Counter
from html.parser import HTMLParser

VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr"}


class Page(HTMLParser):
    """What the rules look at: headings, ids, labels, controls, attributes, plain text."""

    def __init__(self, html: str):
        super().__init__()
        self.headings: list[int] = []
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.unlabelled: list[str] = []
        self.forbidden: list[str] = []
        self.outside: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._stack: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if name := found.get("id"):
            self.ids[name] += 1
        if tag == "label" and found.get("for"):
            self.labelled.add(found["for"])
        self._control(tag, found)
        self.forbidden += [
            f"{tag} {name}" for name in found if name == "style" or name.startswith("on")
        ]
        if tag == "style" or (tag == "script" and not found.get("src")):
            self.forbidden.append(tag)
        for name in ("src", "href", "action"):
            if (found.get(name) or "").startswith(("http:", "https:", "//")):
                self.outside.append(found[name])
        if tag == "a":
            self.links.append((found.get("href") or "", found.get("class") or ""))
        if tag not in VOID:
            self._stack.append(tag)

    def _control(self, tag: str, found: dict[str, str | None]) -> None:
        if tag not in {"input", "select", "textarea"} or found.get("type") in {"hidden", "submit"}:
            return
        if "label" not in self._stack and not found.get("aria-label"):
            self.unlabelled.append(found.get("id") or found.get("name") or tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._stack:
            while self._stack.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._stack):
            self.words.append(data)

    @property
    def text(self) -> str:
        """Visible words with single spaces."""
        return " ".join(" ".join(self.words).split())


def broken_rules(html: str) -> list[str]:
    """What is wrong with a page; empty when every rule holds."""
    page = Page(html)
    steps = zip(page.headings, page.headings[1:], strict=False)
    problems = [f"{page.headings.count(1)} h1"] if page.headings.count(1) != 1 else []
    problems += [f"h{above} then h{below}" for above, below in steps if below > above + 1]
    problems += [f"id {name} twice" for name, count in page.ids.items() if count > 1]
    problems += [f"no label: {name}" for name in page.unlabelled if name not in page.labelled]
    problems += page.forbidden + [f"outside: {address}" for address in page.outside]
    if '<html lang="zh-Hans"' not in html or "<title>" not in html:
        problems.append("lang or title missing")
    return problems
