"""Typed elements of a version, grouped as the national tables group them (policy §2.4).

GB/T 39046-2020 table 4, the national exchange schema and the licensing norm (实施规范) ask for
far more than a reader needs; they are kept apart here so that each group reads in one glance.
An empty text means 待配置 and is shown so.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from matters.models.choices import (
    ApplicationChannel,
    BodyNature,
    ExerciseLevel,
    HandlingType,
    LicenceClass,
    OnlineDepth,
    PowerSource,
    ReformKind,
    ServiceObject,
    ServiceScope,
    TimeUnit,
)


def text(label: str, help_text: str, size: int = 200) -> models.CharField:
    """Optional one-line element."""
    return models.CharField(label, max_length=size, blank=True, help_text=help_text)


class IdentityElements(models.Model):
    """What the matter is and by which power it is exercised."""

    name = models.CharField("事项名称", max_length=200, help_text="公布的名称，不超过 200 字")
    summary = models.CharField("一句话说明", max_length=200, help_text="这件事是什么，40 字左右")
    applicants = models.CharField("谁来办", max_length=300, help_text="哪些人或单位需要办理")
    implementation_code = text("实施编码", "31 位：统一社会信用代码＋行使层级＋基本编码", 36)
    local_base_code = text("地方基本编码", "地方目录的编码", 50)
    local_implementation_code = text("地方实施编码", "地方目录的实施编码", 50)
    implementing_uscc = text("实施主体统一社会信用代码", "18 位；未公开的留空", 18)
    body_nature = models.CharField(
        "实施主体性质",
        max_length=1,
        choices=BodyNature,
        blank=True,
        help_text="谁来实施：法定机关、授权组织或受委托组织（GB/T 39046 附录 A.3）",
    )
    exercise_level = models.CharField(
        "行使层级",
        max_length=1,
        choices=ExerciseLevel,
        blank=True,
        help_text="由哪一级政府行使；单独填写，不由编码推断（GB/T 39046 附录 A.2）",
    )
    power_source = models.CharField(
        "权力来源",
        max_length=1,
        choices=PowerSource,
        blank=True,
        help_text="本级行使、下放等",
    )
    power_division = text("权限划分", "与上下级的分工", 500)
    power_content = text("行使内容", "本级行使的内容", 500)
    entrusting_department = text("委托部门", "受委托实施时填写")
    handling_agency_name = text("承办机构", "具体承办的科室或机构")
    national_list_name = text("国家级基本目录名称", "对应的国家级目录名称")
    sub_item_name = text("子项名称", "有子项时填写")
    system_level = text("运行系统层级", "国家、省、市、区", 20)
    system_name = text("运行系统名称", "办理该事项的系统")

    class Meta:
        abstract = True


class LicensingElements(models.Model):
    """Elements only the licensing norm (行政许可事项实施规范, GB/T 44890) asks for."""

    licence_class = models.CharField(
        "许可类型",
        max_length=13,
        choices=LicenceClass,
        blank=True,
        help_text="条件型、资格型等",
    )
    approval_level = text("审批层级", "作出决定的层级", 20)
    acceptance_level = text("受理层级", "受理申请的层级", 20)
    has_first_review = models.BooleanField("存在初审环节", default=False, help_text="下级先审")
    first_review_level = text("初审层级", "初审的层级", 20)
    elements_unified = text("要素统一情况", "全省统一或部分统一", 100)
    supervising_body = text("监管主体", "批后由谁监管")
    supervision_basis = text("监管依据", "监管的法律依据", 500)
    reform_kind = models.CharField(
        "证照分离改革方式",
        max_length=10,
        choices=ReformKind,
        blank=True,
        help_text="国发〔2021〕7号四种方式",
    )
    reform_measures = text("改革举措", "具体做法", 500)
    annual_check = text("年检要求", "没有则写“无”", 200)
    annual_report = text("年报要求", "没有则写“无”", 200)
    quantity_limit = text("数量限制", "空白表示没有", 300)
    quantity_limited = models.BooleanField(
        "有数量限制",
        default=False,
        help_text="有限制的按受理先后决定，行政许可法第五十七条",
    )
    intermediary_service = text("中介服务", "法定的中介服务及依据；没有则空", 300)
    remarks = text("备注", "其他需要说明的", 500)

    class Meta:
        abstract = True


class ClockElements(models.Model):
    """The two limits printed on the page; each business item has its own."""

    statutory_value = models.PositiveSmallIntegerField("法定办结时限", help_text="数值")
    statutory_unit = models.CharField(
        "法定时限单位", max_length=7, choices=TimeUnit, help_text="工作日或日"
    )
    statutory_source = text("法定时限依据", "条文", 300)
    statutory_note = text("法定时限说明", "分阶段、起算等", 300)
    promised_value = models.PositiveSmallIntegerField(
        "承诺办结时限", help_text="与法定时限同单位；即办件为 0"
    )
    promised_note = text("承诺时限说明", "补充说明", 300)
    handling_type = models.CharField(
        "办件类型",
        max_length=1,
        choices=HandlingType,
        help_text="当场办完的是即办件，按承诺时限办的是承诺件（GB/T 39046 附录 A.6）",
    )

    class Meta:
        abstract = True


class ServiceElements(models.Model):
    """How the service is given."""

    audience = ArrayField(
        models.CharField(max_length=12, choices=ServiceObject),
        verbose_name="服务对象",
        help_text="自然人、法人和其他组织",
    )
    channels = ArrayField(
        models.CharField(max_length=1, choices=ApplicationChannel),
        verbose_name="办理形式",
        help_text="可多选；有窗口的必须保留窗口办理"
        "（GB/T 39046 附录 A.5；优化营商环境条例第三十七条）",
    )
    service_scope = models.CharField(
        "通办范围",
        max_length=9,
        choices=ServiceScope,
        help_text="本区、跨市、跨省、全国",
    )
    jurisdiction = text("行政管辖", "按注册地、所在地等", 200)
    online = models.BooleanField("网上办", help_text="能在网上申请")
    online_depth = models.CharField(
        "网上办理深度",
        max_length=1,
        choices=OnlineDepth,
        blank=True,
        help_text="办理深度",
    )
    online_url = models.URLField("网办地址", blank=True, help_text="电脑端地址")
    mobile_url = models.URLField("移动端地址", blank=True, help_text="移动端地址")
    instant = models.BooleanField("马上办", help_text="列入马上办")
    once = models.BooleanField("一次办", help_text="最多跑一次")
    visits = models.PositiveSmallIntegerField("到现场次数", help_text="0 表示不用跑")
    visit_reason = text("必须到现场的原因", "次数不为 0 时填写", 300)
    in_hall = models.BooleanField("进驻政务服务大厅", help_text="是否进驻")
    self_service_terminal = models.BooleanField("自助终端", default=False, help_text="支持自助机")
    bookable = models.BooleanField("支持预约", default=False, help_text="可预约窗口")
    booking_rule = text("预约规则", "每日可预约量等", 200)
    daily_booking_quota = models.PositiveSmallIntegerField(
        "每日可预约量", null=True, blank=True, help_text="不限则空"
    )
    materials_by_post = models.BooleanField("材料可邮寄", default=False, help_text="申请材料")
    results_by_post = models.BooleanField("结果可邮寄", default=False, help_text="办理结果")
    pay_online = models.BooleanField("网上支付", default=False, help_text="不收费的填否")
    commitment = models.BooleanField("告知承诺", help_text="先承诺后核查")
    deferrable = models.BooleanField("容缺受理", help_text="有材料可以后补")
    cross_province = models.BooleanField("跨省通办", help_text="可在外地办理")
    tax_reduction = models.BooleanField("涉及税费减免", default=False, help_text="是否涉及")
    staged = models.BooleanField("分阶段办理", default=False, help_text="业务办理项是先后阶段")

    class Meta:
        abstract = True


class ContactElements(models.Model):
    """Where to go and whom to ask. Unknown numbers stay empty and show as 待配置."""

    window_place = text("办理地点", "大厅或窗口名称", 200)
    window_number = text("窗口号", "楼层和窗口", 60)
    opening_hours = text("办理时间", "空白时用大厅的时间", 200)
    traffic_guide = text("交通指引", "公交、地铁", 300)
    consult_phone = text("咨询电话", "带区号 022", 40)
    consult_other = text("其他咨询方式", "网络、微信、信函", 300)
    complaint_phone = text("监督投诉电话", "带区号，不能与咨询电话相同", 40)
    complaint_other = text("其他投诉方式", "网络、信函", 300)
    email = models.EmailField("电子邮箱", blank=True, help_text="咨询邮箱")
    postal_address = text("信函地址", "含邮政编码", 200)

    class Meta:
        abstract = True


class RemedyElements(models.Model):
    """Rights, duties and remedies: 行政复议法 2023 art. 20, 行政诉讼法 art. 46."""

    rights = text("依法享有的权利", "陈述、申辩、复议、诉讼等", 500)
    duties = text("依法履行的义务", "对材料真实性负责等", 500)
    reconsideration_body = text("行政复议机关", "名称")
    reconsideration_address = text("复议机关地址", "地址")
    reconsideration_phone = text("复议机关电话", "电话", 40)
    litigation_court = text("行政诉讼法院", "名称")
    litigation_address = text("法院地址", "地址")
    litigation_phone = text("法院电话", "电话", 40)

    class Meta:
        abstract = True
