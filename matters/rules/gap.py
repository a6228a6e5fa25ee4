"""What a check finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Guide = Mapping[str, Any]


@dataclass(frozen=True)
class Gap:
    """One thing missing or contradictory.

    `code` is stable, `message` Chinese, `part` the section id of the guide page, `field` the
    element: a model field of the version (`consult_phone`), or `<table>.<key>.<field>` for a row
    (`materials.id-card.e_licence`, `items.01.promised_value`, `fee.basis`). Rows are named by
    suffix (items), key (materials, situations) or position from 1 (steps).
    """

    code: str
    part: str
    message: str
    blocking: bool = True
    field: str = ""
