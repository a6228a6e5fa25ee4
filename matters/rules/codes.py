"""Codes: 12, 31 and 33 characters that agree with one another (§10.1-10.3, GB/T 39554)."""

from collections.abc import Callable, Iterator
from functools import partial

from django.core.exceptions import ValidationError

from common.identifiers import (
    check_implementation_code,
    clean_base_code,
    clean_business_item_code,
    clean_implementation_code,
    clean_uscc,
)
from matters.rules.gap import Gap, Guide

MAIN_ITEM = "00Y"
LEVEL_AT = 18


def check_given(guide: Guide) -> Iterator[Gap]:
    """§10.1: codes that the catalogue authority has not given yet are to be configured."""
    if not guide["identity"]["implementation_code"]:
        message = "实施编码待配置。"
        yield Gap("code_missing", "base", message, blocking=False, field="implementation_code")
    if guide["base_code_provisional"]:
        message = "基本编码为暂编，待正式赋码。"
        yield Gap("code_provisional", "base", message, blocking=False, field="base_code")


def check_base_code(guide: Guide) -> Iterator[Gap]:
    """Twelve characters; a main item with sub-items (`00Y`) is not applied for (§10.3)."""
    code = guide["base_code"]
    if not code:
        return
    yield from _refusals(lambda: clean_base_code(code), "base_code", "base_code")
    if code.endswith(MAIN_ITEM):
        message = "基本编码以 00Y 结尾，是有子项的主项，不能直接办理。请改为子项的编码。"
        yield Gap("main_item", "base", message, field="base_code")


def check_implementation(guide: Guide) -> Iterator[Gap]:
    """31 characters that hold the body's USCC, the level and the base code (§10.2)."""
    identity, base = guide["identity"], guide["base_code"]
    code, uscc = identity["implementation_code"], identity["implementing_uscc"]
    if uscc:
        yield from _refusals(lambda: clean_uscc(uscc), "uscc", "implementing_uscc")
    if not code:
        return
    found = list(_refusals(lambda: clean_implementation_code(code), "code", "implementation_code"))
    yield from found
    if found:
        return
    yield from _refusals(
        lambda: check_implementation_code(code, uscc or code[:LEVEL_AT], base or code[19:]),
        "code_mismatch",
        "implementation_code",
    )
    level = guide["codes"]["exercise_level"]
    if level and code[LEVEL_AT] != level:
        message = f"实施编码第 19 位是 {code[LEVEL_AT]}，与行使层级 {level} 不一致。"
        yield Gap("code_level", "base", message, field="exercise_level")
    for item in guide["items"]:
        field = f"items.{item['suffix']}.suffix"
        check = partial(clean_business_item_code, code + item["suffix"])
        yield from _refusals(check, "item_code", field)


def _refusals(check: Callable[[], object], code: str, field: str) -> Iterator[Gap]:
    """The sentence of `common.identifiers` as a gap."""
    part = "items" if field.startswith("items.") else "base"
    try:
        check()
    except ValidationError as error:
        yield Gap(code, part, error.messages[0], field=field)


CHECKS = (check_given, check_base_code, check_implementation)
