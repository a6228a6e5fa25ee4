"""The thesaurus of the search: what people say → what they mean."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class SynonymQuerySet(models.QuerySet):
    """Sayings, kept for ever; a retired one is no longer used."""

    def in_use(self) -> "SynonymQuerySet":
        return self.filter(retired_at=None).order_by("pk")


class Synonym(models.Model):
    """One saying and the matters or bundles it leads to, the most likely first.

    Never edited: a change retires the row and adds another, so that it stays known who taught the
    search what and when. `data/synonyms.csv` is the first edition.
    """

    words = models.CharField("说法", max_length=60, help_text="群众搜索时用的词，例如“烟证”")
    targets = ArrayField(
        models.CharField(max_length=20),
        verbose_name="对应事项",
        help_text="事项序号或一件事编号，最可能的在前",
    )
    weight = models.FloatField("分量", default=1.0, help_text="0 到 1，越大排得越前")
    source = models.CharField("来源", max_length=60, help_text="例如：编辑整理、零结果搜索")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="添加人",
        help_text="空白表示随初始数据装入",
    )
    added_at = models.DateTimeField("添加时间", help_text="从这时起用于搜索")
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="停用人",
        help_text="谁停用了这个说法",
    )
    retired_at = models.DateTimeField(
        "停用时间", null=True, blank=True, help_text="停用后不再用于搜索，记录保留"
    )

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = "搜索说法"
        verbose_name_plural = "搜索说法"
        constraints = [
            models.UniqueConstraint(
                fields=["words"], condition=Q(retired_at=None), name="synonym_once_in_use"
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=1), name="synonym_weight_up_to_one"
            ),
        ]

    def __str__(self) -> str:
        return self.words
