"""Pages of the editing desk around the sections: who opens what, deeds, difference, quality."""

import datetime

import pytest

from accounts.roles import Role
from common import clock
from matters.models import CatalogueFinding, MatterVersion
from matters.services.editions import prepare_version
from matters.services.publishing import publish_now, schedule_version
from matters.services.reviewing import approve_version, return_version, submit_version
from matters.workflow import VersionStatus
from tests.factories import matters as catalogue
from tests.factories.accounts import UserFactory
from tests.factories.organisations import AgencyFactory, MembershipFactory
from tests.html_rules import breaches
from tests.matters.desk import address, send, signed_in

pytestmark = pytest.mark.django_db
PAGES = ("/desk/matters/", "/desk/matters/all/", "/desk/matters/9001/", "/desk/matters/findings/")
OPENS = {
    Role.CATALOGUE_EDITOR: 200,
    Role.CATALOGUE_REVIEWER: 200,
    Role.SUPERVISOR: 200,
    Role.WINDOW: 403,
    Role.SECURITY_ADMIN: 403,
}


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def editor():
    return catalogue.editor(display_name="张编辑")


@pytest.fixture
def reviewer():
    return catalogue.reviewer(display_name="李审核")


@pytest.fixture
def draft(editor):
    live = catalogue.in_force()
    return prepare_version(matter_id=live.matter_id, by=editor)


def text(answer) -> str:
    return answer.content.decode()


def finding(version, **fields):
    values = {
        "matter": version.matter,
        "agency": version.agency,
        "code": "phone_missing",
        "part": "rights",
        "field": "consult_phone",
        "message": "咨询电话待配置。",
        "severity": "configure",
        "first_seen_at": clock.now(),
        "last_seen_at": clock.now(),
    }
    return CatalogueFinding.objects.create(**(values | fields))


@pytest.mark.parametrize("role", OPENS)
def test_roles_decide_who_opens_the_desk(draft, role):
    client = signed_in(UserFactory(roles=[role]))
    pages = (*PAGES, address(draft, "edit/basic/"), address(draft, "preview/"))
    for page in (*pages, address(draft, "diff/")):
        assert client.get(page).status_code == OPENS[role], page


def test_the_refusal_says_which_role_is_needed_in_plain_words(draft):
    page = text(signed_in(UserFactory(roles=[Role.WINDOW])).get("/desk/matters/"))
    assert "供目录编辑、目录审核、督办" in page
    assert "请联系系统管理员" in page


def test_a_stranger_is_asked_to_sign_in(client, draft):
    assert client.get("/desk/matters/").status_code == 302


@pytest.mark.parametrize("role", [Role.CATALOGUE_REVIEWER, Role.SUPERVISOR])
def test_who_may_not_edit_saves_nothing(draft, role):
    client = signed_in(UserFactory(roles=[role]))
    answer = send(client, address(draft, "edit/basic/"), f__summary="不该改。")
    draft.refresh_from_db()
    assert answer.status_code == 403
    assert draft.summary == "测试用的事项。"


@pytest.mark.parametrize("role", [Role.CATALOGUE_EDITOR, Role.CATALOGUE_REVIEWER])
def test_pages_keep_the_rules(draft, role):
    finding(draft)
    client = signed_in(UserFactory(roles=[role]))
    assert {page: breaches(text(client.get(page))) for page in PAGES} == dict.fromkeys(PAGES, [])


def test_the_desk_home_shows_what_waits_and_what_opens(draft, editor, reviewer):
    page = text(signed_in(editor).get("/desk/"))
    assert "我的草稿" in page
    assert "事项目录" in page
    assert breaches(page) == []
    other = text(signed_in(UserFactory(roles=[Role.WINDOW])).get("/desk/"))
    assert "/desk/matters/" not in other


def test_a_citizen_has_no_desk(client):
    client.force_login(UserFactory(citizen=True))
    assert client.get("/desk/").status_code == 302


def test_the_to_do_list_follows_the_version_from_hand_to_hand(draft, editor, reviewer):
    mine, theirs = signed_in(editor), signed_in(reviewer)
    assert "我的草稿" in text(mine.get("/desk/matters/"))
    submit_version(version_id=draft.pk, by=editor)
    assert 'id="to_review-title"' in text(theirs.get("/desk/matters/"))
    return_version(version_id=draft.pk, by=reviewer, reasons={"faqs": "请补充外卖店怎么办。"})
    page = text(mine.get("/desk/matters/"))
    assert 'id="returned-title"' in page
    assert "请补充外卖店怎么办。" in page
    submit_version(version_id=draft.pk, by=editor)
    approve_version(version_id=draft.pk, by=reviewer)
    assert 'id="to_publish-title"' in text(theirs.get("/desk/matters/"))
    tomorrow = clock.today() + datetime.timedelta(days=1)
    schedule_version(version_id=draft.pk, by=reviewer, effective_on=tomorrow)
    assert 'id="scheduled-title"' in text(theirs.get("/desk/matters/"))


def test_the_remarks_of_the_reviewer_stand_in_their_section(draft, editor, reviewer):
    submit_version(version_id=draft.pk, by=editor)
    return_version(version_id=draft.pk, by=reviewer, reasons={"faqs": "请补充外卖店怎么办。"})
    client = signed_in(editor)
    assert "请补充外卖店怎么办。" in text(client.get(address(draft, "edit/faqs/")))
    comment = draft.comments.get()
    client.post(f"/desk/matters/comment/{comment.pk}/resolve/", {"from": "section"})
    comment.refresh_from_db()
    assert comment.resolved_by == editor


def test_a_new_version_is_prepared_by_one_button(editor):
    live = catalogue.in_force()
    answer = signed_in(editor).post(f"/desk/matters/{live.matter.seq}/prepare/")
    draft = MatterVersion.objects.get(matter=live.matter, status=VersionStatus.DRAFT)
    assert answer.url == address(draft, "edit/basic/")


def test_a_whole_way_through_the_buttons(draft, editor, reviewer):
    mine, theirs = signed_in(editor), signed_in(reviewer)
    send(mine, address(draft, "edit/basic/"), f__summary="走完全程的说明。")
    for client, event, data in (
        (mine, "submit", {"reason": "请审核"}),
        (theirs, "return", {"whole": "再改一处"}),
        (mine, "submit", {}),
        (theirs, "approve", {}),
        (theirs, "publish", {}),
    ):
        assert client.get(address(draft, f"do/{event}/")).status_code == 200
        assert client.post(address(draft, f"do/{event}/"), data).status_code == 302, event
    draft.refresh_from_db()
    assert draft.status == VersionStatus.PUBLISHED
    assert "走完全程的说明。" in text(theirs.get(f"/item/{draft.matter.seq}/"))
    history = text(theirs.get(f"/desk/matters/{draft.matter.seq}/"))
    for words in ("再改一处", "张编辑", "李审核", "立即发布"):
        assert words in history


def test_return_needs_a_reason_and_keeps_the_version_where_it_is(draft, editor, reviewer):
    submit_version(version_id=draft.pk, by=editor)
    answer = signed_in(reviewer).post(address(draft, "do/return/"), {"whole": " "})
    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "退回要写明原因" in text(answer)
    assert draft.status == VersionStatus.SUBMITTED


def test_who_edited_reads_why_somebody_else_must_approve(draft, editor):
    both = UserFactory(roles=[Role.CATALOGUE_EDITOR, Role.CATALOGUE_REVIEWER])
    submit_version(version_id=draft.pk, by=both)
    client = signed_in(both)
    assert "不能由您审核或发布" in text(client.get(address(draft, "do/approve/")))
    assert client.post(address(draft, "do/approve/")).status_code == 403


def test_submitting_with_gaps_lists_each_with_the_way_to_mend_it(draft, editor):
    draft.faqs.all().delete()
    answer = signed_in(editor).get(address(draft, "do/submit/"))
    assert "还不能提交审核" in text(answer)
    assert address(draft, "edit/faqs/") in text(answer)
    assert signed_in(editor).post(address(draft, "do/submit/")).status_code == 422


def test_an_illegal_or_unknown_deed_is_refused(draft, editor):
    client = signed_in(editor)
    assert client.post(address(draft, "do/recall/")).status_code == 409
    assert client.get(address(draft, "do/explode/")).status_code == 404


def test_a_day_in_the_past_is_refused_beside_the_field(draft, editor, reviewer):
    submit_version(version_id=draft.pk, by=editor)
    approve_version(version_id=draft.pk, by=reviewer)
    url = address(draft, "do/schedule/")
    answer = signed_in(reviewer).post(url, {"effective_on": "2020-01-01"})
    assert answer.status_code == 422
    assert "生效日期应晚于今天" in text(answer)


def test_a_matter_is_paused_and_resumed_with_reasons(reviewer):
    matter = catalogue.in_force().matter
    client = signed_in(reviewer)
    url = f"/desk/matters/{matter.seq}/do/"
    assert client.post(f"{url}suspend/", {"reason": ""}).status_code == 422
    client.post(f"{url}suspend/", {"reason": "窗口改造"})
    matter.refresh_from_db()
    assert matter.status == "suspended"
    assert "窗口改造" in text(client.get(f"/desk/matters/{matter.seq}/"))
    client.post(f"{url}resume/", {"reason": "改造完成"})
    matter.refresh_from_db()
    assert matter.status == "active"


def test_the_preview_is_the_citizens_page_with_a_banner(draft, editor):
    send(signed_in(editor), address(draft, "edit/basic/"), f__summary="还没公布的说明。")
    page = text(signed_in(editor).get(address(draft, "preview/")))
    assert "还没公布的说明。" in page
    assert "市民现在看到的不是这一页" in page
    assert "还没公布的说明。" not in text(signed_in(editor).get(f"/item/{draft.matter.seq}/"))


def test_the_difference_marks_words_by_section(draft, editor):
    client = signed_in(editor)
    send(client, address(draft, "edit/basic/"), f__summary="测试用的新事项，说明写得长一点。")
    send(client, address(draft, "edit/mistakes/"), f__mistakes="没盖章")
    page = text(client.get(address(draft, "diff/")))
    assert 'id="part-basic"' in page
    assert 'id="part-mistakes"' in page
    assert "<ins>" in page
    assert "没盖章" in page
    assert breaches(page) == []


def test_an_old_edition_is_compared_with_the_one_asked_for(draft, editor, reviewer):
    submit_version(version_id=draft.pk, by=editor)
    approve_version(version_id=draft.pk, by=reviewer)
    publish_now(version_id=draft.pk, by=reviewer)
    first = MatterVersion.objects.get(matter=draft.matter, number=1)
    page = text(signed_in(editor).get(address(draft, f"diff/?with={first.pk}")))
    assert "第 1 版 → 第 2 版" in page


def test_a_remark_is_left_on_a_section(draft, reviewer):
    client = signed_in(reviewer)
    client.post(address(draft, "comment/"), {"part": "fee", "text": "请写明依据"})
    assert draft.comments.get().part == "fee"
    assert "请写明依据" in text(client.get(address(draft, "diff/")))


def test_findings_are_counted_filtered_and_lead_to_the_field(draft, editor):
    finding(draft)
    finding(draft, code="same_phones", severity="blocking", message="两个电话相同。")
    client = signed_in(UserFactory(roles=[Role.SUPERVISOR]))
    page = text(client.get("/desk/matters/findings/"))
    assert "咨询电话待配置。" in page
    assert address(draft, "edit/contact/") in page
    only = text(client.get("/desk/matters/findings/?severity=blocking"))
    assert "两个电话相同。" in only
    assert "咨询电话待配置。" not in only


def test_the_list_narrows_by_the_address(draft, editor):
    client = signed_in(editor)
    shown = {
        "": True,
        "?q=测试事项": True,
        "?q=9001": True,
        "?q=没有的": False,
        "?state=draft": True,
        "?state=none": False,
        "?status=suspended": False,
        "?gaps=none": True,
        "?agency=0&state=bad": True,
    }
    row = "/desk/matters/9001/"
    assert {q: row in text(client.get(f"/desk/matters/all/{q}")) for q in shown} == shown


def test_who_may_not_begin_an_edition_is_told_who_may_instead_of_shown_a_button(editor):
    live = catalogue.in_force()
    page = f"/desk/matters/{live.matter.seq}/"
    assert "准备新版本" in text(signed_in(editor).get(page))
    MembershipFactory(user=editor, agency=AgencyFactory(), role=Role.CATALOGUE_EDITOR)
    shown = text(signed_in(editor).get(page))
    assert "准备新版本" not in shown
    assert f"这份指南由{live.agency.name}的目录编辑修改" in shown


def test_the_quality_page_says_when_it_was_checked_or_that_it_was_not(editor):
    live = catalogue.in_force()
    page = "/desk/matters/findings/"
    assert "还没有检查过" in text(signed_in(editor).get(page))
    finding(live)
    shown = text(signed_in(editor).get(page))
    assert "上次检查" in shown
    assert "还没有检查过" not in shown
