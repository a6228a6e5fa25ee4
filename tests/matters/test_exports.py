"""Files a spreadsheet opens safely."""

import csv
import io

import pytest
from openpyxl import load_workbook

from matters.exports import Column, attachment, csv_lines, neutral, xlsx_bytes

COLUMNS = (Column("名称", 20), Column("数", 8))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_starts_like_a_formula_gets_an_apostrophe(start):
    assert neutral(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["许可=1", "（待配置）", "", 7, -7, 0])
def test_other_values_stay_as_they_are(value):
    assert neutral(value) == value


def test_csv_reads_back_with_quotes_commas_and_line_breaks():
    rows = [["甲,乙", 1], ['丙"丁', 2], ["戊\n己", 3]]
    text = "".join(csv_lines(COLUMNS, rows))
    assert text.startswith("\ufeff名称,数\r\n")
    back = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert back[1:] == [[name, str(count)] for name, count in rows]


def test_csv_of_nothing_still_has_its_header():
    assert list(csv_lines(COLUMNS, [])) == ["\ufeff名称,数\r\n"]


def test_csv_lines_come_one_by_one():
    def rows():
        yield ["甲", 1]
        raise AssertionError("read too far")

    lines = csv_lines(COLUMNS, rows())
    assert [next(lines), next(lines)] == ["\ufeff名称,数\r\n", "甲,1\r\n"]


def test_xlsx_reads_back_and_keeps_types():
    rows = [["=1+1", 1], ["@cmd", 2], ["控制\x07字符", 3], ["000123", 4]]
    sheet = load_workbook(io.BytesIO(xlsx_bytes("表", COLUMNS, rows))).active
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [
        ("=1+1", 1),
        ("@cmd", 2),
        ("控制字符", 3),
        ("000123", 4),
    ]
    assert sheet["A2"].data_type == "s" and sheet["B2"].data_type == "n"


def test_xlsx_of_nothing_still_has_its_header():
    sheet = load_workbook(io.BytesIO(xlsx_bytes("表", COLUMNS, []))).active
    assert (sheet.max_row, sheet["A1"].value) == (1, "名称")


def test_the_file_name_is_given_in_both_ways():
    header = attachment("清单（1）.csv", "list.csv")
    assert header == (
        'attachment; filename="list.csv"; '
        "filename*=UTF-8''%E6%B8%85%E5%8D%95%EF%BC%881%EF%BC%89.csv"
    )
