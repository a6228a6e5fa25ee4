"""Plain text with a few marks: blocks in order, links only inside this site, nothing raw."""

import pytest
from django.template.loader import render_to_string

from pages import prose


def shown(text: str) -> str:
    return render_to_string("components/prose.html", {"blocks": prose.parse(text)})


def test_blocks_in_reading_order():
    text = "## 甲\n一\n二\n\n- a\n- b\n1. c\n2. d\n### 乙\n三"
    assert [(b.kind, len(b.lines)) for b in prose.parse(text)] == [
        ("h2", 1),
        ("p", 1),
        ("ul", 2),
        ("ol", 2),
        ("h3", 1),
        ("p", 1),
    ]


def test_lines_of_one_paragraph_are_joined():
    assert "<p>一二</p>" in shown("一\n二")


def test_headings_have_ids_for_the_contents():
    blocks = prose.parse("## 甲\n\n### 子\n\n## 乙")
    assert prose.contents(blocks) == [{"label": "甲", "id": "s1"}, {"label": "乙", "id": "s3"}]


@pytest.mark.parametrize("url", ["/help/", "/s/?q=1", "tel:12345"])
def test_a_link_of_this_site_is_a_link(url):
    assert f'<a href="{url}">看</a>' in shown(f"请[看]({url})。")


@pytest.mark.parametrize("url", ["https://x.example/", "//x.example/", "javascript:alert(1)"])
def test_any_other_link_stays_text(url):
    assert "<a" not in shown(f"请[看]({url})。")


def test_markup_is_shown_not_obeyed():
    assert "&lt;script&gt;" in shown("<script>alert(1)</script>")
