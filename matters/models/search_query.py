"""What was searched for: counts by words and day, never by person."""

from django.db import models


class SearchQueryQuerySet(models.QuerySet):
    """The editors' view of the log."""

    def without_hits(self) -> "SearchQueryQuerySet":
        return self.filter(hits=0)


class SearchQuery(models.Model):
    """One normalised query on one day. Holds no person, no address, no moment.

    Long numbers (identity cards, telephones) are masked before they are stored. `rephrased` counts
    how often the same reader at once asked again in other words.
    """

    words = models.CharField("搜索的词", max_length=100, help_text="已去掉标点，长数字已隐去")
    day = models.DateField("日期", help_text="哪一天搜索的")
    count = models.PositiveIntegerField("次数", default=0, help_text="当天搜索的次数")
    hits = models.PositiveIntegerField("结果数", default=0, help_text="最近一次的结果数")
    rephrased = models.PositiveIntegerField(
        "换词次数", default=0, help_text="搜索后又换了说法再搜的次数"
    )

    objects = SearchQueryQuerySet.as_manager()

    class Meta:
        verbose_name = "搜索记录"
        verbose_name_plural = "搜索记录"
        constraints = [models.UniqueConstraint(fields=["words", "day"], name="search_query_once")]
        indexes = [models.Index(fields=["day", "hits"], name="search_query_day")]

    def __str__(self) -> str:
        return self.words
