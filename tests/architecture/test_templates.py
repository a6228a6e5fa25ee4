"""Templates: nothing inline, nothing from elsewhere, nothing unused."""

import re

import pytest

from tests.architecture.source import APPS, ROOT, name, python_files, templates, tracked

REFERENCE = re.compile(r"""["']([\w./-]+\.(?:html|txt|xml|svg))["']""")
#: found by Django itself, by name
FOUND_BY_DJANGO = re.compile(r"^(admin/|errors/|registration/|django/forms/|400|403|404|500)")
INLINE = {
    "inline style": re.compile(r"<style|\sstyle="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>"),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+="),
    "foreign address": re.compile(r"""(?:src|href)=["'](?:https?:)?//"""),
}


def breaches(html: str) -> list[str]:
    """What a template contains that the CSP or the look forbids."""
    return [what for what, pattern in INLINE.items() if pattern.search(html)]


def test_nothing_inline_and_nothing_from_elsewhere():
    found = {name(p): b for p in templates() if (b := breaches(p.read_text(encoding="utf-8")))}
    assert found == {}


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ('<p style="color:red">', "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<a onclick="x()">', "event attribute"),
        ('<img src="//cdn.example/x.png">', "foreign address"),
    ],
)
def test_each_breach_would_be_seen(html, what):
    assert breaches(html) == [what]


def used_templates() -> set[str]:
    """Every template name mentioned in code or in another template."""
    sources = [*templates(), *python_files(*APPS)]
    return {m for path in sources for m in REFERENCE.findall(path.read_text(encoding="utf-8"))}


def test_no_template_is_unused():
    used = used_templates()
    unused = [
        key
        for path in templates()
        if path.suffix in {".html", ".txt", ".xml"}
        and (key := path.relative_to(ROOT / "templates").as_posix()) not in used
        and not FOUND_BY_DJANGO.match(key)
    ]
    assert unused == []


def test_css_and_scripts_load_nothing_from_elsewhere():
    pattern = re.compile(r"@import|url\(\s*['\"]?(?:https?:)?//|https?://(?!www\.w3\.org)")
    assets = [p for p in tracked() if name(p).startswith("static/")]
    assert assets
    assert [name(p) for p in assets if pattern.search(p.read_text(encoding="utf-8"))] == []
