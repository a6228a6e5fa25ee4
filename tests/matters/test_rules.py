"""Each rule of policy §2.5 and §10 A-B finds its own gap and nothing else."""

import copy

import pytest

from matters import rules

USCC = "11120102MB0P40013N"
BASE = "000104001000"
ITEM = {
    "suffix": "01",
    "name": "新办",
    "kind": "新办",
    "statutory": 20,
    "promised": 5,
    "unit": "workday",
    "unit_word": "工作日",
    "instant": False,
    "clock_starts": "受理",
}
STEP = {"name": "审查", "special": False, "counts": True, "basis": "", "days": 1, "role": "other"}
ROLES = ("applicant", "window", "back_office", "leader", "delivery")
PAPER = {
    "key": "form",
    "name": "申请书",
    "items": ["01"],
    "when": {"kind": ["a"]},
    "basis": "第一条",
    "waived": False,
    "e_licence": "",
    "paper_e_licence": "",
}
SOUND = {
    "name": "测试许可",
    "summary": "一件事",
    "applicants": "需要的人",
    "conditions": ["有场地"],
    "items": [ITEM],
    "materials": [PAPER],
    "steps": [STEP | {"role": role} for role in ROLES],
    "faqs": [{"q": "?", "a": "!"}],
    "law": [{"law": "《法》", "article": "第一条", "gist": "规定"}],
    "result": {"name": "许可证", "kind": "证", "sample_note": "看编号"},
    "limit": {"statutory": 20, "promised": 5, "unit": "workday"},
    "codes": {"handling_type": "2", "online_depth": "7", "exercise_level": "4"},
    "service": {
        "visits": 0,
        "visit_reason": "",
        "once": True,
        "pay_online": False,
        "online": True,
        "in_hall": True,
    },
    "channel_codes": ["1", "2"],
    "window": "",
    "audience": ["person"],
    "themes": [{"audience": "person"}],
    "fee": {
        "charged": False,
        "item": "",
        "standard": "",
        "basis": "",
        "reducible": False,
        "reduction_basis": "",
    },
    "contact": {
        "consult_phone": "022-24120000",
        "complaint_phone": "022-24120001",
        "window_place": "",
    },
    "identity": {"implementation_code": f"{USCC}4{BASE}", "implementing_uscc": USCC},
    "base_code": BASE,
    "situations": [{"key": "kind", "options": [{"key": "a"}]}],
    "base_code_provisional": False,
}


def changed(**changes) -> dict:
    """A sound guide after `part__key=value` changes."""
    guide = copy.deepcopy(SOUND)
    for path, value in changes.items():
        part, _, key = path.partition("__")
        if key:
            guide[part][key] = value
        else:
            guide[part] = value
    return guide


def found(**changes) -> list[tuple[str, str]]:
    """Codes and fields found in a changed guide."""
    return [(gap.code, gap.field) for gap in rules.gaps(changed(**changes))]


def test_a_sound_guide_has_no_gap():
    assert found() == []


@pytest.mark.parametrize("part", ["conditions", "faqs", "law"])
def test_an_empty_mandatory_section_blocks(part):
    assert found(**{part: []}) == [("section_empty", part)]


def item(**fields):
    return {"items": [ITEM | fields]}


def paper(**fields):
    return {"materials": [PAPER | fields]}


def special(matter: str, **fields):
    return {"name": matter} | item(**fields)


CHARGED = {"fee__charged": True, "fee__item": "证书费", "fee__standard": "10 元"}
STOP = STEP | {"special": True, "counts": False}
CASES = [
    ({"summary": " "}, "text_empty", "summary"),
    ({"result__name": ""}, "result_missing", "result.name"),
    ({"result__sample_note": ""}, "sample_missing", "result.sample_note"),
    ({"result__kind": "文"}, "result_kind", "result.kind"),
    ({"result__name": "批复"}, "result_kind", "result.kind"),
    (item(promised=21) | {"limit__promised": 21}, "promise_too_long", "promised_value"),
    (item(instant=True), "instant_with_days", "items.01.promised_value"),
    ({"codes__handling_type": "1"}, "handling_type", "handling_type"),
    ({"limit__promised": 4}, "limit_differs", "promised_value"),
    ({"limit__unit": "day"}, "limit_differs", "promised_value"),
    ({"steps": [*SOUND["steps"], STEP | {"days": 9}]}, "steps_over_promise", "steps.days"),
    ({"service__visits": 1, "codes__online_depth": "6"}, "visit_without_reason", "visit_reason"),
    (
        {
            "service__visits": 2,
            "service__visit_reason": "核对",
            "codes__online_depth": "6",
        },
        "once_with_visits",
        "visits",
    ),
    (
        {"service__visits": 1, "service__visit_reason": "核对"},
        "visits_against_depth",
        "online_depth",
    ),
    (
        {"service__online": False, "channel_codes": ["1"], "codes__online_depth": "0"},
        "no_way_to_apply",
        "channels",
    ),
    ({"channel_codes": ["1"]}, "online_without_channel", "channels"),
    (
        {"service__online": False, "channel_codes": ["1", "4"]},
        "channel_without_online",
        "online",
    ),
    ({"channel_codes": ["2"]}, "window_closed", "channels"),
    (
        {"channel_codes": ["2"], "service__in_hall": False, "contact__window_place": "大厅"},
        "window_closed",
        "channels",
    ),
    ({"audience": []}, "audience_missing", "audience"),
    ({"themes": []}, "audience_without_theme", "themes"),
    (
        {"themes": [{"audience": "both"}, {"audience": "organisation"}]},
        "theme_against_audience",
        "themes",
    ),
    (CHARGED, "fee_without_basis", "fee.basis"),
    (CHARGED | {"fee__basis": "文件", "fee__item": ""}, "fee_without_item", "fee.item"),
    ({"fee__reducible": True}, "reduction_without_basis", "fee.reduction_basis"),
    ({"service__pay_online": True}, "payment_without_fee", "pay_online"),
    ({"contact__complaint_phone": "022-24120000"}, "same_phones", "complaint_phone"),
    ({"contact__complaint_phone": "（022）24120000"}, "same_phones", "complaint_phone"),
    ({"contact__consult_phone": ""}, "phone_missing", "consult_phone"),
    ({"contact__consult_phone": "24120000"}, "phone_format", "consult_phone"),
    ({"contact__consult_phone": "010-64120000"}, "phone_format", "consult_phone"),
    ({"steps": SOUND["steps"][1:] + [STEP]}, "step_role_missing", "steps.applicant"),
    ({"steps": [*SOUND["steps"], STOP]}, "stop_without_basis", "steps.6.basis"),
    (paper(items=["09"]), "unknown_item", "materials.form.items"),
    (paper(items=[]), "unknown_item", "materials.form.items"),
    (paper(when={"kind": ["b"]}), "unknown_situation", "materials.form.when"),
    (paper(paper_e_licence="营业执照"), "e_licence_demanded", "materials.form.e_licence"),
    (paper(name="其他材料"), "vague_material", "materials.form.name"),
    (paper(basis=""), "material_without_basis", "materials.basis"),
    ({"identity__implementation_code": ""}, "code_missing", "implementation_code"),
    ({"base_code_provisional": True}, "code_provisional", "base_code"),
    ({"identity__implementation_code": "1" * 30}, "code", "implementation_code"),
    ({"identity__implementation_code": f"{USCC}9{BASE}"}, "code", "implementation_code"),
    ({"base_code": "000104002000"}, "code_mismatch", "implementation_code"),
    ({"codes__exercise_level": "3"}, "code_level", "exercise_level"),
    (item(suffix="A1") | paper(items=["A1"]), "item_code", "items.A1.suffix"),
    (
        special(
            "护士执业注册", name="变更执业地点", kind="变更", statutory=20, clock_starts="收到"
        ),
        "special_limit",
        "items.01.statutory_value",
    ),
    (
        special("建筑工程施工许可", statutory=7) | {"limit__statutory": 7},
        "special_start",
        "items.01.clock_starts",
    ),
]


@pytest.mark.parametrize(("changes", "code", "field"), CASES)
def test_each_rule_finds_its_gap_at_its_field(changes, code, field):
    gaps = found(**changes)
    assert {found_code for found_code, _ in gaps} == {code}
    assert field in {found_field for _, found_field in gaps}


def test_a_wrong_check_character_is_found_in_body_and_code():
    wrong = USCC[:-1] + "1"
    codes = {"identity__implementing_uscc": wrong, "identity__implementation_code": ""}
    assert found(**codes) == [
        ("uscc", "implementing_uscc"),
        ("code_missing", "implementation_code"),
    ]


def test_a_main_item_cannot_be_applied_for():
    base = "00010400100Y"
    code = {"base_code": base, "identity__implementation_code": f"{USCC}4{base}"}
    assert found(**code) == [("main_item", "base_code")]


def test_too_few_steps_block():
    gaps = rules.gaps(changed(steps=SOUND["steps"][1:]))
    assert [(gap.code, gap.blocking) for gap in gaps] == [
        ("too_few_steps", True),
        ("step_role_missing", False),
    ]


def test_the_hotline_is_one_number_in_both_spellings():
    phones = {"contact__consult_phone": "12345", "contact__complaint_phone": "022-12345"}
    assert found(**phones) == [("same_phones", "complaint_phone")]


def test_a_proof_must_stand_in_the_list():
    guide = changed(**paper(name="无犯罪记录证明"))
    assert rules.gaps(guide, listed_proofs=["无犯罪记录证明"]) == []
    gaps = rules.gaps(guide, listed_proofs=[])
    assert [(gap.code, gap.field) for gap in gaps] == [("proof_not_listed", "materials.form.name")]


def test_every_gap_is_a_chinese_sentence_and_blocking_ones_come_first():
    guide = changed(faqs=[], contact__consult_phone="")
    gaps = rules.gaps(guide)
    assert [gap.blocking for gap in gaps] == [True, False]
    assert all(gap.message.endswith("。") for gap in gaps)


def test_a_gap_the_edition_in_force_has_too_stays_to_be_configured():
    current = changed(contact__consult_phone="")
    gaps = rules.gaps_against(changed(contact__consult_phone=""), current)
    assert [gap.blocking for gap in gaps] == [False]


def test_a_new_gap_to_be_configured_blocks_an_own_edition():
    gaps = rules.gaps_against(changed(contact__consult_phone=""), SOUND)
    assert [gap.blocking for gap in gaps] == [True]


def test_codes_only_the_authority_gives_never_block_an_own_edition():
    guide = changed(base_code_provisional=True, identity__implementation_code="")
    assert [gap.blocking for gap in rules.gaps_against(guide, None)] == [False, False]
