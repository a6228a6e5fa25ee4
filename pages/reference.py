"""The interface's description as a page for people: operations, parameters, true examples.

Everything comes from the description the code gives and from the answers it gives today, so the
page cannot promise what the interface does not keep.
"""

import re
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import resolve

from accounts.api.described import description
from accounts.api.problems import GENERAL_CODES
from common.errors import Refused

ROOT = "/api/v1"
#: a long text of an example is cut here
LONGEST_TEXT = 48
#: what stands in for the parts of an address that needs a token
PARTS = {"{seq}": "113", "{key}": "contact"}
#: operation that writes → the body of its example
BODIES = {
    "new_draft": '{"seq": 113}',
    "change_draft_section": (
        '{"base": {"fields": {"window_place": ""}, "rows": []},'
        ' "mine": {"fields": {"window_place": "一层大厅"}, "rows": []}}'
    ),
}
#: operation → address whose answer is the example
EXAMPLES = {
    "index": "/api/v1/",
    "codes": "/api/v1/codes/",
    "matters": "/api/v1/matters/?online=true&limit=1",
    "matter": "/api/v1/matters/113/",
    "editions": "/api/v1/matters/113/editions/",
    "edition": "/api/v1/matters/113/editions/1/",
    "items": "/api/v1/items/?matter=113&limit=1",
    "materials": "/api/v1/materials/?matter=113&limit=1",
    "themes": "/api/v1/themes/",
    "theme": "/api/v1/themes/medical-health/",
    "agencies": "/api/v1/agencies/",
    "agency": "/api/v1/agencies/market-regulation/",
    "centres": "/api/v1/centres/",
    "centre": "/api/v1/centres/district/",
    "changes": "/api/v1/changes/?limit=1",
    "search": "/api/v1/search/?q=开饭店&limit=1",
}
#: groups in the order of a first reading
GROUPS = ("从这里开始", "事项", "变化和搜索", "主题、机构和大厅", "令牌", "编制草稿")


@dataclass(frozen=True)
class Parameter:
    """One parameter as the table shows it."""

    name: str
    place: str
    needed: bool
    values: str
    meaning: str


@dataclass(frozen=True)
class Operation:
    """One address and what may be done with it."""

    key: str
    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[Parameter, ...]
    curl: str
    example: str


def groups() -> list[dict[str, Any]]:
    """Operations under their headings, in reading order."""
    found: dict[str, list[Operation]] = {name: [] for name in GROUPS}
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    order = {key: place for place, key in enumerate(EXAMPLES)}
    for operations in found.values():
        operations.sort(key=lambda one: order.get(one.key, len(order)))
    return [
        {"label": label, "id": f"g{place}", "operations": operations}
        for place, (label, operations) in enumerate(found.items())
        if operations
    ]


def errors() -> list[list[str]]:
    """Status, code and sentence of the general errors, as rows of a table."""
    rows = [[code, str(status), text] for code, (status, text) in GENERAL_CODES.items()]
    return sorted(rows, key=lambda row: row[1])


def _operation(path: str, method: str, operation: dict[str, Any]) -> Operation:
    key = operation["operationId"]
    return Operation(
        key=key,
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        text=operation["description"] if operation["description"] != operation["summary"] else "",
        parameters=tuple(_parameter(one) for one in operation.get("parameters", ())),
        curl=_curl(key, path, method),
        example=example(EXAMPLES[key]) if key in EXAMPLES else "",
    )


def _parameter(one: dict[str, Any]) -> Parameter:
    meaning, _, values = one["description"].partition("\n\n")
    return Parameter(
        name=one["name"],
        place="路径" if one["in"] == "path" else "查询",
        needed=bool(one.get("required")),
        values=_values(one["schema"], values),
        meaning=meaning,
    )


def _values(schema: dict[str, Any], listed: str) -> str:
    """What may be written: the values with their words, a range, or the kind of text."""
    if listed:
        pairs = re.findall(r"\* `([^`]*)` - (.*)", listed)
        return "、".join(f"{code} {word}" for code, word in pairs)
    if "enum" in schema:
        return "、".join(schema["enum"])
    if schema["type"] == "integer":
        most = schema.get("maximum", 0)
        return f"整数，{schema['minimum']} 至 {most}" if 0 < most < 10_000 else "整数"
    return "日期时间" if schema.get("format") == "date-time" else "文本"


def _curl(key: str, path: str, method: str) -> str:
    """A line to try: the example of an open operation, else one with a token."""
    if key in EXAMPLES:
        return f"curl '{settings.PUBLIC_BASE_URL}{EXAMPLES[key]}'"
    for part, value in PARTS.items():
        path = path.replace(part, value)
    words = ["curl"] if method == "get" else ["curl", "-X", method.upper()]
    words.append("-H 'Authorization: Bearer 您的令牌'")
    if key in BODIES:
        words += ["-H 'Content-Type: application/json'", f"-d '{BODIES[key]}'"]
    return " ".join([*words, f"'{settings.PUBLIC_BASE_URL}{path}'"])


def example(address: str) -> str:
    """Today's answer at an address, shortened for reading; "" while there is nothing to show."""
    path, _, query = address.partition("?")
    match = resolve(path)
    view = match.func.cls()  # type: ignore[attr-defined]
    request = HttpRequest()
    request.method, request.path = "GET", path
    request.GET = QueryDict(query)
    view.setup(request, *match.args, **match.kwargs)
    view.request = view.initialize_request(request)
    try:
        answer = view.read(view.request, **match.kwargs)
    except Refused:
        return ""
    whole = orjson.loads(orjson.dumps(answer))
    if whole.get("results") == []:
        return ""
    return orjson.dumps(_shortened(whole), option=orjson.OPT_INDENT_2).decode()


def _shortened(value: Any) -> Any:
    """Of every list the first entry, of every long text the beginning."""
    if isinstance(value, dict):
        return {name: _shortened(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shortened(inner) for inner in value[:1]]
    if isinstance(value, str) and len(value) > LONGEST_TEXT and not value.startswith("http"):
        return f"{value[:LONGEST_TEXT]}…"
    return value
