"""Editing by section: kept input, rows without JavaScript, two editors."""

import pytest

from matters.models import ElementChange
from matters.sections import BY_KEY
from matters.services.editions import prepare_version
from matters.services.reviewing import submit_version
from tests.factories import matters as catalogue
from tests.html_rules import breaches
from tests.matters.desk import address, form_of, send, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def editor():
    return catalogue.editor(display_name="张编辑")


@pytest.fixture
def draft(editor):
    live = catalogue.in_force()
    return prepare_version(matter_id=live.matter_id, by=editor)


@pytest.fixture
def browser(editor):
    return signed_in(editor)


def test_every_section_opens_and_keeps_the_rules_of_pages(browser, draft):
    answers = {key: browser.get(address(draft, f"edit/{key}/")) for key in BY_KEY}
    assert {key: a.status_code for key, a in answers.items()} == dict.fromkeys(BY_KEY, 200)
    found = {key: breaches(answer.content.decode()) for key, answer in answers.items()}
    assert found == dict.fromkeys(BY_KEY, [])


def test_a_section_sent_as_it_stands_changes_nothing(browser, draft):
    draft.steps.update(detail="说明")
    plain = [key for key in BY_KEY if not BY_KEY[key].elements]
    answers = {key: send(browser, address(draft, f"edit/{key}/")).status_code for key in plain}
    assert answers == dict.fromkeys(plain, 302)
    assert not ElementChange.objects.filter(version=draft).exists()


def test_a_material_sent_as_it_stands_changes_nothing(browser, draft):
    material = draft.materials.get()
    answer = send(browser, address(draft, f"edit/materials/{material.pk}/"))
    assert answer.status_code == 302
    assert not ElementChange.objects.filter(version=draft).exists()


def test_a_saved_section_is_stored_and_said(browser, draft):
    url = address(draft, "edit/basic/")
    answer = browser.post(
        url, form_of(browser.get(url)) | {"f-summary": "新的说明。", "do": "save"}, follow=True
    )
    draft.refresh_from_db()
    assert draft.summary == "新的说明。"
    assert "已保存“基本信息”" in answer.content.decode()


def test_save_and_go_on_leads_to_the_next_section(browser, draft):
    answer = send(browser, address(draft, "edit/basic/"), do="next")
    assert answer.url == address(draft, "edit/identity/")


def test_on_an_error_everything_typed_is_kept_and_nothing_stored(browser, draft):
    answer = send(
        browser,
        address(draft, "edit/limits/"),
        **{"f__promised_value": "99", "f__promised_note": "打了很久的字"},
    )
    page = answer.content.decode()
    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "打了很久的字" in page
    assert "承诺时限不能长于法定时限" in page
    assert "错误：" in page
    assert (draft.promised_value, draft.promised_note) == (5, "")


def test_a_row_is_added_without_storing_or_judging_anything(browser, draft):
    url = address(draft, "edit/faqs/")
    first = draft.faqs.get()
    answer = send(browser, url, do="add", **{f"r{first.pk}__question": "改到一半"})
    data = form_of(answer)
    assert answer.status_code == 200
    assert data["row"] == [f"r{first.pk}", "n1"]
    assert data[f"r{first.pk}-question"] == ["改到一半"]
    assert "请填写" not in answer.content.decode()
    assert draft.faqs.count() == 1


def test_rows_typed_moved_and_removed_are_stored_together(browser, draft):
    url = address(draft, "edit/faqs/")
    data = form_of(send(browser, url, do="add"))
    data |= {"n1-question": ["新问题"], "n1-answer": ["新回答"]}
    moved = browser.post(url, data | {"do": "up:n1"})
    assert form_of(moved)["row"][0] == "n1"
    browser.post(url, form_of(moved) | {"do": "save"})
    assert list(draft.faqs.values_list("question", flat=True)) == ["新问题", "多久？"]
    old = draft.faqs.get(question="多久？")
    browser.post(url, form_of(send(browser, url, do=f"drop:r{old.pk}")) | {"do": "save"})
    assert [faq.question for faq in draft.faqs.all()] == ["新问题"]


def test_one_bad_row_keeps_every_row_and_stores_none(browser, draft):
    url = address(draft, "edit/faqs/")
    data = form_of(send(browser, url, do="add"))
    answer = browser.post(url, data | {"n1-question": ["只有问题"], "do": "save"})
    assert answer.status_code == 422
    assert "第 2 行　回答：请填写“回答”。" in answer.content.decode()
    assert form_of(answer)["n1-question"] == ["只有问题"]
    assert draft.faqs.count() == 1


def test_lines_of_a_list_are_kept_and_repetitions_dropped(browser, draft):
    send(browser, address(draft, "edit/mistakes/"), f__mistakes="少页\n\n 少页 \n没盖章")
    draft.refresh_from_db()
    assert draft.mistakes == ["少页", "没盖章"]


def test_an_unknown_related_matter_is_named(browser, draft):
    answer = send(browser, address(draft, "edit/topics/"), f__related_seqs="4711")
    assert "没有序号为 4711 的事项" in answer.content.decode()


def test_the_second_editor_sees_both_values_and_must_choose(browser, draft):
    url = address(draft, "edit/basic/")
    second = signed_in(catalogue.editor())
    late = form_of(second.get(url))
    send(browser, url, f__summary="第一位改的。")
    late |= {"f-summary": ["第二位改的。"], "f-applicants": ["第二位也改了"]}
    answer = second.post(url, late | {"do": "save"})
    page = answer.content.decode()
    draft.refresh_from_db()
    assert answer.status_code == 409
    assert "张编辑在" in page
    assert "第一位改的。" in page
    assert "第二位改的。" in page
    assert draft.summary == "第一位改的。"

    undecided = second.post(url, form_of(answer) | {"do": "save"})
    assert undecided.status_code == 422
    assert "两个人都改了这一项，请选用一个" in undecided.content.decode()

    choice = form_of(undecided) | {"choose-f-summary": "theirs", "do": "save"}
    assert second.post(url, choice).status_code == 302
    draft.refresh_from_db()
    assert (draft.summary, draft.applicants) == ("第一位改的。", "第二位也改了")


def test_mine_can_be_chosen_in_a_row(browser, draft):
    url, faq = address(draft, "edit/faqs/"), draft.faqs.get()
    second = signed_in(catalogue.editor())
    late = form_of(second.get(url))
    send(browser, url, **{f"r{faq.pk}__answer": "第一位的回答"})
    answer = second.post(url, late | {f"r{faq.pk}-answer": ["第二位的回答"], "do": "save"})
    assert answer.status_code == 409
    choice = form_of(answer) | {f"choose-r{faq.pk}-answer": "mine", "do": "save"}
    assert second.post(url, choice).status_code == 302
    assert draft.faqs.get().answer == "第二位的回答"


def test_a_page_with_a_forged_base_overwrites_nothing_in_silence(browser, draft):
    url = address(draft, "edit/basic/")
    data = form_of(browser.get(url)) | {"base": "forged", "f-summary": ["盲改"], "do": "save"}
    assert browser.post(url, data).status_code == 409
    draft.refresh_from_db()
    assert draft.summary == "测试用的事项。"


def test_a_gap_stands_beside_its_field(browser, draft):
    send(browser, address(draft, "edit/contact/"), f__complaint_phone="022-24120000")
    page = browser.get(address(draft, "edit/contact/")).content.decode()
    assert 'class="beside err"' in page


def test_a_gap_of_a_row_stands_beside_the_field_of_that_row(browser, draft):
    draft.steps.filter(position=3).update(special=True, counts_in_limit=False)
    page = browser.get(address(draft, "edit/steps/")).content.decode()
    third = page.partition("环节 3")[2].partition("环节 4")[0]
    assert 'class="beside' in third


def test_a_submitted_version_is_shown_but_not_changed(browser, draft, editor):
    url = address(draft, "edit/basic/")
    data = form_of(browser.get(url))
    submit_version(version_id=draft.pk, by=editor)
    assert "内容已固定" in browser.get(url).content.decode()
    answer = browser.post(url, data | {"f-summary": ["晚了。"], "do": "save"})
    draft.refresh_from_db()
    assert answer.status_code == 409
    assert draft.summary == "测试用的事项。"


def test_a_material_is_added_moved_and_removed(browser, draft):
    new = address(draft, "edit/materials/new/")
    item = draft.items.get()
    send(
        browser,
        new,
        f__name="营业执照",
        f__necessity="required",
        f__form="copy",
        f__items=str(item.pk),
        f__source="applicant",
    )
    added = draft.materials.get(name="营业执照")
    arrange = address(draft, f"edit/materials/{added.pk}/arrange/")
    browser.post(arrange, {"do": "up"})
    assert [m.name for m in draft.materials.all()] == ["营业执照", "身份证"]
    browser.post(arrange, {"do": "drop"})
    assert [m.name for m in draft.materials.all()] == ["身份证"]


def test_an_unknown_section_or_element_is_not_found(browser, draft):
    for rest in ("edit/nothing/", "edit/basic/new/", "edit/materials/0/"):
        assert browser.get(address(draft, rest)).status_code == 404, rest
