"""Former editions stay readable to staff, under a notice."""

import pytest

from accounts.roles import Role
from matters.services.editions import prepare_version
from matters.services.publishing import publish_now
from matters.services.reviewing import approve_version, submit_version
from tests.factories.accounts import UserFactory
from tests.factories.matters import editor, in_force, reviewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(settings):
    """A matter whose first edition was replaced."""
    settings.STAFF_SECOND_FACTOR = False
    author, judge = editor(), reviewer()
    matter = in_force().matter
    draft = prepare_version(matter_id=matter.pk, by=author)
    submit_version(version_id=draft.pk, by=author)
    approve_version(version_id=draft.pk, by=judge)
    publish_now(version_id=draft.pk, by=judge)
    return matter


def address(number: int) -> str:
    return f"/item/9001/history/{number}/"


def test_staff_read_a_former_edition_under_a_notice(client, matter):
    client.force_login(UserFactory(roles=[Role.WINDOW]))
    page = client.get(address(1)).content.decode()
    assert "旧版" in page
    assert "按这一版受理的办件照此办完" in page
    assert address(1) in client.get("/item/9001/history/").content.decode()


def test_the_edition_in_force_leads_to_the_guide(client, matter):
    client.force_login(UserFactory(roles=[Role.WINDOW]))
    assert client.get(address(2)).url == "/item/9001/"
    assert client.get(address(3)).status_code == 404


def test_others_do_not_read_it_and_see_no_link(client, matter):
    assert client.get(address(1)).status_code == 302
    client.force_login(UserFactory(citizen=True))
    assert client.get(address(1)).status_code == 403
    assert address(1) not in client.get("/item/9001/history/").content.decode()
