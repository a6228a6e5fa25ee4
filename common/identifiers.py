"""Checks of identity numbers and codes: what a person typed in, the cleaned value out.

Every function tolerates full-width characters, spaces and lower case, returns the normal form and
otherwise raises ValidationError with a sentence that says what is wrong and what to do next.
"""

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from common import clock

#: First two digits of GB/T 2260 in use by the mainland's registers, and with 71, 81, 82.
PROVINCE = r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]"
ANY_PROVINCE = PROVINCE + "|71|8[12]"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, Z, S, V
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class IdKind(models.TextChoices):
    """Kinds of identity document a natural person may show."""

    RESIDENT = "resident", "居民身份证"
    RESIDENCE_PERMIT = "residence-permit", "港澳台居民居住证"
    TRAVEL_PERMIT = "travel-permit", "港澳台居民来往大陆（内地）通行证"
    PASSPORT = "passport", "护照"
    PERMANENT_RESIDENCE = "permanent-residence", "外国人永久居留身份证"


def normalise(value: object) -> str:
    """Half-width, upper case, without any white space or invisible character."""
    text = unicodedata.normalize("NFKC", str(value or "")).replace("×", "X")
    return "".join(c for c in text if c.isprintable() and not c.isspace()).upper()


def _require(holds: object, code: str, message: str) -> None:
    if not holds:
        raise ValidationError(message, code=code)


def _match(pattern: str, text: str, code: str, message: str) -> str:
    _require(re.fullmatch(pattern, text), code, message)
    return text


def _check_length(text: str, name: str, *lengths: int) -> None:
    wanted = " 或 ".join(map(str, lengths))
    message = f"{name}应为 {wanted} 位，您填写了 {len(text)} 位。请检查有没有漏填或多填。"
    _require(len(text) in lengths, "length", message)


def id_check_digit(first17: str) -> str:
    """Check character of an 18-digit number, ISO 7064 MOD 11-2 (GB 11643-1999)."""
    total = sum(int(c) * w for c, w in zip(first17, ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def clean_resident_id(value: object, today: date | None = None) -> str:
    """居民身份证号码, GB 11643-1999: division, birth date not after `today`, check character."""
    text = normalise(value)
    old = "15 位的旧身份证号码已停用。请填写现在身份证上的 18 位号码。"
    _require(not re.fullmatch(r"[0-9]{15}", text), "id_old", old)
    _check_id18(text, "身份证号码", today)
    hint = "这是港澳台居民居住证号码。请把证件类型改为“港澳台居民居住证”。"
    _require(text[:2] not in {"81", "82", "83"}, "id_kind", hint)
    division = "身份证号码前 6 位不是有效的行政区划代码。请对照证件重新填写。"
    return _match(rf"({PROVINCE})(?!0000).*", text, "id_division", division)


def clean_residence_permit(value: object, today: date | None = None) -> str:
    """港澳台居民居住证号码: 810000 Hong Kong, 820000 Macao, 830000 Taiwan; else as GB 11643."""
    text = normalise(value)
    _check_id18(text, "居住证号码", today)
    message = "港澳台居民居住证号码以 810000、820000 或 830000 开头。请检查号码和证件类型。"
    return _match("8[123]0000.*", text, "id_division", message)


def clean_permanent_residence(value: object, today: date | None = None) -> str:
    """外国人永久居留身份证: 18 digits from 9 (2023 card) or 3 letters and 12 digits (2017 card)."""
    text = normalise(value)
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", text):
        return text
    _check_length(text, "永久居留身份证号码", 15, 18)
    _check_id18(text, "永久居留身份证号码", today)
    message = "18 位的永久居留身份证号码以 9 开头。请检查号码和证件类型。"
    return _match(rf"9({PROVINCE}).*", text, "id_division", message)


def clean_travel_permit(value: object, today: date | None = None) -> str:
    """来往内地（大陆）通行证: H or M and 8 (or 10) digits; Taiwan 8 digits."""
    message = "通行证号码应为 H 或 M 加 8 位数字（港澳），或 8 位数字（台湾）。请对照证件重新填写。"
    return _match(r"[HM]([0-9]{8}|[0-9]{10})|[0-9]{8}", normalise(value), "travel_permit", message)


def clean_passport(value: object, today: date | None = None) -> str:
    """Passport number of any country: 5 to 17 letters and digits with at least one digit."""
    message = "护照号码应为 5 至 17 位字母和数字。请照护照资料页上的号码填写。"
    return _match(r"(?=.*[0-9])[A-Z0-9]{5,17}", normalise(value), "passport", message)


def clean_id_document(kind: str, value: object, today: date | None = None) -> str:
    """The number of a document of `kind` (an `IdKind`), cleaned; `today` bounds the birth date."""
    return {
        IdKind.RESIDENT: clean_resident_id,
        IdKind.RESIDENCE_PERMIT: clean_residence_permit,
        IdKind.TRAVEL_PERMIT: clean_travel_permit,
        IdKind.PASSPORT: clean_passport,
        IdKind.PERMANENT_RESIDENCE: clean_permanent_residence,
    }[IdKind(kind)](value, today)


def _check_id18(text: str, name: str, today: date | None) -> None:
    """Length, alphabet, birth date and check character common to all 18-digit numbers."""
    _check_length(text, name, 18)
    message = f"{name}前 17 位应为数字，最后一位为数字或 X。请对照证件重新填写。"
    _require(re.fullmatch(r"[0-9]{17}[0-9X]", text), "id_characters", message)
    try:
        born = date.fromisoformat(text[6:14])
    except ValueError:
        born = date.max
    message = f"{name}中的出生日期 {text[6:14]} 不存在或晚于今天。请对照证件重新填写。"
    _require(date(1850, 1, 1) <= born <= (today or clock.today()), "id_date", message)
    message = f"{name}校验不通过，可能有一位填错。请对照证件逐位检查。"
    _require(id_check_digit(text[:17]) == text[17], "id_check", message)


def uscc_check_character(first17: str) -> str:
    """Check character of a unified social credit code, GB 32100-2015."""
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(first17, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % 31]


def organisation_check_character(first8: str) -> str:
    """Check character of the organisation code inside it, GB 11714-1997."""
    total = sum(int(c, 36) * w for c, w in zip(first8, ORGANISATION_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


def clean_uscc(value: object) -> str:
    """统一社会信用代码, GB 32100-2015, both check characters."""
    text = normalise(value)
    _check_length(text, "统一社会信用代码", 18)
    message = "统一社会信用代码由数字和大写字母组成，不用 I、O、Z、S、V。请对照营业执照检查。"
    _require(set(text) <= set(USCC_ALPHABET), "uscc_characters", message)
    message = "统一社会信用代码第 3 至 8 位应为登记机关的行政区划代码（6 位数字）。请对照证照检查。"
    _require(re.fullmatch(r"[0-9]{6}", text[2:8]), "uscc_division", message)
    message = "统一社会信用代码校验不通过，可能有一位填错。请对照营业执照或登记证书逐位检查。"
    inner = organisation_check_character(text[8:16]) == text[16]
    _require(inner and uscc_check_character(text[:17]) == text[17], "uscc_check", message)
    return text


def clean_base_code(value: object) -> str:
    """基本编码, 12: 2 division, 2 type, 2 department, 3 main item, 3 sub-item or 00Y."""
    text = normalise(value)
    _check_length(text, "基本编码", 12)
    message = "基本编码应为 12 位数字，有子项的主项以 00Y 结尾。请对照事项目录检查。"
    return _match(r"[0-9]{9}([0-9]{3}|00Y)", text, "base_code", message)


def clean_implementation_code(value: object) -> str:
    """实施编码, 31: USCC of the implementing body, level digit, base code."""
    text = normalise(value)
    _check_length(text, "实施编码", 31)
    message = "实施编码第 19 位是行使层级，应为 1 至 7。请对照事项目录检查。"
    level = _match("[1-7]", text[18], "level", message)  # GB/T 39046-2020 A.2
    return clean_uscc(text[:18]) + level + clean_base_code(text[19:])


def clean_business_item_code(value: object) -> str:
    """业务办理项编码, 33: implementation code and two digits."""
    text = normalise(value)
    _check_length(text, "业务办理项编码", 33)
    message = "业务办理项编码最后 2 位应为数字。请对照事项目录检查。"
    suffix = _match(r"[0-9]{2}", text[31:], "business_item", message)
    return clean_implementation_code(text[:31]) + suffix


def check_implementation_code(code: str, uscc: str, base: str) -> None:
    """Refuse a 31-character code of another body or another base code."""
    message = (
        f"实施编码前 18 位 {code[:18]} 与实施主体的统一社会信用代码 {uscc} 不一致。请改正其一。"
    )
    _require(code[:18] == uscc, "code_body", message)
    message = f"实施编码后 12 位 {code[19:31]} 与基本编码 {base} 不一致。请改正其一。"
    _require(code[19:31] == base, "code_base", message)


def clean_division(value: object) -> str:
    """行政区划代码: 6 digits (GB/T 2260) or 12 with street and community."""
    text = normalise(value)
    _check_length(text, "行政区划代码", 6, 12)
    message = "行政区划代码应全为数字，前 2 位为省级代码。例如河东区是 120102。"
    return _match(rf"({ANY_PROVINCE})[0-9]+", text, "division", message)


def clean_mobile(value: object) -> str:
    """Mainland mobile number, 11 digits; +86 and separators are dropped."""
    text = re.sub(r"^(\+|00)?86(?=1[0-9]{10}$)", "", normalise(value).replace("-", ""))
    message = "手机号码应为 11 位数字，以 13 至 19 开头。请检查有没有漏填或多填。"
    return _match(r"1[3-9][0-9]{9}", text, "mobile", message)


def clean_landline(value: object) -> str:
    """Landline with area code as `022-84260000`, an extension as `022-84260000-8`."""
    text = re.sub(r"([()转#—–-]|EXT\.?)+", "-", normalise(value)).strip("-")
    message = "请在固定电话前加上区号，例如天津写作 022-12345678。"
    _require(not re.fullmatch(r"[2-8][0-9]{6,7}", text), "area_code", message)
    pattern = r"(010|02[0-9]|0[3-9][0-9]{2})-?([2-8][0-9]{6,7}(?:-[0-9]{1,6})?)"
    _match(pattern, text, "landline", "固定电话应为区号加 7 或 8 位号码，例如 022-12345678。")
    return re.sub(pattern, r"\1-\2", text)


def clean_postcode(value: object) -> str:
    """邮政编码: 6 digits."""
    message = "邮政编码应为 6 位数字，例如 300012。请检查有没有漏填或多填。"
    return _match(r"[0-8][0-9]{5}", normalise(value), "postcode", message)
