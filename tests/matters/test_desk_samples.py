"""Editing a model dossier at the desk: kept, invented, seen by two people."""

import pytest

from accounts.roles import Role
from matters.models import SampleDossier, SamplePage
from matters.models.sample import SampleStatus
from matters.services.sample_editing import sheet_token
from tests.factories.accounts import UserFactory
from tests.html_rules import breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")

DOSSIER = "/desk/matters/samples/113/"
SHEET = f"{DOSSIER}lease/"


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def page():
    return SamplePage.objects.get(dossier__matter__seq=113, key="lease")


@pytest.fixture
def editor(client):
    user = UserFactory(roles=[Role.CATALOGUE_EDITOR])
    client.force_login(user)
    return user


def typed(page, **changed) -> dict[str, str]:
    return {
        "base": sheet_token(page),
        "layout": "agreement",
        "body": "甲方：李某某（示例）\n租期：3 年（示例）",
        "tip": "租期写明起止日期",
        "check": "",
        "mistake": "租期不足 1 年\n没有甲方签章",
    } | changed


def test_a_sheet_is_changed_as_text_and_its_notes_find_their_columns(client, editor, page):
    response = client.post(SHEET, typed(page))
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.body.endswith("租期：3 年（示例）")
    notes = list(page.notes.values_list("kind", "text", "field"))
    assert notes == [
        ("tip", "租期写明起止日期", "租期"),
        ("mistake", "租期不足 1 年", "租期"),
        ("mistake", "没有甲方签章", "甲方"),
    ]
    assert page.dossier.status == SampleStatus.DRAFT
    assert page.dossier.edited_by == editor


@pytest.mark.parametrize("real", ["13812345678", "12010219900307001X", "91120102MA06ABCD1E"])
def test_a_number_that_could_be_real_is_refused_and_what_was_typed_is_kept(
    client, editor, page, real
):
    response = client.post(SHEET, typed(page, body=f"电话：{real}"))
    html = response.content.decode()
    assert "请换成示例" in html and f"电话：{real}" in html
    page.refresh_from_db()
    assert real not in page.body


def test_the_second_of_two_editors_is_told_and_loses_nothing(client, editor, page):
    first = typed(page)
    client.post(SHEET, first)
    response = client.post(SHEET, first | {"body": "甲方：另一个写法"})
    html = response.content.decode()
    assert "另一位编辑改过" in html and "甲方：另一个写法" in html
    page.refresh_from_db()
    assert "另一个写法" not in page.body


def test_an_empty_sheet_is_not_saved(client, editor, page):
    html = client.post(SHEET, typed(page, body="  ")).content.decode()
    assert "至少写一行" in html


def test_from_the_editor_through_the_reviewer_to_the_public(client, editor, page):
    client.post(SHEET, typed(page))
    assert "租期：3 年" not in client.get("/item/113/sample/lease/").content.decode()
    client.post(f"{DOSSIER}do/submit/")
    assert client.post(f"{DOSSIER}do/publish/").status_code == 403
    client.force_login(UserFactory(roles=[Role.CATALOGUE_REVIEWER]))
    assert "待审核" in client.get("/desk/matters/samples/").content.decode()
    client.post(f"{DOSSIER}do/publish/")
    assert "3 年（示例）" in client.get("/item/113/sample/lease/").content.decode()


def test_the_film_is_an_address_that_begins_with_https(client, editor):
    html = client.post(DOSSIER, {"video_url": "javascript:alert(1)"}).content.decode()
    assert 'class="errorlist"' in html or "错误" in html
    client.post(DOSSIER, {"video_url": "https://example.org/film"})
    assert SampleDossier.objects.get(matter__seq=113).video_url == "https://example.org/film"


@pytest.mark.parametrize("path", ["/desk/matters/samples/", DOSSIER, SHEET])
def test_the_pages_keep_the_rules(client, editor, path):
    assert breaches(client.get(path).content.decode()) == []


@pytest.mark.parametrize("path", ["/desk/matters/samples/", DOSSIER, SHEET])
def test_a_window_clerk_is_turned_away(client, path):
    client.force_login(UserFactory(roles=[Role.WINDOW]))
    assert client.get(path).status_code == 403
