"""Every mandatory section has content, and the sections agree with one another (§10.4)."""

from collections.abc import Iterator

from matters.models.choices import ResultKind
from matters.models.step import StepRole
from matters.rules.gap import Gap, Guide

#: snapshot key → section id of the page, Chinese title
MANDATORY_SECTIONS = {
    "conditions": ("cond", "受理条件"),
    "items": ("items", "业务办理项"),
    "materials": ("mat", "申请材料"),
    "steps": ("flow", "办理流程"),
    "faqs": ("faq", "常见问题"),
    "law": ("law", "设定依据"),
}
MANDATORY_TEXTS = {"name": "事项名称", "summary": "一句话说明", "applicants": "谁来办"}
MINIMUM_STEPS = 5
#: Rule 5 of §2.5: 受理、审核、审批、办结、送达, who acts in them
STEP_ROLES = (
    StepRole.APPLICANT,
    StepRole.WINDOW,
    StepRole.BACK_OFFICE,
    StepRole.LEADER,
    StepRole.DELIVERY,
)
#: Rule 6 of §2.5: the last characters of a result's name say what is given
RESULT_KINDS = {
    "证": ResultKind.CERTIFICATE,
    "批复": ResultKind.REPLY,
    "公文": ResultKind.DOCUMENT,
}


def check_sections(guide: Guide) -> Iterator[Gap]:
    """Every mandatory section and text has content (§10.4)."""
    for key, (part, word) in MANDATORY_SECTIONS.items():
        if not guide[key]:
            yield Gap("section_empty", part, f"“{word}”还没有内容，请补充后再发布。", field=key)
    for key, word in MANDATORY_TEXTS.items():
        if not guide.get(key, "").strip():
            yield Gap("text_empty", "basic", f"“{word}”没有填写。", field=key)


def check_result(guide: Guide) -> Iterator[Gap]:
    """Rule 6 of §2.5: a named result has a sample, and its kind follows from its name."""
    result = guide["result"]
    if not result["name"]:
        yield Gap("result_missing", "result", "没有写明办理结果的名称。", field="result.name")
        return
    if not result["sample_note"]:
        yield Gap(
            "sample_missing",
            "result",
            f"“{result['name']}”还没有结果样本说明。",
            blocking=False,
            field="result.sample_note",
        )
    for ending, kind in RESULT_KINDS.items():
        if result["name"].endswith(ending) and result["kind"] != kind.label:
            yield Gap(
                "result_kind",
                "result",
                f"结果“{result['name']}”的类型应为“{kind.label}”，现在是“{result['kind']}”。",
                field="result.kind",
            )


def check_steps(guide: Guide) -> Iterator[Gap]:
    """Rule 5 of §2.5: five steps, five roles; stopping the clock needs a law (许可法 art. 45)."""
    steps = guide["steps"]
    if len(steps) < MINIMUM_STEPS:
        message = f"办理流程少于 {MINIMUM_STEPS} 个环节，请补全。"
        yield Gap("too_few_steps", "flow", message, field="steps")
    present = {step["role"] for step in steps}
    for role in STEP_ROLES:
        if steps and role not in present:
            yield Gap(
                "step_role_missing",
                "flow",
                f"办理流程里没有“{role.label}”负责的环节。",
                blocking=False,
                field=f"steps.{role.value}",
            )
    for position, step in enumerate(steps, 1):
        if step["special"] and not step["counts"] and not step["basis"]:
            yield Gap(
                "stop_without_basis",
                "flow",
                f"“{step['name']}”不计入时限，但没有写法律依据。",
                field=f"steps.{position}.basis",
            )


def check_references(guide: Guide) -> Iterator[Gap]:
    """Materials may only name business items and answers that exist."""
    suffixes = {item["suffix"] for item in guide["items"]}
    answers = {
        row["key"]: {option["key"] for option in row["options"]} for row in guide["situations"]
    }
    for material in guide["materials"]:
        place, name = f"materials.{material['key']}", material["name"]
        if set(material["items"]) - suffixes or not material["items"]:
            message = f"材料“{name}”没有对应的业务办理项。"
            yield Gap("unknown_item", "mat", message, field=f"{place}.items")
        for key, options in material["when"].items():
            if not set(options) <= answers.get(key, set()):
                message = f"材料“{name}”引用了不存在的情形 {key}。"
                yield Gap("unknown_situation", "mat", message, field=f"{place}.when")


CHECKS = (check_sections, check_result, check_steps, check_references)
