"""Who runs this site: the identifier that government sites must print (国办发〔2017〕47号)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

SITE_NAME = "河东区政务服务门户"
ORGANISER = "天津市河东区人民政府政务服务办公室"


class SiteIdentityQuerySet(models.QuerySet):
    def current(self) -> "SiteIdentity":
        """The one row, or an unsaved one with every number still to be configured."""
        return self.first() or SiteIdentity()


class SiteIdentity(models.Model):
    """One row. A number nobody has entered stays empty and is printed as （待配置）."""

    singleton = models.BooleanField(
        "唯一", default=True, unique=True, editable=False, help_text="保证只有一行"
    )
    name = models.CharField(
        "网站名称", max_length=60, default=SITE_NAME, help_text="显示在页眉和浏览器标题里"
    )
    organiser = models.CharField(
        "主办单位", max_length=100, default=ORGANISER, help_text="显示在页眉左上角和页脚"
    )
    site_code = models.CharField(
        "网站标识码",
        max_length=20,
        blank=True,
        help_text="10 位数字；没有就留空，页面显示（待配置）",
    )
    icp_number = models.CharField(
        "ICP 备案号", max_length=60, blank=True, help_text="按备案通知原样填写，没有就留空"
    )
    police_number = models.CharField(
        "公安备案号", max_length=60, blank=True, help_text="按备案通知原样填写，没有就留空"
    )
    phone = models.CharField(
        "联系电话", max_length=40, blank=True, help_text="网站主办单位对外公布的电话，没有就留空"
    )
    address = models.CharField(
        "地址", max_length=120, blank=True, help_text="主办单位地址，没有就留空"
    )
    postcode = models.CharField(
        "邮政编码", max_length=6, blank=True, help_text="主办单位邮政编码，没有就留空"
    )
    email = models.EmailField("电子邮箱", blank=True, help_text="网站联系邮箱，没有就留空")
    data_licence = models.CharField(
        "开放数据许可",
        max_length=100,
        blank=True,
        help_text="开放数据按什么许可使用，写许可的全称；没有决定就留空，页面显示（待配置）",
    )
    data_licence_url = models.URLField(
        "开放数据许可的网址", blank=True, help_text="许可全文的地址，没有就留空"
    )
    updated_at = models.DateTimeField("更新时间", auto_now=True, help_text="最后一次保存的时间")

    objects = SiteIdentityQuerySet.as_manager()

    class Meta:
        verbose_name = "网站标识"
        verbose_name_plural = "网站标识"

    def __str__(self) -> str:
        return self.name

    @property
    def base_url(self) -> str:
        """Address citizens use, without a slash at the end (setting PUBLIC_BASE_URL)."""
        return settings.PUBLIC_BASE_URL

    @property
    def domain(self) -> str:
        return urlsplit(settings.PUBLIC_BASE_URL).hostname or ""
