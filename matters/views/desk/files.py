"""Lists of the desk as files: the rows of the page, all pages of them."""

from typing import Any

from django.db.models import QuerySet

from matters.exports import Column, Table

MATTER_COLUMNS = (
    Column("序号", 8),
    Column("事项", 46),
    Column("实施主体", 24),
    Column("办理状态", 12),
    Column("现行版", 10),
    Column("发布日期", 14),
    Column("编辑进度", 16),
    Column("须改正", 10),
    Column("待配置", 10),
)
FINDING_COLUMNS = (
    Column("程度", 10),
    Column("问题", 60),
    Column("序号", 8),
    Column("事项", 46),
    Column("责任部门", 24),
    Column("发现日期", 14),
)


def matters_table(rows: QuerySet, words: dict[str, str]) -> Table:
    """全部事项; `words`: status of the open edition → its word."""
    return Table(
        "全部事项", "desk-matters", MATTER_COLUMNS, lambda: (_matter(row, words) for row in rows)
    )


def _matter(matter: Any, words: dict[str, str]) -> list[str | int]:
    published = matter.published_at
    return [
        matter.seq,
        matter.name,
        matter.agency_name or "",
        matter.get_status_display(),
        matter.current_number or "未发布",
        f"{published:%Y-%m-%d}" if published else "",
        words.get(matter.open_status, ""),
        matter.blocking or 0,
        matter.configure or 0,
    ]


def findings_table(rows: QuerySet) -> Table:
    """数据质量, finding by finding."""
    return Table(
        "数据质量问题", "desk-findings", FINDING_COLUMNS, lambda: (_finding(row) for row in rows)
    )


def _finding(finding: Any) -> list[str | int]:
    return [
        finding.get_severity_display(),
        finding.message,
        finding.matter.seq,
        finding.matter.name,
        finding.agency.short_name,
        f"{finding.first_seen_at:%Y-%m-%d}",
    ]
