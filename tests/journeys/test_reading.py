"""A citizen's whole way: from a question to the list in the hand. Without JavaScript."""

import re

import pytest

from tests.journeys.places import PUBLIC

pytestmark = pytest.mark.journey
HOME_PAGE_BUDGET = 100 * 1024


@pytest.fixture(params=[False, True], ids=["without script", "with script"])
def page(request, new_page):
    """A phone."""
    return new_page(390, java_script_enabled=request.param)


def test_from_a_question_to_the_personal_list(portal, page):
    page.goto(portal)
    page.get_by_role("searchbox").first.fill("开旅行社")
    page.get_by_role("button", name="搜索").first.click()
    page.get_by_role("link", name=re.compile("旅行社设立许可")).first.click()
    assert "旅行社设立许可" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name=re.compile("开始自测")).first.click()
    answered = 0
    while "/check/" in page.url:
        page.get_by_role("radio").first.check()
        page.locator("main").get_by_role("button").last.click()
        answered += 1
        assert answered <= 8
    assert "/materials/" in page.url
    assert "份" in page.locator("main").inner_text()
    assert page.locator("main svg").count() >= 1


def test_an_unanswered_question_says_so_beside_the_choices(portal, page):
    page.goto(f"{portal}/item/1/check/?item=01")
    page.locator("main").get_by_role("button").last.click()
    assert "/check/" in page.url
    assert "请选" in page.locator("main").inner_text()


def test_the_short_link_opens_the_same_list_on_another_device(portal, page, new_page):
    page.goto(portal + PUBLIC["materials"])
    here = page.locator("main h1").inner_text()
    code = re.search(r"/p/[0-9A-Z]{8}", page.locator("main").inner_text()).group()
    phone = new_page(390)
    phone.goto(portal + code)
    assert phone.locator("main h1").inner_text() == here
    assert "/materials/" in phone.url


def test_a_reader_finds_the_error_form_and_keeps_what_was_typed(portal, page):
    page.goto(f"{portal}/feedback/")
    page.get_by_role("textbox").first.fill("/item/113/")
    page.locator("main").get_by_role("button").last.click()
    assert page.get_by_role("textbox").first.input_value() == "/item/113/"
    page.problems[:] = [text for text in page.problems if "status of 422" not in text]
    assert "错误" in page.title() or page.locator("[role=alert]").count() == 1


def test_modes_are_kept_from_page_to_page(portal, page):
    page.goto(portal)
    page.get_by_role("button", name=re.compile("长辈版")).first.click()
    assert "elder" in page.locator("html").get_attribute("class")
    page.goto(portal + PUBLIC["guide"])
    assert "elder" in page.locator("html").get_attribute("class")
    page.get_by_role("button", name=re.compile("退出长辈版")).first.click()
    assert "elder" not in (page.locator("html").get_attribute("class") or "")


def test_the_menu_of_a_phone_opens_without_a_script(portal, new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto(portal + PUBLIC["guide"])
    link = page.get_by_role("navigation", name="主导航").get_by_role("link", name="个人办事")
    assert link.count() == 0
    page.get_by_text("菜单", exact=True).focus()
    page.keyboard.press("Enter")
    link.click()
    assert page.locator("h1").inner_text() == "个人办事"


def test_the_home_page_is_light(portal, new_page):
    page = new_page(1280)
    sizes = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(portal, wait_until="networkidle")
    assert sum(sizes) <= HOME_PAGE_BUDGET


def test_the_skip_link_comes_first_and_focus_is_visible(portal, new_page):
    page = new_page(1280)
    page.goto(portal + PUBLIC["guide"])
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert focused == "#main"
    assert outline != "none"
