"""Statuses of a matter and of its versions. Pure; no database.

A *version* carries the content and is decided by people; a *matter* is only switched on, paused
or withdrawn. 优化营商环境条例 art. 40: nothing outside the published list may be exercised.
"""

from django.db import models


class VersionStatus(models.TextChoices):
    """Life of one version of a guide."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审核"
    APPROVED = "approved", "已审定"
    SCHEDULED = "scheduled", "待生效"
    PUBLISHED = "published", "已发布"
    SUPERSEDED = "superseded", "已被新版替代"


class MatterStatus(models.TextChoices):
    """Whether a matter can be applied for today."""

    ACTIVE = "active", "在办"
    SUSPENDED = "suspended", "暂停办理"
    WITHDRAWN = "withdrawn", "已取消"


#: A version in one of these never changes again; running cases and old receipts point at it.
FROZEN = frozenset({VersionStatus.PUBLISHED, VersionStatus.SUPERSEDED})
