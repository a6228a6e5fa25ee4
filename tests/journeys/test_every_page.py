"""Every page type, in three modes and two widths: accessible, within its width, quiet."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.places import MODES, PUBLIC, cookies

pytestmark = pytest.mark.journey

WIDTHS = (1280, 390)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
#: the answer of a page that is not found is an error in the browser's eyes
EXPECTED_COMPLAINTS = {"not-found": "status of 404"}


def violations(page) -> list[str]:
    """axe's findings as `rule: selector`."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


def forgive(page, name: str) -> None:
    """Drop the complaint a page is expected to cause."""
    if expected := EXPECTED_COMPLAINTS.get(name):
        page.problems[:] = [text for text in page.problems if expected not in text]


@pytest.mark.parametrize(
    ("name", "mode"), list(itertools.product(PUBLIC, MODES)), ids=lambda value: str(value)
)
def test_no_axe_violation_in_any_mode_and_width(portal, new_page, name, mode):
    found = {}
    for width in WIDTHS:
        page = new_page(width)
        page.context.add_cookies(cookies(portal, mode))
        page.goto(portal + PUBLIC[name])
        found[width] = violations(page)
        forgive(page, name)
    assert found == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("name", PUBLIC)
def test_no_sideways_scroll_at_320_pixels(portal, new_page, name):
    page = new_page(320)
    for mode in ("normal", "elder"):
        page.context.clear_cookies()
        page.context.add_cookies(cookies(portal, mode))
        page.goto(portal + PUBLIC[name])
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{mode}: {width} px wide"
    forgive(page, name)


@pytest.mark.parametrize("name", [key for key in PUBLIC if key != "gallery"])
def test_big_controls_and_text_in_the_version_for_elders(portal, new_page, name):
    """长辈版: text at least 18 px, main controls 60 px, others 44 px (适老化通用设计规范)."""
    page = new_page(390)
    page.context.add_cookies(cookies(portal, "elder"))
    page.goto(portal + PUBLIC[name])
    forgive(page, name)
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18
    small = page.evaluate(
        """() => [...document.querySelectorAll('main button, main .button')]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 60)
            .map(e => e.textContent.trim())"""
    )
    assert small == []
