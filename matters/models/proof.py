"""证明事项清单: every certificate an authority may demand (优化营商环境条例 art. 44).

The list states per item 设定依据, 索要单位, 开具单位 and 办理指南; what is not on it may not be
demanded. `called_proof` and `unlisted_proofs` are the pure half of the publishing rule, the
manager's `listed_names` is what the rule compares with.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from matters.models.choices import Certainty, MaterialSource
from matters.models.elements import text
from matters.models.matter import Matter

PROOF_WORD = "证明"
#: a form by which a 证明 is applied for is not one itself
FORM_ENDINGS = ("申请表", "申请书", "申报表", "登记表")


class ReplacementWay(models.TextChoices):
    """替代方式: how the demand for a proof is being done away with (国办发〔2020〕42号)."""

    SHARED = "shared", "数据共享"
    E_LICENCE = "e_licence", "电子证照"
    COMMITMENT = "commitment", "告知承诺"
    ASSISTED = "assisted", "部门协查"
    ABOLISHED = "abolished", "直接取消"


def called_proof(name: str) -> bool:
    """Whether a material of this name is a 证明 (policy §10 B19)."""
    return PROOF_WORD in name and not name.endswith(FORM_ENDINGS)


def unlisted_proofs(materials: Iterable[Mapping[str, Any]], listed: Collection[str]) -> list[str]:
    """Names of materials (dicts with `name`) called 证明 that are not among `listed`, in order."""
    names = dict.fromkeys(material["name"] for material in materials)
    return [name for name in names if called_proof(name) and name not in listed]


class ProofQuerySet(models.QuerySet):
    """Filters of the list."""

    def in_force(self) -> "ProofQuerySet":
        """What may still be demanded."""
        return self.exclude(replacements__contains=[ReplacementWay.ABOLISHED])

    def listed_names(self, seq: int) -> frozenset[str]:
        """Names of the proofs the matter `seq` may demand."""
        return frozenset(self.in_force().filter(matter__seq=seq).values_list("name", flat=True))


class ProofItem(models.Model):
    """One row is one certificate one matter demands. Empty texts show as 待配置.

    A `derived` row is made from the guide's materials and follows them at the next load; as soon
    as an editor changes it, it stays as the editor left it.
    """

    matter = models.ForeignKey(
        Matter, verbose_name="事项", on_delete=models.PROTECT, related_name="proofs"
    )
    name = models.CharField("证明名称", max_length=200, help_text="与申请材料的名称一字不差")
    demanded_by = models.ForeignKey(
        "organisations.Agency",
        verbose_name="索要单位",
        on_delete=models.PROTECT,
        related_name="demanded_proofs",
        help_text="哪个部门要求提供",
    )
    issued_by = text("开具单位", "由谁开具；不清楚的留空，页面显示“待配置”", 100)
    source = models.CharField(
        "来源渠道", max_length=12, choices=MaterialSource, help_text="自备、政府核发或中介"
    )
    basis = text("设定依据", "要求提供该证明的条文；没有依据的不得索要", 200)
    how_to_get = text("办理指南", "到哪里、怎样开具", 300)
    replacements = ArrayField(
        models.CharField(max_length=10, choices=ReplacementWay),
        verbose_name="替代方式",
        default=list,
        blank=True,
        help_text="可以不交纸质证明的办法；标为“直接取消”的不得再索要",
    )
    certainty = models.CharField(
        "可靠程度",
        max_length=10,
        choices=Certainty,
        default=Certainty.ESTIMATED,
        help_text="来源",
    )
    derived = models.BooleanField(
        "由目录推出", default=False, help_text="按指南材料自动列入；人工修改后为否"
    )

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = "证明事项"
        verbose_name_plural = "证明事项"
        ordering = ["matter__seq", "name"]
        constraints = [models.UniqueConstraint(fields=["matter", "name"], name="proof_listed_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def replacement_words(self) -> list[str]:
        """替代方式 in words."""
        words = dict(ReplacementWay.choices)
        return [words[way] for way in self.replacements]
