"""情形: the questions that turn the full material list into a personal one."""

from django.db import models

from matters.models.freezing import frozen_part
from matters.models.version import MatterVersion

OPTION_OWNER = "(SELECT version_id FROM matters_situation WHERE id = {row}.situation_id)"


class Situation(models.Model):
    """One row is one question."""

    version = models.ForeignKey(
        MatterVersion,
        verbose_name="版本",
        on_delete=models.CASCADE,
        related_name="situations",
    )
    key = models.SlugField("键", max_length=40, help_text="材料条件引用的名字")
    question = models.CharField("问题", max_length=120, help_text="一句话的问题")
    position = models.PositiveSmallIntegerField("顺序", help_text="提问顺序")

    class Meta:
        verbose_name = "情形"
        verbose_name_plural = "情形"
        ordering = ["version", "position"]
        triggers = [frozen_part()]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="situation_key_once")
        ]

    def __str__(self) -> str:
        return self.question


class SituationOption(models.Model):
    """One row is one answer."""

    situation = models.ForeignKey(
        Situation, verbose_name="情形", on_delete=models.CASCADE, related_name="options"
    )
    key = models.SlugField("键", max_length=40, help_text="材料条件引用的名字")
    label = models.CharField("选项", max_length=120, help_text="答案的文字")
    position = models.PositiveSmallIntegerField("顺序", help_text="显示顺序")

    class Meta:
        verbose_name = "情形选项"
        verbose_name_plural = "情形选项"
        ordering = ["situation", "position"]
        triggers = [frozen_part(OPTION_OWNER)]
        constraints = [
            models.UniqueConstraint(fields=["situation", "key"], name="situation_option_once")
        ]

    def __str__(self) -> str:
        return self.label
