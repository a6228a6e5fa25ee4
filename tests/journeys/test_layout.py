"""Every page type fits its screen, and 长辈版 is big enough."""

import pytest

from tests.journeys.places import PUBLIC, cookies, forgive

pytestmark = pytest.mark.journey


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
