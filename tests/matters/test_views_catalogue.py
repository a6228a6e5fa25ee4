"""行政许可事项清单: the table, its filters, and downloads that hold exactly the same rows."""

import csv
import io

import pytest
from openpyxl import load_workbook

from matters.models import Matter, MatterVersion
from matters.views.catalogue import COLUMNS
from tests.html_rules import Page, breaches

pytestmark = pytest.mark.usefixtures("loaded_catalogue")

SELECTIONS = ["", "?dept=public-security", "?q=食品&way=online", "?type=instant&fee=free"]


def csv_rows(client, query: str = "") -> list[list[str]]:
    body = b"".join(client.get(f"/catalog/download.csv{query}").streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def xlsx_sheet(client, query: str = ""):
    body = client.get(f"/catalog/download.xlsx{query}").content
    return load_workbook(io.BytesIO(body)).active


@pytest.mark.parametrize("query", [*SELECTIONS, "?q=没有的东西", "?dept=nowhere"])
def test_the_catalogue_keeps_the_rules_of_a_page(client, query):
    response = client.get(f"/catalog/{query}")
    assert response.status_code == 200
    assert breaches(response.content.decode()) == []


def test_every_licence_stands_in_the_table(client):
    response = client.get("/catalog/?rows=all")
    assert [row.seq for row in response.context["rows"]] == list(range(1, 177))
    text = Page(response.content.decode()).text
    assert "行政许可共 176 项" in text and "（暂编）" in text
    assert "内容为演示/推定，以正式公布为准" in text and "可靠程度：见于公开文本" in text


def test_a_page_holds_25_rows_and_the_pages_hold_them_all(client):
    pages = [client.get(f"/catalog/?page={n}") for n in range(1, 9)]
    rows = [[row.seq for row in page.context["rows"]] for page in pages]
    assert [len(page) for page in rows] == [25] * 7 + [1]
    assert sum(rows, []) == list(range(1, 177))
    assert "第 2 页，共 8 页" in pages[1].content.decode()
    assert "?rows=all" in pages[1].content.decode()


@pytest.mark.parametrize("query", SELECTIONS)
def test_downloads_hold_exactly_the_rows_shown(client, query):
    page = f"/catalog/{query}{'&' if query else '?'}rows=all"
    shown = [row.seq for row in client.get(page).context["rows"]]
    lines = csv_rows(client, query)
    cells = [list(row) for row in xlsx_sheet(client, query).iter_rows(values_only=True)]
    assert shown and [int(line[0]) for line in lines[1:]] == shown
    assert [[str(cell) for cell in row] for row in cells] == lines


def test_a_row_equals_the_database(client):
    line = next(row for row in csv_rows(client) if row[0] == "147")
    version = MatterVersion.objects.published().get(matter__seq=147)
    found = dict(zip([column.heading for column in COLUMNS], line, strict=True))
    assert found["事项名称"] == version.name
    assert found["实施主体"] == version.agency.name
    assert found["基本编码"] == version.matter.base_item.code
    assert found["编码状态"] == "暂编"
    assert found["承诺时限"] == f"{version.promised_value} 个工作日"
    assert found["设定依据"].count("；") == version.legal_bases.count() - 1


def test_codes_keep_their_leading_zeros(client):
    assert xlsx_sheet(client)["D2"].value == "000104001000"


def test_downloads_have_a_chinese_name_and_an_ascii_one(client):
    for suffix in ("csv", "xlsx"):
        header = client.get(f"/catalog/download.{suffix}")["Content-Disposition"]
        assert header.startswith(f'attachment; filename="hedong-catalogue.{suffix}"')
        assert "filename*=UTF-8''%E5%A4%A9%E6%B4%A5" in header
        assert header.isascii()


def test_the_sheet_is_ready_to_read(client):
    sheet = xlsx_sheet(client)
    assert sheet.title == "天津市河东区行政许可事项清单" and sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:K177"
    assert sheet["A1"].font.bold and sheet.column_dimensions["B"].width > 40


def test_a_download_link_carries_the_conditions(client):
    html = client.get("/catalog/?dept=education&q=教师").content.decode()
    assert "导出这 1 项" in html
    assert "/catalog/download.csv?q=%E6%95%99%E5%B8%88&amp;dept=education" in html


def test_a_name_that_looks_like_a_formula_is_neutralised(client, published_name):
    published_name(147, "=HYPERLINK(1)")
    line = next(row for row in csv_rows(client) if row[0] == "147")
    assert line[1] == "'=HYPERLINK(1)"
    cell = xlsx_sheet(client)["B148"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


@pytest.fixture
def published_name(monkeypatch):
    """Show another name for one matter; published rows themselves are frozen."""

    def rename(seq: int, name: str) -> None:
        pk = MatterVersion.objects.published().get(matter__seq=seq).pk
        real = MatterVersion.from_db.__func__

        def from_db(cls, db, field_names, values):
            row = real(cls, db, field_names, values)
            if row.pk == pk:
                row.name = name
            return row

        monkeypatch.setattr(MatterVersion, "from_db", classmethod(from_db))

    return rename


@pytest.mark.parametrize(
    ("query", "expected"),
    [("教师", {10}), ("000104001000", {1}), ("公安 护照", {31}), ("市气象局", {172, 173, 174})],
)
def test_words_look_in_name_code_and_agency(client, query, expected):
    response = client.get("/catalog/", {"q": query})
    assert {row.seq for row in response.context["rows"]} == expected


def test_nothing_found_says_how_to_go_on(client):
    response = client.get("/catalog/?q=没有的东西")
    assert "清单里没有符合条件的事项" in response.content.decode()
    assert response.context["chips"][0]["remove_url"] == "?"


def test_a_withdrawn_matter_leaves_the_catalogue(client):
    Matter.objects.filter(seq=1).update(status="withdrawn")
    assert len(client.get("/catalog/?rows=all").context["rows"]) == 175
    assert len(csv_rows(client)) == 176


def test_the_catalogue_takes_few_queries(client, django_assert_max_num_queries):
    client.get("/catalog/")
    with django_assert_max_num_queries(13):
        client.get("/catalog/?dept=public-security&way=online")
    with django_assert_max_num_queries(5):
        csv_rows(client)


@pytest.mark.parametrize("address", ["", "download.csv", "download.xlsx"])
def test_the_catalogue_answers_only_reading(client, address):
    assert client.post(f"/catalog/{address}").status_code == 405
