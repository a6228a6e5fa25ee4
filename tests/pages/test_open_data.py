"""The open data: whole or not at all, true to the interface, renewed when the catalogue changes."""

import csv
import hashlib
import io
import json

import pytest

from matters.models import Matter, MatterVersion
from pages.models import SiteIdentity
from pages.services import open_data, open_tables

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def dump() -> dict:
    return open_data.refresh()


def read(client, name: str) -> bytes:
    return b"".join(client.get(f"/open-data/{name}").streaming_content)


def table(client, name: str) -> list[dict]:
    text = read(client, name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_before_the_first_dump_the_page_says_what_will_come(client):
    page = client.get("/open-data/")
    assert "数据正在准备" in page.content.decode()
    assert client.get("/open-data/manifest.json").status_code == 404
    assert client.get("/open-data/matters.csv").status_code == 404


def test_the_manifest_is_true(client, dump):
    said = client.get("/open-data/manifest.json").json()
    assert said == json.loads(json.dumps(dump))
    assert [entry["name"] for entry in said["files"]] == [file.name for file in open_tables.FILES]
    for entry in said["files"]:
        body = read(client, entry["name"])
        assert (len(body), hashlib.sha256(body).hexdigest()) == (entry["bytes"], entry["sha256"])


def test_a_line_of_the_guides_is_the_answer_of_the_interface(client, dump):
    lines = read(client, "guides.jsonl").splitlines()
    assert len(lines) == 176
    assert json.loads(lines[112]) == client.get("/api/v1/matters/113/").json()


def test_the_tables_have_chinese_headings_and_words(client, dump):
    matters = table(client, "matters.csv")
    assert len(matters) == 176
    assert matters[112]["序号"] == "113"
    assert set(matters[0]) >= {"事项名称", "实施主体名称", "承诺办结时限", "可靠程度"}
    assert {row["网上办"] for row in matters} == {"是", "否"}
    assert {row["办件类型"] for row in matters} <= {"即办件", "承诺件", "其他"}
    assert len(table(client, "items.csv")) == 562
    assert len(table(client, "materials.csv")) == 1615
    assert len(table(client, "agencies.csv")) == 75


def test_nothing_is_done_while_nothing_has_changed(dump):
    assert open_data.refresh() is None
    assert open_data.refresh(force=True)["folder"] != dump["folder"]


def test_a_change_of_the_catalogue_makes_a_new_dump(client, dump):
    Matter.objects.filter(seq=113).update(status="withdrawn")
    assert open_data.is_stale()
    open_data.refresh()
    assert len(read(client, "guides.jsonl").splitlines()) == 175
    assert "113" not in {row["序号"] for row in table(client, "matters.csv")}


def test_the_licence_stands_in_the_manifest_once_the_office_has_chosen(client, dump):
    assert dump["licence"] is None
    assert "（待配置）" in client.get("/open-data/").content.decode()
    SiteIdentity.objects.create(data_licence="某许可", data_licence_url="https://example.org/x")
    assert open_data.refresh()["licence"] == {"name": "某许可", "url": "https://example.org/x"}
    assert "某许可" in client.get("/open-data/").content.decode()


def test_a_writer_that_fails_leaves_the_former_dump_whole(client, dump, monkeypatch):
    def broken():
        yield b"half a file\n"
        raise RuntimeError("killed")

    files = list(open_tables.FILES)
    files[3] = open_tables.OpenFile("materials.csv", "申请材料", "text/csv", broken, list)
    monkeypatch.setattr(open_data, "FILES", tuple(files))
    with pytest.raises(RuntimeError):
        open_data.refresh(force=True)
    assert client.get("/open-data/manifest.json").json()["folder"] == dump["folder"]
    assert len(table(client, "materials.csv")) == 1615
    monkeypatch.undo()


def test_what_a_killed_writer_left_is_tidied_away(dump):
    (open_data.folder() / "20200101T000000-dead").mkdir()
    (open_data.folder() / ".manifest.json.dead").write_text("{", encoding="utf-8")
    found = open_data.refresh(force=True)
    left = {path.name for path in open_data.folder().iterdir()}
    assert left == {".lock", "manifest.json", found["folder"], dump["folder"]}


def test_an_unchanged_file_costs_304(client, dump):
    answer = client.get("/open-data/themes.csv")
    answer.close()
    again = client.get("/open-data/themes.csv", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again["ETag"]) == (304, answer["ETag"])
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "name", ["nothing.csv", ".lock", "..%2Fmanifest.json", "manifest.json.bak"]
)
def test_no_other_file_leaves(client, dump, name):
    assert client.get(f"/open-data/{name}").status_code == 404


def test_no_draft_leaves(client, dump):
    live = MatterVersion.objects.published().get(matter__seq=113)
    MatterVersion.objects.create(
        matter=live.matter,
        agency=live.agency,
        number=2,
        name="还没有公布的内容",
        summary="x",
        applicants="x",
        audience=["person"],
        channels=["1"],
        online=True,
        instant=False,
        once=True,
        visits=0,
        in_hall=True,
        commitment=False,
        deferrable=False,
        cross_province=False,
        statutory_value=1,
        promised_value=1,
        statutory_unit="workday",
        handling_type="2",
        service_scope="local",
    )
    open_data.refresh(force=True)
    for file in open_tables.FILES:
        assert "还没有公布" not in read(client, file.name).decode()
