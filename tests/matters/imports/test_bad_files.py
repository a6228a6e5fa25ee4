"""Every bad file is refused, and the refusal names the sheet, the row and the column."""

import datetime
import struct

import pytest

from matters.models import ImportJob, MatterVersion
from matters.models.import_job import ImportState
from tests.matters.imports import files
from tests.matters.imports.files import MATTER, archive, csv_text, main, with_part, xlsx

pytestmark = pytest.mark.usefixtures("loaded_catalogue")


def first(job: ImportJob) -> tuple[str, int, str]:
    error = job.errors[0]
    return error["sheet"], error["row"], error["column"]


# --- one wrong cell: (change, column, a word of the reason) ---

MAIN_CELLS = [
    ({"事项序号": ""}, "事项序号", "不能为空"),
    ({"事项序号": "九"}, "事项序号", "整数"),
    ({"事项序号": -3}, "事项序号", "整数"),
    ({"事项序号": "1E3"}, "事项序号", "整数"),
    ({"事项名称": ""}, "事项名称", "不能为空"),
    ({"事项名称": "名" * 201}, "事项名称", "超过 200 个字"),
    ({"事项名称": datetime.date(2024, 3, 4)}, "事项名称", "日期"),
    ({"一句话说明": "有\x7f字符"}, "一句话说明", "控制字符"),
    ({"实施主体": "不存在局"}, "实施主体", "部门名录"),
    ({"监管部门": "不存在局"}, "监管部门", "部门名录"),
    ({"共同实施部门": "河东区政务服务办|某局"}, "共同实施部门", "“某局”"),
    ({"服务对象": "所有人"}, "服务对象", "只能填写"),
    ({"服务主题": "没有的主题"}, "服务主题", "“没有的主题”"),
    ({"法定办结时限": "二十"}, "法定办结时限", "整数"),
    ({"法定办结时限": 2.5}, "法定办结时限", "整数"),
    ({"法定办结时限": 99_999}, "法定办结时限", "32767"),
    ({"法定时限单位": "小时"}, "法定时限单位", "工作日、日"),
    ({"承诺办结时限": True}, "承诺办结时限", "整数"),
    ({"承诺办结时限": datetime.date(2024, 1, 5)}, "承诺办结时限", "整数"),
    ({"承诺办结时限": 21}, "承诺办结时限", "不能长于法定"),
    ({"办件类型": "即办件"}, "承诺办结时限", "即办件"),
    ({"网上办": "也许"}, "网上办", "“是”或“否”"),
    ({"网上办": ""}, "网上办", "不能为空"),
    ({"网办地址": "www.example"}, "网办地址", "完整的地址"),
    ({"电子邮箱": "某人"}, "电子邮箱", "完整的地址"),
    ({"基本编码": 1.2012345678912e13}, "基本编码", "科学计数"),
    ({"基本编码": "1.2E+11"}, "基本编码", "科学计数"),
    ({"基本编码": 104001000}, "基本编码", "12 位"),
    ({"基本编码": "000104001000"}, "基本编码", "已属于事项"),
    ({"实施编码": 1.2e30}, "实施编码", "科学计数"),
    ({"相关事项": "1|甲"}, "相关事项", "“甲”"),
    ({"关键词": "词" * 61}, "关键词", "超过 60 个字"),
    ({"取消日期": "2025-02-30"}, "取消日期", "日期"),
    ({"取消日期": "明年"}, "取消日期", "日期"),
]


@pytest.mark.parametrize(
    ("change", "column", "reason"), MAIN_CELLS, ids=[str(case[0])[:40] for case in MAIN_CELLS]
)
def test_a_wrong_cell_of_a_matter_is_named(check, change, column, reason):
    job = check(xlsx(main(change)))
    assert job.state == ImportState.REFUSED
    assert first(job) == ("事项", 2, column)
    assert reason in job.errors[0]["reason"]
    assert job.error_total == 1


PART_CELLS = [
    ("业务办理项", {"办理项序号": "1"}, "办理项序号", "两位"),
    ("业务办理项", {"承诺时限": 30}, "承诺时限", "不能长于法定"),
    ("业务办理项", {"类别": "重办"}, "类别", "新办"),
    ("业务办理项", {"事项序号": 8999}, "事项序号", "没有这个序号"),
    ("情形", {"情形代号": "两 字"}, "情形代号", ""),
    ("受理条件", {"条件内容": ""}, "条件内容", "不能为空"),
    ("申请材料", {"适用的办理项": "07"}, "适用的办理项", "没有序号为 07"),
    ("申请材料", {"适用情形": "place=owned"}, "适用情形", "place=owned"),
    ("申请材料", {"适用情形": "租的"}, "适用情形", "情形代号="),
    ("申请材料", {"份数": 0}, "份数", "至少为 1"),
    ("申请材料", {"标准材料": "没有的证"}, "标准材料", "标准材料目录"),
    ("办理环节", {"角色": "路人"}, "角色", "只能填写"),
    ("收费", {"收费": "是"}, "收费标准", "收费"),
    ("办理结果", {"有效期（年）": "长期"}, "有效期（年）", "整数"),
    ("设定依据", {"要点": "点" * 301}, "要点", "超过 300 个字"),
]


@pytest.mark.parametrize(
    ("title", "change", "column", "reason"),
    PART_CELLS,
    ids=[f"{case[0]}-{case[1]}"[:40] for case in PART_CELLS],
)
def test_a_wrong_cell_of_a_part_is_named(check, title, change, column, reason):
    job = check(xlsx(with_part(title, change)))
    assert job.state == ImportState.REFUSED
    assert (title, 2, column) in [(e["sheet"], e["row"], e["column"]) for e in job.errors]
    assert any(reason in error["reason"] for error in job.errors)


# --- headings, rows and sheets ---


def cells(sheet: str, **changes) -> dict:
    return with_part(sheet, changes)


def drop(heading: str) -> dict:
    return {"事项": [[v for k, v in zip(MATTER, line, strict=True) if k != heading]
                   for line in main()["事项"]]}  # fmt: skip


def add_column(heading: str, value="") -> dict:
    head, row = main()["事项"]
    return {"事项": [[*head, heading], [*row, value]]}


def hide(book):
    book["申请材料"].sheet_state = "hidden"


def merge_across(book):
    book["事项"].append(["x"])
    book["事项"].merge_cells("B20:C20")
    book["事项"]["B20"] = "跨列"


def formula(book):
    book["事项"]["B2"] = '="测试"&"许可"'


CODE = "009904001000"
SHAPES = [
    ("missing column of a new matter", xlsx(drop("实施主体")), ("事项", 2, "实施主体")),
    ("no key", xlsx(drop("事项序号")), ("事项", 1, "事项序号")),
    ("unknown heading", xlsx(add_column("承诺办结时间")), ("事项", 1, "承诺办结时间")),
    ("repeated heading", xlsx(add_column("事项名称", "又一个")), ("事项", 1, "事项名称")),
    ("repeated number", xlsx(main({}, {})), ("事项", 3, "事项序号")),
    (
        "repeated code",
        xlsx(main({"基本编码": CODE}, {"事项序号": 9002, "基本编码": CODE})),
        ("事项", 3, "基本编码"),
    ),
    ("headings only", xlsx({"事项": [list(MATTER)]}), ("事项", 0, "")),
    ("two unknown sheets", xlsx({"甲": [["x"]], "乙": [["y"]]}), ("甲", 0, "")),
    ("hidden sheet", xlsx(with_part(""), edit=hide), ("申请材料", 0, "")),
    ("cells merged across columns", xlsx(main(), edit=merge_across), ("事项", 20, "")),
    ("formula", xlsx(main(), edit=formula), ("事项", 2, "B 列")),
    ("repeated item", xlsx(with_part("业务办理项", {}, {})), ("业务办理项", 3, "办理项序号")),
    ("repeated material", xlsx(with_part("申请材料", {}, {})), ("申请材料", 3, "材料代号")),
    (
        "two wordings of a question",
        xlsx(with_part("情形", {}, {"选项代号": "owned", "情形问题": "是自有吗？"})),
        ("情形", 3, "情形问题"),
    ),
]


@pytest.mark.parametrize(("content", "place"), [s[1:] for s in SHAPES], ids=[s[0] for s in SHAPES])
def test_a_wrong_shape_is_named(check, content, place):
    job = check(content)
    assert job.state == ImportState.REFUSED
    assert place in [(e["sheet"], e["row"], e["column"]) for e in job.errors]


# --- whole files ---


def forged() -> bytes:
    """The directory says one byte for a part that holds thousands."""
    content = bytearray(xlsx(main()))
    place = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", content, place + 24, 1)
    return bytes(content)


def extra(name: str, body: bytes = b"x") -> bytes:
    return archive({"xl/workbook.xml": b"<x/>", name: body})


WHOLE = [
    ("empty", b"", "空的"),
    ("blank", b"\r\n \r\n", "空的"),
    ("old format", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "旧格式"),
    ("pdf", b"%PDF-1.7 ...", "找不到列名"),
    ("broken archive", b"PK\x03\x04" + b"x" * 500, "损坏"),
    ("cut off", xlsx(main())[:3000], "损坏"),
    ("no spreadsheet", archive({"word/document.xml": b"<x/>"}), "不是 Excel"),
    ("macro", extra("xl/vbaProject.bin"), "宏"),
    ("nested", extra("xl/embeddings/inner.zip", archive({"a": b"b"})), "嵌着"),
    ("path out", extra("../../etc/passwd"), "损坏"),
    ("too many parts", archive({f"x{n}": b"" for n in range(1001)}), "1000 个"),
    ("bomb", files.bomb(20), "倍"),
    ("larger bomb", files.bomb(310), "300 MB"),
    ("forged size", forged(), "损坏"),
    ("unreadable text", b"\x81\xff\xff\xfe,\xff\xff\r\n" * 3, "编码"),
    ("open quote", "事项序号,事项名称\r\n1,\"甲".encode(), "引号"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), [w[1:] for w in WHOLE], ids=[w[0] for w in WHOLE])
def test_a_hopeless_file_is_refused_in_one_sentence(check, content, reason):
    job = check(content)
    assert job.state == ImportState.REFUSED
    assert job.error_total == 1
    assert reason in job.errors[0]["reason"]


def sparse() -> bytes:
    """Two cells at opposite corners: a reader that lays the sheet out needs 16 thousand million."""
    return xlsx(main(), edit=lambda book: book["事项"].cell(1_048_576, 16_384, "x"))


def test_a_sheet_without_end_kills_only_the_child(check):
    job = check(sparse())
    assert job.state == ImportState.REFUSED
    assert job.error_total == 1


def test_all_errors_come_at_once_and_nothing_is_written(check):
    before = MatterVersion.objects.count()
    wrong = [{"事项序号": 9001 + n, "网上办": "x", "办件类型": "y"} for n in range(300)]
    job = check(xlsx(main(*wrong)))
    assert (job.error_total, len(job.errors)) == (600, 500)
    assert MatterVersion.objects.count() == before


def test_one_bad_row_among_many_refuses_the_file(check):
    rows = [{"事项序号": 9001 + n, "事项名称": f"许可{n}"} for n in range(400)]
    rows[200]["承诺办结时限"] = "五"
    job = check(csv_text(main(*rows)["事项"]))
    assert first(job) == ("事项", 202, "承诺办结时限")
    assert job.error_total == 1
