"""What the tests of the editing desk share: people in browsers, and forms sent as they stand."""

from html.parser import HTMLParser

from django.test import Client

from accounts.models import User
from matters.models import MatterVersion


def signed_in(person: User) -> Client:
    """A browser of one person."""
    client = Client()
    client.force_login(person)
    return client


def address(version: MatterVersion, rest: str = "") -> str:
    """Address of a page about a version."""
    return f"/desk/matters/version/{version.pk}/{rest}"


class SectionForm(HTMLParser):
    """The form of a section as a browser would send it: `data` maps names to values."""

    def __init__(self, html: str):
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self._inside = self._select = self._area = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "yes" if "section-form" in values.get("class", "") else ""
        if not self._inside:
            return
        if tag == "select":
            self._select = values["name"]
        elif tag == "textarea":
            self._area = values["name"]
            self.data.setdefault(self._area, []).append("")
        elif tag == "option" and "selected" in values:
            self._add(self._select, values.get("value", ""))
        elif tag == "input":
            box = values.get("type") in {"checkbox", "radio"}
            if not box or "checked" in values:
                self._add(values["name"], values.get("value", "on" if box else ""))

    def handle_data(self, data):
        if self._area:
            self.data[self._area][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = ""
        if tag == "form":
            self._inside = ""

    def _add(self, name, value):
        self.data.setdefault(name, []).append(value)


def form_of(answer) -> dict[str, list[str]]:
    """What the section's form would send now."""
    return SectionForm(answer.content.decode()).data


def send(client: Client, url: str, do: str = "save", **changes):
    """Open a section, change some fields, press a button."""
    data = form_of(client.get(url)) | {"do": do}
    return client.post(url, data | {key.replace("__", "-"): v for key, v in changes.items()})
