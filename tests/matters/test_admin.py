"""Admin of the catalogue: published rows are shown, never edited; dictionaries can be kept."""

import pytest

from accounts.roles import Role
from matters.models import ElementChange, MatterVersion, Theme
from tests.factories.accounts import UserFactory
from tests.factories.matters import draft

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


@pytest.fixture
def editor(client, settings):
    """A browser in which 目录编辑 is signed in."""
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(UserFactory(roles=[Role.CATALOGUE_EDITOR]))
    return client


LISTS = [
    "baseitem",
    "businessitem",
    "cataloguefinding",
    "elementchange",
    "mattermove",
    "takeover",
    "versioncomment",
    "versionmove",
    "cataloguelist",
    "cataloguelisting",
    "guidefeedback",
    "material",
    "matter",
    "matterversion",
    "paper",
    "searchentry",
    "situation",
    "theme",
]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_in_few_queries(editor, django_assert_max_num_queries, name):
    with django_assert_max_num_queries(16):
        answer = editor.get(f"/admin/matters/{name}/")
    assert answer.status_code == 200


def test_a_published_version_is_shown_without_a_save_button(editor):
    version = MatterVersion.objects.published().first()
    page = editor.get(f"/admin/matters/matterversion/{version.pk}/change/").content.decode()
    assert version.name in page
    assert 'name="_save"' not in page


def test_saving_a_published_version_is_refused(editor):
    version = MatterVersion.objects.published().first()
    answer = editor.post(
        f"/admin/matters/matterversion/{version.pk}/change/", {"name": "改名", "_save": "1"}
    )
    assert answer.status_code == 403
    version.refresh_from_db()
    assert version.name != "改名"


def test_a_published_version_cannot_be_removed(editor):
    version = MatterVersion.objects.published().first()
    answer = editor.post(f"/admin/matters/matterversion/{version.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 403
    assert MatterVersion.objects.filter(pk=version.pk).exists()


def test_a_theme_can_be_renamed(editor):
    theme = Theme.objects.first()
    values = {f.name: getattr(theme, f.name) for f in Theme._meta.fields if f.name != "id"}
    answer = editor.post(
        f"/admin/matters/theme/{theme.pk}/change/", values | {"name": "新名称", "_save": "1"}
    )
    assert answer.status_code == 302
    theme.refresh_from_db()
    assert theme.name == "新名称"


def test_a_reviewer_looks_but_does_not_edit(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(UserFactory(roles=[Role.CATALOGUE_REVIEWER]))
    theme = Theme.objects.first()
    assert client.get("/admin/matters/theme/").status_code == 200
    address = f"/admin/matters/theme/{theme.pk}/change/"
    assert client.post(address, {"name": "x"}).status_code == 403


def test_nothing_is_added_to_a_published_version(editor):
    version = MatterVersion.objects.published().first()
    values = {"version": version.pk, "key": "new", "question": "新问题？", "position": 99}
    inline = {f"options-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = editor.post("/admin/matters/situation/add/", values | inline)
    assert answer.status_code == 200
    assert "这个版本已不是草稿，不能改动。" in answer.content.decode()
    assert not version.situations.filter(key="new").exists()


def test_what_the_admin_changes_in_a_draft_is_written_down(editor):
    situation = draft().situations.get()
    data = {
        "version": situation.version_id,
        "key": situation.key,
        "question": "由谁来办？",
        "position": situation.position,
        "options-TOTAL_FORMS": 0,
        "options-INITIAL_FORMS": 0,
    }
    answer = editor.post(f"/admin/matters/situation/{situation.pk}/change/", data)
    assert answer.status_code == 302
    change = ElementChange.objects.get(version=situation.version_id)
    assert (change.element, change.before, change.after) == (
        f"situation.{situation.pk}.question",
        situation.question,
        "由谁来办？",
    )
