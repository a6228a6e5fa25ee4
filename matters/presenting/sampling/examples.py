"""Example values: fictional at first sight, and the same every time."""

from collections.abc import Sequence

PERSON = "张某某"
SECOND_PERSON = "李某某"
IDENTITY_NUMBER = "1201021990××××××××（示例）"
PHONE = "138××××0000（示例）"
COMPANY = "天津市河东区某某商贸有限公司（示例）"
COMPANY_CODE = "91120102××××××××××（示例）"
ADDRESS = "天津市河东区示例路 1 号 101"
DAY = "2025 年 3 月 10 日"
LATER_DAY = "2026 年 3 月 9 日"
FROM_TO = "2025 年 3 月 10 日至 2026 年 3 月 9 日"
FILL_IN = "（按实际情况填写）"
SIGNED = "张某某（示例签名）"
SEAL = "（盖章处）"

#: the first word found in a label decides; order matters
VALUES: tuple[tuple[Sequence[str], str], ...] = (
    (("原因", "理由", "事由"), "因经营需要（示例）"),
    (("出资人", "投资人", "受益人", "权利人", "监护人", "产权人"), PERSON),
    (("电话", "手机", "联系方式"), PHONE),
    (("信用代码",), COMPANY_CODE),
    (("身份证", "证件号", "证号码"), IDENTITY_NUMBER),
    (("起止", "期限", "有效期", "工期", "时段"), FROM_TO),
    (("到期", "届满", "截止"), LATER_DAY),
    (("日期", "时间", "年月", "哪天"), DAY),
    (("年限",), "3 年"),
    (("课时", "学时"), "48 学时"),
    (("面积",), "120 平方米"),
    (("金额", "投资", "资金", "资本", "出资", "费用", "价"), "30 万元（示例）"),
    (("费（", "总投资", "价款"), "300（示例）"),
    (("量（", "总量", "高度", "天数"), "20（示例）"),
    (("人数", "数量", "台数", "份数", "件数", "个数", "辆数"), "3（示例）"),
    (("地址", "地点", "住所", "位置", "场所", "门牌"), ADDRESS),
    (("单位", "企业", "公司", "机构名称"), COMPANY),
    (("编号", "证号", "号码", "批号", "文号", "车牌"), "示例-0001"),
    (("姓名", "负责人", "代表人", "联系人", "经办人", "人员", "双方", "签字", "签名"), PERSON),
    (("路线",), "示例路—示例街"),
    (("型号", "规格", "品种", "品名"), "示例型号 A"),
    (("用途",), "经营（示例）"),
    (("学历",), "大学本科（示例）"),
    (("职务", "职责", "岗位", "分工"), "安全管理员（示例）"),
    (("名称",), "某某（示例）"),
)


def value_of(label: str) -> str:
    """An example for a column called `label`."""
    for words, value in VALUES:
        if any(word in label for word in words):
            return value
    return FILL_IN


def party(audience: Sequence[str]) -> list[str]:
    """Lines about the applicant: a person where only persons apply, else an organisation."""
    if list(audience) == ["person"]:
        return [
            f"姓名：{PERSON}",
            f"居民身份证号码：{IDENTITY_NUMBER}",
            f"现住址：{ADDRESS}",
            f"手机：{PHONE}",
        ]
    return [
        f"单位名称：{COMPANY}",
        f"统一社会信用代码：{COMPANY_CODE}",
        f"法定代表人（负责人）：{PERSON}",
        f"住所（经营场所）：{ADDRESS}",
        f"经办人：{SECOND_PERSON}",
        f"手机：{PHONE}",
    ]


def holder(audience: Sequence[str]) -> str:
    """Whose papers the dossier shows."""
    return PERSON if list(audience) == ["person"] else COMPANY
