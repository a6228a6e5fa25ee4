"""Tables made in the test: a good one to spoil, as XLSX or CSV."""

import io
import zipfile
from typing import Any

from openpyxl import Workbook

from matters.services import workbooks
from matters.sheets.layout import BY_NAME

Lines = list[list[Any]]

#: a new matter with everything it needs
MATTER = {
    "事项序号": 9001,
    "事项名称": "测试许可",
    "一句话说明": "开办测试场所，先领许可证。",
    "谁来办": "测试场所的经营者",
    "实施主体": "河东区政务服务办",
    "服务对象": "法人和其他组织",
    "法定办结时限": 20,
    "法定时限单位": "工作日",
    "承诺办结时限": 5,
    "办件类型": "承诺件",
    "办理形式": "窗口办理|电脑端网上办理",
    "通办范围": "本区",
    "网上办": "是",
    "马上办": "否",
    "一次办": "是",
    "到现场次数": 0,
    "进驻政务服务大厅": "是",
    "告知承诺": "否",
    "容缺受理": "否",
    "跨省通办": "否",
}
PARTS: dict[str, dict[str, Any]] = {
    "业务办理项": {
        "事项序号": 9001, "办理项序号": "01", "业务办理项名称": "新办", "类别": "新办",
        "法定时限": 20, "时限单位": "工作日", "承诺时限": 5, "起算": "受理", "即办": "否",
    },
    "情形": {
        "事项序号": 9001, "情形代号": "place", "情形问题": "场所是租的吗？",
        "选项代号": "rented", "选项": "是，租的",
    },
    "受理条件": {"事项序号": 9001, "条件类别": "受理条件", "条件内容": "有固定场所"},
    "申请材料": {
        "事项序号": 9001, "材料代号": "form", "材料名称": "申请书", "适用的办理项": "01",
        "必要性": "必要", "形式": "原件", "来源渠道": "申请人自备", "适用情形": "",
    },
    "办理环节": {
        "事项序号": 9001, "环节名称": "受理", "谁来做": "窗口", "角色": "窗口",
        "所需时限": 1, "环节说明": "收件并出具凭证",
    },
    "收费": {"事项序号": 9001, "收费": "否"},
    "办理结果": {
        "事项序号": 9001, "结果名称": "测试许可证", "结果类型": "证", "领取方式": "窗口领取",
    },
    "常见问题": {"事项序号": 9001, "问题": "要多久？", "回答": "五个工作日。"},
    "设定依据": {"事项序号": 9001, "法律法规": "《测试法》", "要点": "设立须经许可"},
}  # fmt: skip


def main(*changes: dict[str, Any]) -> dict[str, Lines]:
    """A file of new matters, one per change to the good one."""
    rows = [MATTER | change for change in changes or ({},)]
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return {"事项": [headings, *([row.get(name, "") for name in headings] for row in rows)]}


def with_part(title: str, *changes: dict[str, Any]) -> dict[str, Lines]:
    """The good matter with every part, one of them spoilt."""
    sheets = main()
    for name, good in PARTS.items():
        rows = [good | change for change in changes] if name == title and changes else [good]
        headings = list(dict.fromkeys(key for row in rows for key in row))
        sheets[name] = [headings, *([row.get(key, "") for key in headings] for row in rows)]
    return sheets


def xlsx(sheets: dict[str, Lines], *, edit=None) -> bytes:
    """The sheets as a workbook; `edit(book)` spoils it further."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    if edit:
        edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_text(lines: Lines, delimiter: str = ",") -> str:
    """The lines as CSV with quoted cells."""
    quoted = (['"' + str(cell).replace('"', '""') + '"' for cell in line] for line in lines)
    return "".join(delimiter.join(line) + "\r\n" for line in quoted)


def archive(entries: dict[str, bytes], *, compression=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return buffer.getvalue()


def bomb(megabytes: int) -> bytes:
    """A small workbook that unfolds to `megabytes` of nothing."""
    content = io.BytesIO(xlsx(main()))
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as target,
        target.open("xl/media/image1.bin", "w", force_zip64=True) as stream,
    ):
        for _ in range(megabytes):
            stream.write(bytes(1 << 20))
    return content.getvalue()


def exported() -> bytes:
    """The catalogue in force."""
    return workbooks.catalogue_workbook()


def headings_of(name: str) -> list[str]:
    """Headings of a sheet of the layout."""
    return BY_NAME[name].headings
