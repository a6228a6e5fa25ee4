"""A guide goes from hand to hand: prepared, edited, returned, mended, approved, published, read.

Every page of the desk on the way is looked at by axe, and made as narrow as a phone.
"""

import re

import pytest

from accounts.demo import PASSWORD
from tests.journeys.axe import NARROW, PHONE, WIDE, sideways, violations
from tests.journeys.places import cookies

pytestmark = pytest.mark.journey
SEQ = 9
SUMMARY = "校车上路前先领许可，材料交到区里一次办完。"


def sign_in(portal, new_page, username):
    page = new_page(WIDE)
    page.goto(f"{portal}/login/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    assert page.url.endswith("/desk/")
    return page


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def sound(page) -> list[str]:
    """Findings on the page as it is open now, and what is too wide for a narrow phone."""
    found = violations(page)
    page.set_viewport_size({"width": NARROW, "height": 800})
    found += sideways(page)
    page.set_viewport_size({"width": WIDE, "height": 900})
    return [f"{page.url}: {finding}" for finding in found]


def prepare_and_submit(portal, editor) -> list[str]:
    """The editor changes two sections and hands the draft in; returns what axe found."""
    faults = sound(editor)
    editor.goto(f"{portal}/desk/matters/all/?q={SEQ}")
    faults += sound(editor)
    editor.goto(f"{portal}/desk/matters/{SEQ}/")
    press(editor, "准备新版本")
    editor.get_by_label("一句话说明").fill(SUMMARY)
    press(editor, "保存")
    assert "已保存“基本信息”" in editor.get_by_role("main").inner_text()
    faults += sound(editor)

    editor.goto(editor.url.replace("/basic/", "/faqs/"))
    rows = editor.locator(".row-card").count()
    press(editor, "添加一行")
    editor.locator(".row-card").nth(rows).wait_for()
    editor.locator(".row-card").last.get_by_label("问题").fill("校车司机要什么条件？")
    editor.locator(".row-card").last.get_by_label("回答").fill("先取得校车驾驶资格。")
    faults += sound(editor)
    press(editor, "保存")
    editor.goto(editor.url.replace("/faqs/", "/materials/"))
    faults += sound(editor)
    editor.locator("tbody th a").first.click()
    faults += sound(editor)
    submit(portal, editor)
    return faults


def submit(portal, editor) -> None:
    editor.goto(f"{portal}/desk/matters/{SEQ}/")
    follow(editor, "提交审核")
    press(editor, "提交审核")


def compare_and_return(portal, reviewer) -> list[str]:
    """The reviewer reads the difference and gives the draft back; returns what axe found."""
    reviewer.goto(f"{portal}/desk/matters/")
    reviewer.get_by_role("link", name="校车使用许可").first.click()
    follow(reviewer, "与现行版对照")
    changed = reviewer.get_by_role("main").inner_text()
    assert "材料交到区里一次办完" in changed
    assert "校车司机要什么条件？" in changed
    faults = sound(reviewer)
    follow(reviewer, "退回修改")
    reviewer.get_by_label("对整份指南的意见").fill("回答里请写明向谁申请资格。")
    faults += sound(reviewer)
    press(reviewer, "退回修改")
    return faults


def mend_and_submit(portal, editor) -> list[str]:
    """The editor reads the reason, mends the answer and hands in again."""
    editor.goto(f"{portal}/desk/matters/")
    assert "回答里请写明向谁申请资格。" in editor.get_by_role("main").inner_text()
    faults = sound(editor)
    editor.get_by_role("link", name="校车使用许可").first.click()
    follow(editor, "继续编辑")
    editor.goto(editor.url.replace("/basic/", "/faqs/"))
    answer = editor.locator(".row-card").last.get_by_label("回答")
    answer.fill("先向公安交管部门申请校车驾驶资格。")
    press(editor, "保存")
    follow(editor, "预览")
    assert SUMMARY in editor.get_by_role("main").inner_text()
    submit(portal, editor)
    return faults


def approve_and_publish(portal, reviewer) -> list[str]:
    reviewer.goto(f"{portal}/desk/matters/{SEQ}/")
    follow(reviewer, "审核通过")
    press(reviewer, "审核通过")
    follow(reviewer, "立即发布")
    press(reviewer, "立即发布")
    return sound(reviewer)


def test_a_guide_goes_from_the_editor_to_the_citizen(portal, new_page):
    editor = sign_in(portal, new_page, "editor")
    faults = prepare_and_submit(portal, editor)
    reviewer = sign_in(portal, new_page, "reviewer")
    faults += compare_and_return(portal, reviewer)
    faults += mend_and_submit(portal, editor)
    faults += approve_and_publish(portal, reviewer)

    citizen = new_page(PHONE)
    citizen.goto(f"{portal}/item/{SEQ}/")
    assert SUMMARY in citizen.get_by_role("main").inner_text()
    assert faults == []


@pytest.mark.parametrize("mode", ["elder", "contrast"])
def test_the_desk_in_the_other_modes(portal, new_page, mode):
    page = sign_in(portal, new_page, "supervisor")
    page.context.add_cookies(cookies(portal, mode))
    faults = []
    for address in ("/desk/", "/desk/matters/", "/desk/matters/113/", "/desk/matters/findings/"):
        page.goto(portal + address)
        faults += sound(page)
    assert faults == []
    assert re.search(mode, page.locator("html").get_attribute("class"))
