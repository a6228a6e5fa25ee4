"""Pure checks on a version, used by loader, desk, service and nightly job alike (policy §2.5, §10).

Each check looks at a guide (the document of `matters.snapshot.build`) and yields `Gap`s. A gap is
*blocking* (wrong or contradictory) or *to be configured* (phone, code: shown as 待配置). What the
176 guides of the first load lack is to be configured; `gaps_against` keeps it from growing.
"""

from collections.abc import Collection
from dataclasses import replace

from matters.rules import codes, contents, limits, papers, service
from matters.rules.gap import Gap, Guide

__all__ = ["CHECKS", "Gap", "gaps", "gaps_against"]

CHECKS = (*contents.CHECKS, *limits.CHECKS, *service.CHECKS, *papers.CHECKS, *codes.CHECKS)
#: gaps no editor can close: the catalogue authority gives the codes
GIVEN_FROM_ABOVE = frozenset({"code_missing", "code_provisional"})


def gaps(guide: Guide, *, listed_proofs: Collection[str] | None = None) -> list[Gap]:
    """All gaps of a guide, blocking ones first.

    `listed_proofs`: names the matter may demand according to the 证明事项清单; None = not checked.
    """
    found = [gap for check in CHECKS for gap in check(guide)]
    if listed_proofs is not None:
        found += papers.check_proofs(guide, listed_proofs)
    return _blocking_first(found)


def gaps_against(
    guide: Guide, current: Guide | None, *, listed_proofs: Collection[str] | None = None
) -> list[Gap]:
    """As `gaps`, for an editor's own edition beside the one in force (None: there is none).

    What is to be configured and was not so before becomes blocking (decisions, “Matters”).
    """
    before = gaps(current, listed_proofs=listed_proofs) if current else []
    known = GIVEN_FROM_ABOVE | {(gap.code, gap.field) for gap in before}
    return _blocking_first(
        [
            gap
            if gap.blocking or gap.code in known or (gap.code, gap.field) in known
            else replace(gap, blocking=True)
            for gap in gaps(guide, listed_proofs=listed_proofs)
        ]
    )


def _blocking_first(found: list[Gap]) -> list[Gap]:
    return sorted(found, key=lambda gap: not gap.blocking)
