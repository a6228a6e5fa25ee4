"""Which sheet a material is drawn as, from its name, form and source."""

from collections.abc import Mapping
from typing import Any

FORM_WORDS = tuple(
    "申请表 申请书 登记表 申报表 审批表 报名表 备案表 注册书 登记书 汇总表 申报单 申请单 报检单 "
    "审核表 申请登记表 变更表 报告表 申办表 定额表".split()
)
STATEMENT_WORDS = tuple(
    "承诺 声明 委托书 授权 决议 决定 说明 意见 同意 函 情况 证明 记录 推荐 公告 通知".split()
)
PHOTO_WORDS = ("照片", "近照", "免冠", "影像")
DRAWING_WORDS = ("平面图", "布局图", "位置图", "示意图", "图纸", "方位图", "流程图", "草图")
ROLL_WORDS = ("名单", "名册", "花名册", "清单", "明细", "目录", "一览表", "台账", "账", "课表")
AGREEMENT_WORDS = ("合同", "协议", "意向书", "责任书", "契约")
REPORT_WORDS = tuple(
    "报告 方案 预案 制度 章程 规程 计划 论证 大纲 专篇 文本 手册 指南 设计 测绘 书（表） "
    "概（预）算 总结 规则 分析 核算 措施 说明书".split()
)
CERTIFICATE_WORDS = tuple(
    "执照 身份证 许可证 登记证 证书 户口簿 护照 通行证 行驶证 驾驶证 批复 批准 决定书 意见书 "
    "核准 备案 合格证 印鉴卡 发票 凭证 号牌 牌 批件 文件 证件 执业证 结婚证 "
    "产权证 居住证 回执 票据".split()
)
ROLL_ENDINGS = ("明细表", "一览表", "清单", "名单", "汇总表")
OBJECTS = ("实车", "样品", "样稿", "样本", "标本")
STATEMENT_ENDINGS = ("承诺书", "声明", "说明", "声明书", "委托书", "意见", "确认")
OFFICIAL = "政府部门核发"


def layout_of(material: Mapping[str, Any]) -> str:
    """A `SheetLayout` value for one entry of `snapshot["materials"]`."""
    name = material["name"]
    if name.endswith(OBJECTS):
        return "object"
    if _is_statement(name):
        return "statement"
    if material["blank_form"]:
        return "roll" if name.endswith(ROLL_ENDINGS) else "form"
    for layout, words in (
        ("form", FORM_WORDS),
        ("photo", PHOTO_WORDS),
        ("drawing", DRAWING_WORDS),
    ):
        if name.endswith(words) or (layout != "form" and any(word in name for word in words)):
            return layout
    return _by_words(name, official=material["source"] == OFFICIAL)


def _is_statement(name: str) -> bool:
    return name.endswith(STATEMENT_ENDINGS)


def _by_words(name: str, *, official: bool) -> str:
    """The last word of a Chinese name says what the thing is, so the rightmost match wins."""
    if official and not name.endswith(AGREEMENT_WORDS):
        return "certificate"
    best, found = "statement", -1
    for layout, words in (
        ("agreement", AGREEMENT_WORDS),
        ("roll", ROLL_WORDS),
        ("report", REPORT_WORDS),
        ("certificate", CERTIFICATE_WORDS),
        ("statement", STATEMENT_WORDS),
    ):
        place = max(name.rfind(word) + len(word) if word in name else -1 for word in words)
        if place > found or (place == found and layout == "report"):
            best, found = layout, place
    return best
