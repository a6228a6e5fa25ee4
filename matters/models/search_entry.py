"""The search's own table: one row per thing a citizen can find."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Length


class SearchEntryQuerySet(models.QuerySet):
    """Everything findable."""

    def in_order(self) -> "SearchEntryQuerySet":
        """Matters by number, then bundles by number."""
        number = Length("reference")
        return self.order_by("-kind", number, "reference")


class SearchEntry(models.Model):
    """One row is one findable thing: a matter or a bundle.

    `reference` is the matter seq or the bundle id as text. The table is derived: publishing and
    loading rewrite a row, nothing else does. `details` is what the result row of a bundle shows:
    agency, days and component items.
    """

    class Kind(models.TextChoices):
        """What the row leads to."""

        MATTER = "matter", "事项"
        BUNDLE = "bundle", "一件事"

    kind = models.CharField("类别", max_length=6, choices=Kind, help_text="事项或一件事")
    reference = models.CharField("编号", max_length=20, help_text="事项序号或一件事编号")
    title = models.CharField("名称", max_length=200, help_text="显示的名称")
    aliases = ArrayField(
        models.CharField(max_length=100),
        verbose_name="别名",
        default=list,
        help_text="群众的说法",
    )
    parts = ArrayField(
        models.CharField(max_length=200),
        verbose_name="业务办理项",
        default=list,
        blank=True,
        help_text="业务办理项或组成事项的名称",
    )
    details = models.JSONField(
        "显示内容", default=dict, blank=True, help_text="一件事在结果中显示的部门、时限和组成事项"
    )
    body = models.TextField("正文", blank=True, help_text="说明、对象、结果名称等可查的文字")
    pinyin = models.CharField("拼音", max_length=600, blank=True, help_text="名称和别名的全拼")
    initials = models.CharField("首字母", max_length=300, blank=True, help_text="拼音首字母")

    updated_at = models.DateTimeField("更新时间", auto_now=True, help_text="条目最后一次重写的时间")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "搜索条目"
        verbose_name_plural = "搜索条目"
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="search_entry_once")
        ]

    def __str__(self) -> str:
        return self.title
