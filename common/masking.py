"""De-identified display of personal data (个人信息保护法 Art. 51; GB/T 37964 masking).

Masks keep their length where the length says nothing, and hide short or unknown values whole.
"""

COMPOUND_SURNAMES = {"欧阳", "司马", "上官", "诸葛", "司徒", "皇甫", "尉迟", "慕容", "令狐", "夏侯"}


def mask_id(value: str | None) -> str:
    """`120***********0012`: the first three and the last four characters of an identity number."""
    return _mask(value, head=3, tail=4)


def mask_phone(value: str | None) -> str:
    """`138****1234` for a mobile, `****5678` after the area code for a landline."""
    area, dash, number = (value or "").rpartition("-")
    if dash and area.isdigit():
        return f"{area}-{_mask(number, head=0, tail=4)}"
    return _mask(value, head=3, tail=4)


def mask_name(value: str | None) -> str:
    """`张*`, `李**`, `欧阳**`: the family name stays; a foreign name keeps its first letter."""
    text = (value or "").strip()
    head = 2 if len(text) > 2 and text[:2] in COMPOUND_SURNAMES else 1
    return text[:head] + "*" * max(len(text) - head, 1) if text else ""


def _mask(value: str | None, head: int, tail: int) -> str:
    text = (value or "").strip()
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[head + hidden :] if hidden > 0 else "*" * len(text)
