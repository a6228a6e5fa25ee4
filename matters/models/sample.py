"""样板卷: a model dossier per matter, with every sheet drawn, filled in and explained.

What is edited are rows (`SamplePage`, `SampleNote`); what the public reads is `snapshot`, written
when the dossier is published. So an edition under review never changes the page or its PDF.
Everything in it is fictional and says so: 演示样例.
"""

from django.core.validators import URLValidator
from django.db import models

from matters.models.choices import Certainty
from matters.models.matter import Matter
from matters.workflow import MatterStatus


class SampleStatus(models.TextChoices):
    """Where the rows of a dossier stand; the published snapshot stays public meanwhile."""

    DRAFT = "draft", "编辑中"
    SUBMITTED = "submitted", "待审核"
    PUBLISHED = "published", "已发布"


class SheetLayout(models.TextChoices):
    """How a sheet is drawn."""

    FORM = "form", "表格"
    STATEMENT = "statement", "文书"
    CERTIFICATE = "certificate", "证照"
    AGREEMENT = "agreement", "合同协议"
    ROLL = "roll", "清单名册"
    DRAWING = "drawing", "图纸"
    PHOTO = "photo", "照片"
    REPORT = "report", "报告方案"
    OBJECT = "object", "实物"


class NoteKind(models.TextChoices):
    """What a numbered call-out says."""

    TIP = "tip", "填写提示"
    CHECK = "check", "窗口会核对"
    MISTAKE = "mistake", "常见错误"


class SampleQuerySet(models.QuerySet):
    """Filters of dossiers."""

    def public(self) -> "SampleQuerySet":
        """With a published edition, of matters that are not withdrawn."""
        return self.filter(snapshot__isnull=False).exclude(matter__status=MatterStatus.WITHDRAWN)


class SampleDossier(models.Model):
    """One row is the model dossier of one matter; its sheets follow the reader's situation.

    `suffix` and `answers` (situation key → option key) are the business item and the situation
    shown first. A `derived` dossier is made from the guide and follows it at the next run.
    """

    matter = models.OneToOneField(
        Matter, verbose_name="事项", on_delete=models.PROTECT, related_name="sample"
    )
    title = models.CharField("标题", max_length=220, help_text="例如“旅行社设立许可样板卷”")
    suffix = models.CharField("业务办理项序号", max_length=2, help_text="先展示哪一个业务办理项")
    answers = models.JSONField(
        "情形", default=dict, blank=True, help_text="先展示哪种情形：问题的键 → 选项的键"
    )
    status = models.CharField(
        "状态",
        max_length=9,
        choices=SampleStatus,
        default=SampleStatus.DRAFT,
        help_text="修改后须提交，由另一人审核发布",
    )
    certainty = models.CharField(
        "可靠程度",
        max_length=10,
        choices=Certainty,
        default=Certainty.ESTIMATED,
        help_text="自动生成的为推定",
    )
    derived = models.BooleanField(
        "由指南生成", default=False, help_text="自动生成的演示样例；人工修改后为否"
    )
    digest = models.CharField("内容指纹", max_length=64, blank=True, help_text="重复生成时比较")
    video_url = models.URLField(
        "视频地址",
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text="讲解短视频，https 开头；没有的留空，页面显示“待配置”",
    )
    snapshot = models.JSONField("公布的内容", null=True, blank=True, help_text="发布时写入")
    edited_by = models.ForeignKey(
        "accounts.User",
        verbose_name="修改人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="最后修改的人",
    )
    published_by = models.ForeignKey(
        "accounts.User",
        verbose_name="发布人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="自动生成时为空；不能是修改人",
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True, help_text="发布时刻")

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = "样板卷"
        verbose_name_plural = "样板卷"
        ordering = ["matter__seq"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | models.Q(edited_by__isnull=True)
                | ~models.Q(published_by=models.F("edited_by"))
                | ~models.Q(status=SampleStatus.PUBLISHED),
                name="sample_published_by_another",
                violation_error_message="样板卷要由修改人以外的人审核发布。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SamplePage(models.Model):
    """One row is one sheet: the example of one material of the guide.

    `body` is plain text an editor can write: `# 标题`, `栏目：示例值`, `| 表格 | 一行 |`, and any
    other line is a paragraph. `{办理项}` becomes the business item the reader has chosen.
    """

    dossier = models.ForeignKey(
        SampleDossier, verbose_name="样板卷", on_delete=models.CASCADE, related_name="pages"
    )
    position = models.PositiveSmallIntegerField("顺序", help_text="显示顺序")
    key = models.SlugField("材料的键", max_length=60, help_text="与申请材料的键相同")
    name = models.CharField("材料名称", max_length=200, help_text="与申请材料的名称相同")
    layout = models.CharField("样式", max_length=11, choices=SheetLayout, help_text="画成哪种样子")
    body = models.TextField(
        "内容",
        blank=True,
        help_text="一行一项：“# 标题”“栏目：示例值”“| 表格 |”，其余为正文。不要写真实个人信息",
    )

    class Meta:
        verbose_name = "样张"
        verbose_name_plural = "样张"
        ordering = ["dossier", "position"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "key"], name="sample_page_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SampleNote(models.Model):
    """One row is one numbered call-out on a sheet."""

    page = models.ForeignKey(
        SamplePage, verbose_name="样张", on_delete=models.CASCADE, related_name="notes"
    )
    position = models.PositiveSmallIntegerField("顺序", help_text="编号的顺序")
    kind = models.CharField("类别", max_length=7, choices=NoteKind, help_text="提示、核对或错误")
    field = models.CharField(
        "对应栏目", max_length=60, blank=True, help_text="指向哪一栏；空白表示整张"
    )
    text = models.CharField("说明", max_length=300, help_text="一句话")

    class Meta:
        verbose_name = "样张批注"
        verbose_name_plural = "样张批注"
        ordering = ["page", "position"]
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="sample_note_once"),
        ]

    def __str__(self) -> str:
        return self.text


class SampleFile(models.Model):
    """One row is one printed dossier (PDF) of one situation, made when first asked for.

    `content_digest` is the SHA-256 of what was printed: when the published snapshot or the guide
    changes, the file is made again. `sha256` is that of the file itself.
    """

    dossier = models.ForeignKey(
        SampleDossier, verbose_name="样板卷", on_delete=models.CASCADE, related_name="files"
    )
    situation = models.CharField("情形", max_length=400, help_text="业务办理项和答案")
    content_digest = models.CharField("内容指纹", max_length=64, help_text="印了什么")
    sha256 = models.CharField("文件指纹", max_length=64, help_text="文件的 SHA-256")
    body = models.BinaryField("文件", help_text="PDF")
    made_at = models.DateTimeField("生成时间", help_text="生成的时刻")

    class Meta:
        verbose_name = "样板卷文件"
        verbose_name_plural = "样板卷文件"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "situation"], name="sample_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.situation}"
