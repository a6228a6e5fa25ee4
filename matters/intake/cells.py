"""One cell: from what a spreadsheet holds to what PostgreSQL's COPY reads.

`parser(column)` returns a function that takes the raw value (text, number, truth value, date) and
returns the COPY text of it, or raises `ValueError` with the Chinese reason. A column is plain data
made by `matters.sheets`: heading, kind, required, most (length), words (text → stored value) …
"""

import datetime
import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

NULL = r"\N"
Parse = Callable[[Any], str]

#: first characters a spreadsheet may read as a formula; exports put an apostrophe before them
NEUTRALISED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[Ee]\+?\d+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00a0\u3000 \t\r\n"
COPY_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})
TRUTH = {
    **dict.fromkeys(["是", "true", "1", "√", "y", "yes", "有", "对"], "t"),
    **dict.fromkeys(["否", "false", "0", "×", "n", "no", "无", "没有"], "f"),
}
SEPARATORS = re.compile(r"[|｜\n]")
WORD_SEPARATORS = re.compile(r"[|｜\n、，,;；]")
DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
#: serial numbers of spreadsheets for 1954-10-03 to 2119-01-03, counted from 1899-12-30
SERIAL_DATES = range(20_000, 80_001)
SERIAL_ORIGIN = datetime.date(1899, 12, 30)
LONGEST_EXACT = 10**11

TOO_LONG_A_NUMBER = (
    "长编码被表格软件变成了科学计数，末尾几位可能已经丢失。"
    "请先把这一列设为“文本”格式，再重新粘贴原来的编码。"
)
A_DATE = "被表格软件当成了日期。请把这一格设为“文本”格式，再重新填写。"


def escaped(text: str) -> str:
    """Text as COPY reads it."""
    if "\\" in text or "\n" in text or "\t" in text or "\r" in text:
        return text.translate(COPY_ESCAPES)
    return text


def plain_text(value: Any) -> str:
    """The cell as the text a person sees, without surrounding space; see module docstring."""
    if isinstance(value, str):
        return _tidy(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number_text(float(value))
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        raise ValueError(A_DATE)
    return str(value).strip(INVISIBLE)


def _tidy(text: str) -> str:
    if NEUTRALISED.match(text):
        text = text[1:]
    text = text.strip(INVISIBLE)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable() and CONTROL.search(text):
        raise ValueError("含有看不见的控制字符，请删掉后重新输入。")
    return text


def _number_text(value: float) -> str:
    if abs(value) >= LONGEST_EXACT:
        raise ValueError(TOO_LONG_A_NUMBER)
    return str(int(value)) if value.is_integer() else f"{value:.10g}"


def folded(value: Any) -> str:
    """As `plain_text`, with full-width digits and letters made half-width (numbers, codes)."""
    text = plain_text(value)
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


# --- kinds ---


def parser(column: dict[str, Any]) -> Parse:
    """The function for a column's kind."""
    return KINDS[column["kind"]](column)


def _text(column: dict[str, Any]) -> Parse:
    most, pattern = column.get("most") or 0, column.get("pattern")
    matches = re.compile(pattern).search if pattern else None
    reason = column.get("pattern_reason", "")

    def parse(value: Any) -> str:
        text = value if value.__class__ is str and value.isalnum() else plain_text(value)
        if most and len(text) > most:
            raise ValueError(f"有 {len(text)} 个字，超过 {most} 个字，请缩短。")
        if matches and not matches(text):
            raise ValueError(reason)
        return escaped(text)

    return parse


def _code(column: dict[str, Any]) -> Parse:
    """Codes, telephone numbers, addresses: one width of digits, no scientific notation."""
    text = _text(column)

    def parse(value: Any) -> str:
        folded_value = folded(value)
        if SCIENTIFIC.fullmatch(folded_value):
            raise ValueError(TOO_LONG_A_NUMBER)
        return text(folded_value)

    return parse


def _whole(column: dict[str, Any]) -> Parse:
    least, most = column.get("least", 0), column.get("largest", 32_767)
    reason = f"应为 {least} 到 {most} 之间的整数，只填数字，单位另有一列。"

    def parse(value: Any) -> str:
        if isinstance(value, bool | datetime.date):
            raise ValueError(reason)
        text = folded(value)
        if SCIENTIFIC.fullmatch(text):
            raise ValueError(reason)
        if text.endswith(".0"):
            text = text[:-2]
        if not text.isdecimal() or len(text) > 10 or not least <= int(text) <= most:
            raise ValueError(reason)
        return str(int(text))

    return parse


def _truth(column: dict[str, Any]) -> Parse:
    def parse(value: Any) -> str:
        found = TRUTH.get(folded(value).lower())
        if found is None:
            raise ValueError("只能填写“是”或“否”。")
        return found

    return parse


def _word(column: dict[str, Any]) -> Parse:
    """One of the allowed words."""
    words, reason = column["words"], _allowed(column)
    wide = {unicodedata.normalize("NFKC", word).strip(): code for word, code in words.items()}

    def parse(value: Any) -> str:
        found = wide.get(folded(value))
        if found is None:
            raise ValueError(reason)
        return str(found)

    return parse


def _allowed(column: dict[str, Any]) -> str:
    """The sentence that says what may stand in the cell."""
    if where := column.get("where"):
        return f"{where}里没有这一个。请改用“可填的值”工作表里的名称。"
    labels = list(dict.fromkeys(column.get("labels") or column["words"]))
    return f"只能填写：{'、'.join(labels)}。"


def _words(column: dict[str, Any]) -> Parse:
    """Several of the allowed words, as a PostgreSQL array in a settled order."""
    one = _word(column)

    def parse(value: Any) -> str:
        parts = [part.strip() for part in WORD_SEPARATORS.split(folded(value))]
        if bad := [part for part in parts if part and not _fits(one, part)]:
            raise ValueError(f"“{bad[0][:40]}”不对。{_allowed(column)}")
        codes = dict.fromkeys(one(part) for part in parts if part)
        order = sorted(codes, key=lambda code: (len(code), code)) if column.get("sorted") else codes
        return _array(order)

    return parse


def _fits(parse: Parse, part: str) -> bool:
    try:
        parse(part)
    except ValueError:
        return False
    return True


def _lines(column: dict[str, Any]) -> Parse:
    """Free texts separated by “|”, in the order given."""
    most = column.get("most") or 0

    def parse(value: Any) -> str:
        parts = [part.strip(INVISIBLE) for part in SEPARATORS.split(plain_text(value))]
        parts = [part for part in parts if part]
        if long := [part for part in parts if most and len(part) > most]:
            raise ValueError(f"“{long[0][:20]}…”超过 {most} 个字，请缩短；多项之间用 | 隔开。")
        return _array(parts)

    return parse


def _numbers(column: dict[str, Any]) -> Parse:
    """Whole numbers separated by “|” or a comma."""

    def parse(value: Any) -> str:
        parts = [part.strip() for part in WORD_SEPARATORS.split(folded(value)) if part.strip()]
        if bad := [part for part in parts if not part.isdecimal() or len(part) > 9]:
            raise ValueError(f"“{bad[0][:20]}”不是序号。请只填事项序号，多个之间用 | 隔开。")
        return _array([str(int(part)) for part in parts])

    return parse


def _array(parts: Any) -> str:
    quoted = ('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts)
    return escaped("{" + ",".join(quoted) + "}")


def _date(column: dict[str, Any]) -> Parse:
    def parse(value: Any) -> str:
        if isinstance(value, datetime.datetime):
            value = value.date()
        if isinstance(value, datetime.date):
            return value.isoformat()
        text = folded(value)
        if text.isdecimal() and int(text) in SERIAL_DATES:
            return (SERIAL_ORIGIN + datetime.timedelta(days=int(text))).isoformat()
        found = DATE.fullmatch(text)
        try:
            return datetime.date(*map(int, found.groups())).isoformat()  # type: ignore[union-attr]
        except (AttributeError, ValueError):
            raise ValueError("不是有效的日期，请写成 2025-01-31 这样。") from None

    return parse


def _address(column: dict[str, Any]) -> Parse:
    """A web or mail address, by Django's own validators (they need no settings)."""
    code = _code(column)

    def parse(value: Any) -> str:
        text = folded(value)
        if not _is_address(text, column["address"]):
            example = "https://… " if column["address"] == "url" else "name@example.gov.cn "
            raise ValueError(f"不是完整的地址，请写成 {example}这样。")
        return code(text)

    return parse


def _is_address(text: str, kind: str) -> bool:
    from django.core import validators  # costs 50 ms and is rarely needed
    from django.core.exceptions import ValidationError

    check = validators.URLValidator() if kind == "url" else validators.EmailValidator()
    try:
        check(text)
    except ValidationError:
        return False
    return True


def _when(column: dict[str, Any]) -> Parse:
    """`premises=rented|owned；deposit=cash` → {"premises": ["rented", "owned"], …}."""

    def parse(value: Any) -> str:
        found: dict[str, list[str]] = {}
        for part in re.split(r"[;；\n]", folded(value)):
            if not part.strip():
                continue
            key, sign, options = part.partition("=")
            choices = [option.strip() for option in options.split("|") if option.strip()]
            if not sign or not key.strip() or not choices:
                raise ValueError("请写成“情形代号=选项代号|选项代号”，几个情形之间用分号隔开。")
            found[key.strip()] = choices
        return escaped(json.dumps(found, ensure_ascii=False))

    return parse


KINDS: dict[str, Callable[[dict[str, Any]], Parse]] = {
    "text": _text,
    "code": _code,
    "whole": _whole,
    "truth": _truth,
    "word": _word,
    "words": _words,
    "lines": _lines,
    "numbers": _numbers,
    "date": _date,
    "address": _address,
    "when": _when,
}
