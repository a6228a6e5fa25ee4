"""Rows that are written once and chained by hash.

What was decided, by whom and when must stay as it was written (GB/T 22239-2019, 8.1.4.3: audit
records are protected from deletion, change and overwriting). Each aggregate (one edition, one
matter, later one case) has a chain of its own: a row carries its number in the chain and a SHA-256
over its content and the hash of the row before it. Triggers refuse UPDATE and DELETE; whoever gets
around them leaves a broken chain, which `manage.py verify_audit` names.
"""

from collections.abc import Iterator
from typing import ClassVar

import pgtrigger
from django.db import models

from common import clock

APPEND_ONLY = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
]


class ChainedRow(models.Model):
    """One link. Write with `audit.chain.append` while the aggregate's row is locked.

    A subclass names in `chain` the foreign key to its aggregate and in `content` the columns that
    are hashed, and takes `chained_once(chain)` into its constraints and `APPEND_ONLY` as triggers.
    `content` of a table in use never changes; a new column needs a new table or stays unhashed.
    """

    chain: ClassVar[str]
    content: ClassVar[tuple[str, ...]]

    sequence = models.PositiveIntegerField("链内序号", editable=False, help_text="从 1 起，不断号")
    previous_hash = models.CharField(
        "前一条的摘要", max_length=64, blank=True, editable=False, help_text="第一条为空"
    )
    row_hash = models.CharField(
        "摘要", max_length=64, editable=False, help_text="本条内容与前一条摘要的 SHA-256"
    )
    at = models.DateTimeField(
        "时间", default=clock.now, editable=False, help_text="记录写入的业务时间"
    )

    class Meta:
        abstract = True

    @classmethod
    def loose_ends(cls) -> Iterator[tuple[int, str]]:
        """Chain ids whose end contradicts the aggregate, each with a Chinese reason.

        A cut-off tail leaves a sound chain; only the aggregate knows that something is missing.
        """
        yield from ()


def chained_once(chain: str, name: str) -> models.UniqueConstraint:
    """Constraint of a subclass: two writers cannot fork the chain of one aggregate."""
    return models.UniqueConstraint(fields=[chain, "sequence"], name=name)
