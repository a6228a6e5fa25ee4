"""How sure we are of a row that came from `data/`."""

from django.db import models


class Certainty(models.TextChoices):
    """The `certainty` column of the data files."""

    FOUND = "found", "公开文本查得"
    KNOWN = "known", "一般所知"
    ESTIMATED = "estimated", "推定"


class SourcedModel(models.Model):
    """A row that carries where it came from and how certain it is."""

    certainty = models.CharField(
        "确定程度",
        max_length=10,
        choices=Certainty.choices,
        default=Certainty.ESTIMATED,
        help_text="推定的内容会在页面上注明。",
    )
    source = models.CharField(
        "来源", max_length=300, blank=True, default="", help_text="内容出自哪里、如何得出。"
    )

    class Meta:
        abstract = True

    @property
    def is_estimated(self) -> bool:
        """Whether pages must say that the content is an estimate."""
        return self.certainty == Certainty.ESTIMATED
