"""The catalogue as a workbook to download, fill in and import again; and its empty template."""

from collections.abc import Iterable, Iterator, Sequence

from matters import exports
from matters.intake import limits
from matters.models import MatterVersion
from matters.sheets import layout, vocabulary
from matters.sheets.columns import Column
from matters.sheets.layout import MAIN, SHEETS, Sheet
from matters.sheets.reading import rows_of
from matters.sheets.vocabulary import Vocabulary

SheetOfFile = tuple[str, list[exports.Column], Iterable[list[str | int]]]
KINDS = {
    "text": "文字",
    "code": "文字（编码、电话请设为“文本”格式）",
    "whole": "整数",
    "truth": "是 或 否",
    "word": "只能填一个可填的值",
    "words": "可填几个，用 | 隔开",
    "lines": "可填几项，用 | 隔开",
    "numbers": "序号，用 | 隔开",
    "date": "日期，如 2025-01-31",
    "address": "完整的网址或邮箱",
    "when": "情形代号=选项代号|选项代号；……",
}
HELP = (
    "第一列“事项序号”说明这一行属于哪个事项，新事项用还没有用过的序号。",
    "列名和工作表名不要改；不需要的列、不需要的工作表可以整列、整张删去，对应内容保持不变。",
    "“事项”里有的列按文件写入，留空就是清空。其他工作表按事项整体替换：一个事项只要有一行，"
    "就以这些行为准；一行也没有的事项保持不变。",
    "公式请先粘贴为数值，不要跨列合并单元格，不要隐藏工作表。",
    "导入只生成草稿，不影响正在公布的版本；全部正确才会写入，有一处错误就一处也不写。",
    f"一个文件不超过 {limits.UPLOAD_BYTES // limits.MEGABYTE} MB，"
    f"每张工作表不超过 {limits.ROWS} 行。",
)


def catalogue_workbook() -> bytes:
    """Everything in force, with the explaining sheets."""
    return _workbook(_in_force())


def empty_workbook() -> bytes:
    """Headings only, with the explaining sheets."""
    return _workbook([])


def matters_table(*, empty: bool = False) -> exports.Table:
    """The sheet of matters alone, for CSV."""
    ids: list[int] = [] if empty else _in_force()
    words = vocabulary.current()
    return exports.Table(
        "河东区事项模板" if empty else "河东区事项",
        "hedong-matters",
        _columns(MAIN),
        lambda: rows_of(MAIN, ids, words),
    )


def _in_force() -> list[int]:
    versions = MatterVersion.objects.published().order_by("matter__seq")
    return list(versions.values_list("pk", flat=True))


def _workbook(version_ids: Sequence[int]) -> bytes:
    words = vocabulary.current()
    sheets: list[SheetOfFile] = [("填写说明", EXPLAINED, _explanations(words))]
    sheets += [
        (sheet.title, _columns(sheet), rows_of(sheet, version_ids, words)) for sheet in SHEETS
    ]
    sheets.append(_allowed(words))
    return exports.workbook_bytes(sheets)


def _columns(sheet: Sheet) -> list[exports.Column]:
    widths = {column.heading: column.width for column in sheet.columns}
    return [exports.Column(heading, widths.get(heading, 10)) for heading in sheet.headings]


EXPLAINED = [
    exports.Column("工作表", 14),
    exports.Column("列名", 26),
    exports.Column("必填", 8),
    exports.Column("怎么填", 34),
    exports.Column("说明", 70),
]


def _explanations(words: Vocabulary) -> Iterator[list[str | int]]:
    for line in HELP:
        yield ["总的说明", "", "", "", line]
    for sheet in SHEETS:
        yield [sheet.title, layout.KEY, "是", KINDS["whole"], sheet.note]
        for column in sheet.columns:
            required = "是" if column.required else ""
            yield [sheet.title, column.heading, required, _how(column), column.note]


def _how(column: Column) -> str:
    most = f"，最多 {column.most} 字" if column.most and column.kind in ("text", "code") else ""
    return KINDS[column.kind] + most


def _allowed(words: Vocabulary) -> SheetOfFile:
    """One column per list of allowed values."""
    lists = [(where, list(names)) for where, names in words.lists]
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.words:
                labels = [label for label, _ in column.words[: len(column.words) // 2]]
                lists.append((f"{sheet.title}·{column.heading}", labels))
    longest = max(len(names) for _, names in lists)
    rows: list[list[str | int]] = [
        [names[place] if place < len(names) else "" for _, names in lists]
        for place in range(longest)
    ]
    return "可填的值", [exports.Column(head, max(12, len(head) * 2 + 2)) for head, _ in lists], rows
