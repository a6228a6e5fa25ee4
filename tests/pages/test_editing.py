"""What editors may change: identity (one row), notices by day, help; seeding never overwrites."""

import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from accounts.roles import Role
from common import clock
from pages.models import ErrorReport, HelpPage, Notice, SiteIdentity
from pages.services.seeding import seed_pages
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, settings):
    """A signed-in system administrator: the role that edits the site."""
    settings.STAFF_SECOND_FACTOR = False
    user = UserFactory(roles=[Role.SYSTEM_ADMIN])
    client.post("/login/", {"username": user.username, "password": PASSWORD})
    return client


def test_seeding_again_changes_nothing():
    first = seed_pages()
    Notice.objects.update(title="改过")
    second = seed_pages()
    assert (first.identity, first.help_pages, first.notices) == (1, 6, 2)
    assert (second.identity, second.help_pages, second.notices) == (0, 0, 0)
    assert set(Notice.objects.values_list("title", flat=True)) == {"改过"}


def test_seeded_identity_invents_nothing():
    seed_pages()
    identity = SiteIdentity.objects.get()
    empty = ("site_code", "icp_number", "police_number", "phone", "address", "postcode", "email")
    assert [getattr(identity, name) for name in empty] == [""] * len(empty)


def test_the_command_says_what_it_did(capsys):
    call_command("seed_pages")
    assert "帮助页新增 6 页" in capsys.readouterr().out


def test_there_is_one_identity():
    SiteIdentity.objects.create()
    with pytest.raises(IntegrityError):
        SiteIdentity.objects.create()


def test_footer_prints_what_the_office_entered(client):
    SiteIdentity.objects.create(icp_number="津ICP备示例号")
    html = client.get("/about/").content.decode()
    assert html.count("津ICP备示例号") == 2


def test_a_notice_waits_for_its_day(client):
    day = datetime.date(2026, 3, 2)
    Notice.objects.create(slug="n", title="调整", body="正文", source="本办", published_on=day)
    with clock.at(day - datetime.timedelta(days=1)):
        assert client.get("/notices/n/").status_code == 404
    with clock.at(day):
        html = client.get("/notices/n/").content.decode()
    assert '<meta name="PubDate" content="2026-03-02">' in html
    assert '<meta name="ContentSource" content="本办">' in html


def test_help_pages_stand_in_their_order(client):
    HelpPage.objects.create(slug="b", title="乙页", body="x", order=2)
    HelpPage.objects.create(slug="a", title="甲页", body="x", order=1)
    html = client.get("/help/").content.decode()
    assert html.index("甲页") < html.index("乙页")


@pytest.mark.parametrize("model", ["siteidentity", "notice", "helppage", "errorreport"])
def test_admin_lists_in_the_portals_look(editor, model):
    seed_pages()
    html = editor.get(f"/admin/pages/{model}/", follow=True).content.decode()
    assert "河东区政务服务门户 管理后台" in html
    assert "admin_portal.css" in html


def test_contact_is_cleared_only_after_an_answer(editor):
    rows = [
        ErrorReport.objects.create(
            number=f"ZC{n}",
            kind="other",
            what="x",
            contact="a@b.cn",
            created_at=clock.now(),
            status=status,
        )
        for n, status in enumerate((ErrorReport.Status.NEW, ErrorReport.Status.FIXED))
    ]
    data = {"action": "clear_contact", "_selected_action": [row.pk for row in rows]}
    editor.post("/admin/pages/errorreport/", data)
    assert [ErrorReport.objects.get(pk=row.pk).contact for row in rows] == ["a@b.cn", ""]


def test_an_auditor_reads_a_report_without_the_way_to_its_author(client, editor):
    report = ErrorReport(number="ZC3", kind="content", what="x", created_at=clock.now())
    report.contact = "13800001234"
    report.save()
    address = f"/admin/pages/errorreport/{report.pk}/change/"
    assert "13800001234" in editor.get(address).content.decode()
    client.logout()
    auditor = UserFactory(roles=[Role.AUDITOR])
    client.post("/login/", {"username": auditor.username, "password": PASSWORD})
    page = client.get(address).content.decode()
    assert "138****1234" in page
    assert "13800001234" not in page
