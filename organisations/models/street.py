"""The streets of the district."""

from django.core.validators import RegexValidator
from django.db import models

from organisations.models.certainty import SourcedModel


class Street(SourcedModel):
    """One 街道. 天津铁厂街道 is an exclave: it belongs to Hedong but lies in 涉县, Hebei."""

    code = models.CharField(
        "区划代码",
        max_length=9,
        unique=True,
        validators=[RegexValidator(r"^120102\d{3}$", "应为 120102 开头的 9 位数字。")],
        help_text="统计用区划代码前 9 位，例如 120102001。",
    )
    name = models.CharField("名称", max_length=30, unique=True, help_text="例如 大王庄街道。")
    is_enclave = models.BooleanField(
        "飞地", default=False, help_text="归本区管辖，但地理上不在本区。"
    )
    lies_in = models.CharField(
        "实际所在地",
        max_length=40,
        blank=True,
        default="",
        help_text="飞地填写实际所在的省、市、县；其他街道留空。",
    )
    note = models.CharField("备注", max_length=200, blank=True, default="", help_text="补充说明。")

    class Meta:
        verbose_name = "街道"
        verbose_name_plural = "街道"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_enclave=True) | models.Q(lies_in=""),
                name="street_only_enclave_lies_elsewhere",
                violation_error_message="只有飞地才填写实际所在地。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
