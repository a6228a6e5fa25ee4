"""Code lists of the catalogue (GB/T 39046-2020 appendix A unless a docstring says otherwise)."""

from django.db import models


class ItemType(models.TextChoices):
    """A.1 事项类型, extended by 行政备案 (国发〔2022〕5号) and bundles' outside parts."""

    LICENCE = "01", "行政许可"
    PENALTY = "02", "行政处罚"
    COERCION = "03", "行政强制"
    LEVY = "04", "行政征收"
    PAYMENT = "05", "行政给付"
    INSPECTION = "06", "行政检查"
    CONFIRMATION = "07", "行政确认"
    REWARD = "08", "行政奖励"
    RULING = "09", "行政裁决"
    OTHER_POWER = "10", "其他行政权力"
    FILING = "11", "行政备案"
    PUBLIC_SERVICE = "20", "公共服务"
    EXTERNAL = "EX", "外部事项"


class ExerciseLevel(models.TextChoices):
    """A.2 行使层级. A field of its own: never derived from the code."""

    NATIONAL = "1", "国家级"
    PROVINCE = "2", "省级"
    CITY = "3", "市级"
    COUNTY = "4", "县级"
    TOWN = "5", "镇（乡、街道）"
    VILLAGE = "6", "村（社区）"
    GRADED = "7", "分级管理"


class BodyNature(models.TextChoices):
    """A.3 实施主体性质."""

    STATUTORY = "1", "法定机关"
    AUTHORISED = "2", "授权组织"
    ENTRUSTED = "3", "受委托组织"
    OTHER = "9", "其他"


class ServiceObject(models.TextChoices):
    """Own code of 服务对象; interfaces map it (A.4 and the platforms number it differently)."""

    PERSON = "person", "自然人"
    ORGANISATION = "organisation", "法人和其他组织"


class ApplicationChannel(models.TextChoices):
    """A.5 办理形式."""

    WINDOW = "1", "窗口办理"
    WEB = "2", "电脑端网上办理"
    MOBILE = "3", "移动端网上申请"
    COURIER = "4", "快递申请"
    OTHER = "9", "其他"


class HandlingType(models.TextChoices):
    """A.6 办件类型."""

    INSTANT = "1", "即办件"
    PROMISED = "2", "承诺件"
    OTHER = "9", "其他"


class PowerSource(models.TextChoices):
    """权力来源, practice of the exchange platforms."""

    OWN = "1", "法定本级行使"
    DELEGATED = "2", "上级下放"
    UPPER_AUTHORISED = "3", "上级授权"
    PEER_AUTHORISED = "4", "同级授权"
    UPPER_ENTRUSTED = "5", "上级委托"
    PEER_ENTRUSTED = "6", "同级委托"


class OnlineDepth(models.TextChoices):
    """网上办理深度, practice of the exchange platforms."""

    NONE = "0", "不支持网上办理"
    CONSULT = "1", "互联网咨询"
    COLLECT = "2", "互联网收件"
    PRECHECK = "3", "互联网预审"
    ACCEPT = "4", "互联网受理"
    HANDLE = "5", "互联网办理"
    RESULT = "6", "互联网办理结果信息反馈"
    LICENCE = "7", "互联网电子证照反馈"
    OTHER = "9", "其他"


class ServiceScope(models.TextChoices):
    """通办范围, GB/T 39046 table 4 item 33."""

    LOCAL = "local", "本区"
    COUNTIES = "counties", "跨县"
    CITIES = "cities", "跨市"
    PROVINCES = "provinces", "跨省"
    NATIONAL = "national", "全国"


class ReformKind(models.TextChoices):
    """证照分离 four ways, 国发〔2021〕7号."""

    NONE = "", "未列入"
    ABOLISHED = "abolished", "直接取消审批"
    FILING = "filing", "审批改为备案"
    COMMITMENT = "commitment", "实行告知承诺"
    OPTIMISED = "optimised", "优化审批服务"


class LicenceClass(models.TextChoices):
    """行政许可事项类型 of the implementation norm (实施规范)."""

    UNKNOWN = "", "（待配置）"
    CONDITION = "condition", "条件型"
    QUALIFICATION = "qualification", "资格型"
    REGISTRATION = "registration", "登记型"
    QUOTA = "quota", "数量型"


class TimeUnit(models.TextChoices):
    """Unit of a limit. A special law that merely says 日 means calendar days (design decision);
    limits set by the licensing law are working days (行政许可法 art. 82)."""

    WORKDAY = "workday", "工作日"
    DAY = "day", "日"


class ClockStart(models.TextChoices):
    """Event a limit counts from. 行政许可法 art. 42: acceptance; some laws: receipt."""

    ACCEPTED = "accepted", "受理"
    RECEIVED = "received", "收到"


class ItemKind(models.TextChoices):
    """业务办理项: the finer unit from the applicant's view."""

    NEW = "new", "新办"
    CHANGE = "change", "变更"
    RENEW = "renew", "延续"
    REISSUE = "reissue", "补证"
    CANCEL = "cancel", "注销"
    OTHER = "other", "其他"


class Necessity(models.TextChoices):
    """材料必要性."""

    REQUIRED = "required", "必要"
    DEFERRABLE = "deferrable", "容缺"
    OPTIONAL = "optional", "非必要"


class MaterialForm(models.TextChoices):
    """材料类型 and 形式 in one: what is handed in."""

    ORIGINAL = "original", "原件"
    COPY = "copy", "复印件"
    BOTH = "both", "原件和复印件"
    ELECTRONIC = "electronic", "电子"


class MaterialSource(models.TextChoices):
    """来源渠道."""

    APPLICANT = "applicant", "申请人自备"
    GOVERNMENT = "government", "政府部门核发"
    INTERMEDIARY = "intermediary", "中介机构"
    OTHER = "other", "其他"


class ResultKind(models.TextChoices):
    """审批结果类型."""

    CERTIFICATE = "certificate", "证"
    REPLY = "reply", "批复"
    DOCUMENT = "document", "文"
    DECISION = "decision", "决定书"


class ConditionKind(models.TextChoices):
    """Two lists a reader needs apart."""

    APPLIES = "applies", "受理条件"
    EXCLUDES = "excludes", "不能办的情形"


class Certainty(models.TextChoices):
    """How sure a loaded fact is; `data/README.md`."""

    OFFICIAL = "official", "本部门确认"
    STATUTE = "statute", "依法条"
    FOUND = "found", "见于公开文本"
    KNOWN = "known", "依常识"
    ESTIMATED = "estimated", "推定"


class ThemeKind(models.TextChoices):
    """主题 or 生命周期."""

    THEME = "theme", "主题"
    STAGE = "stage", "生命周期"


class ThemeAudience(models.TextChoices):
    """Whom a theme serves."""

    PERSON = "person", "个人"
    ORGANISATION = "organisation", "法人"
    BOTH = "both", "个人和法人"
