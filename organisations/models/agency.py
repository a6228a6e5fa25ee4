"""The bodies that decide, help or supply."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from common.identifiers import clean_uscc
from organisations.models.certainty import SourcedModel

PHONE = RegexValidator(
    r"^(\d{3,4}-)?\d{5,8}(-\d{1,6})?$", "请填写电话号码，例如 022-12345678 或 12345。"
)


def dialled(number: str) -> str:
    """What is dialled for a number of this district: digits only, without Tianjin's area code."""
    return "".join(filter(str.isdigit, number)).removeprefix("022")


class AgencyQuerySet(models.QuerySet):
    """Named selections of agencies."""

    def in_catalogue(self):
        """Agencies that are implementing bodies of licensing matters."""
        return self.filter(in_catalogue=True)

    def named(self, name: str):
        """Agencies whose full name, short name or an alias is exactly `name`."""
        return self.filter(
            models.Q(name=name) | models.Q(short_name=name) | models.Q(aliases__contains=[name])
        )

    def resolve(self, name: str) -> "Agency":
        """The one agency called `name`; raises `Agency.DoesNotExist`."""
        return self.named(name.strip()).get()

    def by_any_name(self) -> dict[str, "Agency"]:
        """Every spelling of every agency → the agency: one query for a whole import."""
        return {name: agency for agency in self for name in agency.all_names}


class Agency(SourcedModel):
    """One body: 区级部门, a branch of a municipal body, a street office, a supplier …"""

    class Kind(models.TextChoices):
        DISTRICT = "district", "区级部门"
        BRANCH = "branch", "市垂管分局"
        STREET = "street", "街道"
        UTILITY = "utility", "公用企业"
        BANK = "bank", "银行"
        MEDICAL = "medical", "医疗机构"
        OTHER = "other", "其他"

    slug = models.SlugField(
        "网址名", max_length=60, unique=True, help_text="网址中的英文名，公布后不要改动。"
    )
    name = models.CharField("全称", max_length=80, unique=True, help_text="印章和文书上的名称。")
    short_name = models.CharField(
        "简称", max_length=40, unique=True, help_text="列表和按钮上使用的名称。"
    )
    aliases = ArrayField(
        models.CharField(max_length=80),
        verbose_name="别名",
        default=list,
        blank=True,
        help_text="其他文件里对它的叫法，多个用逗号分开；导入时按这些叫法识别。",
    )
    kind = models.CharField(
        "类别", max_length=10, choices=Kind.choices, help_text="机构属于哪一类。"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="所属机构",
        help_text="由哪个机构管理；没有则留空。",
    )
    street = models.OneToOneField(
        "organisations.Street",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="office",
        verbose_name="所辖街道",
        help_text="街道办事处对应的街道。",
    )
    in_catalogue = models.BooleanField(
        "列入清单", default=False, help_text="是否为行政许可事项清单中的实施主体。"
    )
    uscc = models.CharField(
        "统一社会信用代码",
        max_length=18,
        blank=True,
        default="",
        validators=[clean_uscc],
        help_text="未核实前留空，页面显示（待配置）。",
    )
    consultation_phone = models.CharField(
        "咨询电话",
        max_length=20,
        blank=True,
        default="",
        validators=[PHONE],
        help_text="未核实前留空，页面显示（待配置）。",
    )
    supervision_phone = models.CharField(
        "监督投诉电话",
        max_length=20,
        blank=True,
        default="",
        validators=[PHONE],
        help_text="未核实前留空，页面显示（待配置）。",
    )
    sort_key = models.CharField(
        "排序键",
        max_length=200,
        editable=False,
        default="",
        help_text="简称的拼音，由系统计算。",
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ["sort_key", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~models.Q(uscc=""),
                name="agency_uscc_once",
                violation_error_message="这个统一社会信用代码已属于另一个机构。",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="agency_not_its_own_parent",
                violation_error_message="机构不能隶属于自己。",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def clean(self):
        """Bring the code to its one spelling; who is complained about does not take complaints."""
        self.uscc = clean_uscc(self.uscc) if self.uscc else ""
        consultation, supervision = map(dialled, (self.consultation_phone, self.supervision_phone))
        if consultation and consultation == supervision:
            raise ValidationError(
                {"supervision_phone": "监督投诉电话与咨询电话相同。请分别填写两个号码。"}
            )

    @property
    def all_names(self) -> set[str]:
        """Every spelling under which data may mention the agency."""
        return {self.name, self.short_name, *self.aliases}
