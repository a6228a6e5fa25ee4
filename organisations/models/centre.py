"""The halls a citizen can walk into."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from organisations.models.agency import PHONE
from organisations.models.certainty import SourcedModel


class CentreQuerySet(models.QuerySet):
    """Named selections of centres."""

    def serving(self, street):
        """Centres for residents of a street: its own one and those of the whole district."""
        return self.filter(models.Q(street=street) | models.Q(street__isnull=True))

    def by_any_name(self) -> dict[str, "ServiceCentre"]:
        """Every spelling of every centre → the centre: one query for a whole import."""
        return {name: centre for centre in self for name in (centre.name, *centre.aliases)}


class ServiceCentre(SourcedModel):
    """One 政务服务中心 or 便民服务中心."""

    class Kind(models.TextChoices):
        DISTRICT = "district", "区政务服务中心"
        SPECIALISED = "specialised", "专业分中心"
        STREET = "street", "街道便民服务中心"

    class Facility(models.TextChoices):
        RAMP = "ramp", "无障碍坡道"
        LIFT = "lift", "无障碍电梯"
        TOILET = "toilet", "无障碍卫生间"
        WHEELCHAIR = "wheelchair", "轮椅借用"
        LOW_COUNTER = "low_counter", "低位服务台"
        GLASSES = "glasses", "老花镜"
        SIGN_LANGUAGE = "sign_language", "手语服务"
        NURSING_ROOM = "nursing_room", "母婴室"

    slug = models.SlugField(
        "网址名", max_length=60, unique=True, help_text="网址中的英文名，公布后不要改动。"
    )
    name = models.CharField("名称", max_length=60, unique=True, help_text="大厅门口的名称。")
    aliases = ArrayField(
        models.CharField(max_length=60),
        verbose_name="别名",
        default=list,
        blank=True,
        help_text="其他文件里对它的叫法，多个用逗号分开；导入时按这些叫法识别。",
    )
    kind = models.CharField("类别", max_length=12, choices=Kind.choices, help_text="哪一类大厅。")
    agency = models.ForeignKey(
        "organisations.Agency",
        on_delete=models.PROTECT,
        related_name="centres",
        verbose_name="管理机构",
        help_text="负责这个大厅的机构。",
    )
    street = models.ForeignKey(
        "organisations.Street",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="centres",
        verbose_name="服务街道",
        help_text="街道便民服务中心填写；面向全区的大厅留空。",
    )
    address = models.CharField(
        "地址", max_length=120, blank=True, default="", help_text="未核实前留空。"
    )
    hours = models.TextField(
        "开放时间", blank=True, default="", help_text="每行一段，例如 周一至周五 9:00—17:00。"
    )
    phone = models.CharField(
        "电话",
        max_length=20,
        blank=True,
        default="",
        validators=[PHONE],
        help_text="未核实前留空，页面显示（待配置）。",
    )
    transport = models.CharField(
        "交通与停车", max_length=200, blank=True, default="", help_text="公交、地铁、停车。"
    )
    facilities = ArrayField(
        models.CharField(max_length=16, choices=Facility.choices),
        verbose_name="无障碍与便民设施",
        default=list,
        blank=True,
        help_text="只填写已核实有的设施。",
    )
    position = models.PositiveSmallIntegerField(
        "顺序", default=0, help_text="列表中的先后，小的在前。"
    )

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = "政务服务大厅"
        verbose_name_plural = "政务服务大厅"
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="street", street__isnull=False)
                | (~models.Q(kind="street") & models.Q(street__isnull=True)),
                name="centre_street_only_for_street_kind",
                violation_error_message="街道便民服务中心必须选择街道，其他大厅不选。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def facility_names(self) -> list[str]:
        """Chinese names of the facilities on record, in the order of the code list."""
        return [f.label for f in self.Facility if f.value in self.facilities]

    @property
    def unconfirmed(self) -> list[str]:
        """Names of the facts of a visit that are not on record yet."""
        facts = {"地址": self.address, "开放时间": self.hours, "电话": self.phone}
        return [name for name, value in facts.items() if not value]

    @property
    def is_complete(self) -> bool:
        """Whether address, hours and phone are all on record."""
        return not self.unconfirmed
