"""The pages of an import: who opens them, what each state shows, and files too large."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from matters.intake import limits
from matters.models import ImportJob
from matters.models.import_job import ImportState
from matters.services.imports import jobs, places, running
from tests.factories.accounts import UserFactory
from tests.html_rules import breaches
from tests.matters.imports.files import main, xlsx

pytestmark = pytest.mark.usefixtures("loaded_catalogue")
SUMMARY = {"事项": [["事项序号", "一句话说明"], [113, "新的说明"]]}


@pytest.fixture
def desk(client, settings, editor):
    """A browser in which the editor is signed in."""
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(editor)
    return client


def upload(desk, content: bytes, name: str = "目录.xlsx"):
    return desk.post("/desk/import/", {"file": SimpleUploadedFile(name, content)})


def test_a_file_goes_the_whole_way_without_javascript(desk):
    answer = upload(desk, xlsx(SUMMARY))
    job = ImportJob.objects.get()
    assert answer["Location"] == f"/desk/import/{job.pk}/"
    assert "等待检查" in desk.get(answer["Location"]).content.decode()
    running.run_next()
    page = desk.get(answer["Location"]).content.decode()
    assert "<ins>新的说明</ins>" in page
    job.refresh_from_db()
    desk.post(f"/desk/import/{job.pk}/confirm/", {"plan": job.plan_hash})
    running.run_next()
    assert "已写成 1 份草稿" in desk.get(answer["Location"]).content.decode()


def test_a_refused_file_lists_every_cell_and_offers_the_list(desk):
    answer = upload(desk, xlsx(main({"网上办": "x", "办件类型": "y"})))
    running.run_next()
    page = desk.get(answer["Location"]).content.decode()
    assert "有 2 处需要改" in page
    assert page.count("第 2 行") == 2
    job = ImportJob.objects.get()
    listed = desk.get(f"/desk/import/{job.pk}/errors/?export=csv").getvalue().decode()
    assert "网上办,x,只能填写" in listed


@pytest.mark.parametrize("state", ["waiting", "refused", "ready", "done", "cancelled"])
def test_every_state_is_a_sound_page(desk, editor, state):
    job = jobs.hand_in(upload=SimpleUploadedFile("甲.xlsx", xlsx(SUMMARY)), by=editor)
    if state != "waiting":
        running.run_next()
    ImportJob.objects.filter(pk=job.pk).update(state=state)
    page = desk.get(f"/desk/import/{job.pk}/")
    assert page.status_code == 200
    assert breaches(page.content.decode()) == []


def test_other_peoples_imports_are_not_found(desk):
    other = UserFactory(roles=[Role.CATALOGUE_EDITOR])
    job = jobs.hand_in(upload=SimpleUploadedFile("乙.xlsx", xlsx(SUMMARY)), by=other)
    assert desk.get(f"/desk/import/{job.pk}/").status_code == 404
    assert desk.post(f"/desk/import/{job.pk}/confirm/", {"plan": ""}).status_code == 404


@pytest.mark.parametrize("address", ["/desk/import/", "/desk/import/files/catalogue/"])
def test_other_roles_are_refused_in_words(client, settings, address):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(UserFactory(roles=[Role.WINDOW]))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "文件是空的"),
        ("a.pdf", b"%PDF", "只能导入 .xlsx 或 .csv"),
        ("a.xls", b"x", "另存为 .xlsx"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_beside_the_field(desk, name, content, words):
    answer = upload(desk, content, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_an_announced_gigabyte_is_refused_unread(desk):
    class Unread(io.RawIOBase):
        def read(self, size=-1):
            raise AssertionError("the body was read")

    answer = desk.generic(
        "POST", "/desk/import/", b"", CONTENT_LENGTH=str(1 << 30), **{"wsgi.input": Unread()}
    )
    assert answer.status_code == 413
    assert "太大" in answer.content.decode()


def test_a_body_without_a_length_is_refused(desk):
    answer = desk.generic("POST", "/desk/import/", b"", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411


def test_a_body_over_the_quota_is_cut_off(desk, monkeypatch):
    monkeypatch.setattr(limits, "UPLOAD_BYTES", 100_000)
    answer = upload(desk, bytes(300_000))
    assert answer.status_code == 413
    assert "MB，没有接收" in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_the_upload_needs_the_token_of_the_form(settings, editor):
    from django.test import Client

    settings.STAFF_SECOND_FACTOR = False
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert upload(strict, xlsx(SUMMARY)).status_code == 403


def test_the_stored_name_is_random_and_the_shown_one_harmless(desk):
    upload(desk, xlsx(SUMMARY), "../..\\bad\u202ename.xlsx")
    job = ImportJob.objects.get()
    assert "/" not in job.file_name and "\u202e" not in job.file_name
    assert places.file_of(job.folder).exists()
    assert len(job.folder) == 32


@pytest.mark.parametrize("name", ["catalogue", "template", "matters", "matters-template"])
def test_the_files_to_download_have_names_for_people(desk, name):
    answer = desk.get(f"/desk/import/files/{name}/")
    assert answer.status_code == 200
    assert "filename*=UTF-8''" in answer["Content-Disposition"]


def test_a_cancelled_import_keeps_no_file(desk, django_capture_on_commit_callbacks):
    upload(desk, xlsx(SUMMARY))
    job = ImportJob.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/desk/import/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == ImportState.CANCELLED
    assert not places.folder_of(job.folder).exists()


def test_old_files_are_deleted_and_their_rows_stay(check):
    job = check(xlsx(main({"网上办": "x"})))
    ImportJob.objects.update(created_at="2020-01-01T00:00:00+08:00")
    assert running.purge() == 1
    assert not places.folder_of(job.folder).exists()
    assert running.purge() == 0


# --- lists as files ---


@pytest.mark.parametrize(
    "address",
    ["/geren/", "/faren/?way=online", "/dept/", "/places/", "/s/?q=许可", "/desk/matters/all/"],
)
def test_a_list_can_be_taken_along(desk, address):
    sign = "&" if "?" in address else "?"
    answer = desk.get(f"{address}{sign}export=csv")
    assert answer["Content-Type"].startswith("text/csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) > 2
    assert desk.get(f"{address}{sign}export=xlsx")["Content-Type"].endswith("sheet")


def test_a_list_file_holds_all_pages_of_what_is_shown(desk):
    page = desk.get("/faren/?way=deferrable").context["listing"]
    answer = desk.get("/faren/?way=deferrable&export=csv&page=2")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == page.total + 1
    assert [line.split(",")[0] for line in lines[1 : len(page.cards) + 1]] == [
        str(card.seq) for card in page.cards
    ]
