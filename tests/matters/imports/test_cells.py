"""Single cells: every text survives the way out and back, every number is read as meant."""

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matters import exports
from matters.intake.cells import INVISIBLE, NULL, escaped, parser, plain_text
from matters.intake.headings import heading_of

SHOWN = st.characters(
    exclude_categories=["Cc", "Cs", "Cf"], include_characters="\n", max_codepoint=0xFFFD
)
TEXT = st.text(SHOWN, max_size=40).map(lambda text: text.strip(INVISIBLE))


@given(TEXT)
@example("=1+1")
@example("'=1+1")
@example("''@x")
@example("'平常")
@example("－２")
def test_a_text_survives_export_and_import(text):
    in_csv = exports.neutral(text)
    [in_xlsx] = exports._sheet_row([text])
    assert (plain_text(in_csv), plain_text(in_xlsx)) == (text, text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_what_copy_reads_is_one_line_of_one_field(text):
    line = escaped(text)
    assert "\n" not in line and "\t" not in line and "\r" not in line
    assert line != NULL


NUMBERS = [
    (20.0, "20"), ("20", "20"), ("２０", "20"), (" 20 ", "20"), ("20.0", "20"), ("020", "20"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "read"), NUMBERS)
def test_a_whole_number_is_read_however_it_is_written(value, read):
    assert parser({"kind": "whole"})(value) == read


@pytest.mark.parametrize(
    "value", ["二十", 2.5, "-1", True, "1E3", "20天", datetime.date(2024, 1, 5)]
)
def test_what_is_no_whole_number_is_refused(value):
    with pytest.raises(ValueError, match="整数"):
        parser({"kind": "whole"})(value)


DATES = [
    (datetime.date(2025, 1, 31), "2025-01-31"),
    (datetime.datetime(2025, 1, 31, 8), "2025-01-31"),  # noqa: DTZ001 - as a spreadsheet gives it
    ("2025/1/31", "2025-01-31"),
    ("2025年1月31日", "2025-01-31"),
    (45_688, "2025-01-31"),
    (45_688.0, "2025-01-31"),
]


@pytest.mark.parametrize(("value", "read"), DATES)
def test_a_date_is_read_however_it_is_written(value, read):
    assert parser({"kind": "date"})(value) == read


@pytest.mark.parametrize("value", ["2025-02-30", "31.1.2025", "45688000", "今天"])
def test_what_is_no_date_is_refused(value):
    with pytest.raises(ValueError, match="日期"):
        parser({"kind": "date"})(value)


@pytest.mark.parametrize("value", [1.2345678901e17, "1.2E+17", "1E+12"])
def test_a_long_code_in_scientific_notation_is_refused(value):
    with pytest.raises(ValueError, match="科学计数"):
        parser({"kind": "code"})(value)


@pytest.mark.parametrize(
    "heading", ["事项序号", " 事项序号 ", "事项\n序号", "事项序号*", "事项序号（必填）"]
)
def test_a_heading_is_known_with_marks_and_spaces(heading):
    assert heading_of(heading) == "事项序号"
