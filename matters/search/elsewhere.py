"""What people ask here and another office does: said on the page instead of a far-fetched hit.

Only what is certain from general rules; never a telephone number. `slug` names an agency of the
portal (`data/agencies.csv`).
"""

from dataclasses import dataclass

from matters.search.documents import comparable


@dataclass(frozen=True)
class Signpost:
    """Who does it. `what` names the matter, `slug` the agency."""

    what: str
    slug: str
    where: str


_TABLE: tuple[tuple[str, str, str, str], ...] = (
    (
        "房产证 不动产 不动产证 不动产登记 房屋过户 买房过户 卖房过户 二手房过户 房子过户 房产过户 "
        "过户房子 房本 房产证加名 产权证 房屋继承",
        "不动产登记",
        "real-estate-registration",
        "区不动产登记事务中心",
    ),
    (
        "二手车过户 汽车过户 车辆过户 机动车过户 驾照 驾驶证 驾照换证 驾驶证换证 考驾照 学车 违章 "
        "交通违法 车管所 车辆年检 年检标志 车检 车辆报废",
        "机动车和驾驶证业务",
        "vehicle-administration",
        "公安交管车管所",
    ),
    (
        "结婚 结婚证 结婚登记 领证结婚 离婚 离婚证 离婚登记 婚姻登记 低保 最低生活保障 特困 "
        "临时救助 收养登记 困难补助",
        "婚姻登记和社会救助",
        "civil-affairs",
        "区民政局（救助也可到所在街道）",
    ),
    (
        "身份证 身份证丢了 补办身份证 换身份证 居住证 暂住证 无犯罪记录 无犯罪证明 养狗证 狗证 "
        "办狗证 养犬登记 养犬证 改名字 户口本改名 报警",
        "身份证、居住证、养犬登记等",
        "public-security",
        "公安河东分局和所在地派出所",
    ),
    (
        "医保报销 医疗报销 异地就医 医保缴费 门诊报销 住院报销 医保断缴 慢性病医保 门特",
        "医疗保险",
        "medical-insurance-branch",
        "市医保局河东分中心",
    ),
    (
        "失业金 失业保险 工伤 工伤认定 工伤保险 劳动仲裁 拖欠工资 讨薪 欠薪 最低工资 职称 "
        "人事档案 档案存放 创业贷款 创业补贴",
        "就业、工伤和劳动争议",
        "human-resources-social-security",
        "区人力资源社会保障局",
    ),
    (
        "公租房 廉租房 保障房 租房补贴 保障性住房 住房补贴 物业纠纷 物业费 维修基金",
        "住房保障和物业管理",
        "housing-construction",
        "区住房和建设委",
    ),
    ("法律援助 公证 公证处 律师 人民调解", "法律服务", "justice", "区司法局"),
    ("起诉 打官司 法院 立案 诉讼", "诉讼", "peoples-court", "区法院"),
    ("个税 个人所得税 退税 报税 印花税 完税证明 房产税", "纳税", "taxation", "河东区税务局"),
    ("12345 投诉 举报 我要投诉 咨询电话 热线 噪音扰民", "咨询和投诉", "", "12345 热线"),
)
_KNOWN = {
    comparable(words): Signpost(what, slug, where)
    for sayings, what, slug, where in _TABLE
    for words in sayings.split()
}
_LONGEST_FIRST = sorted(_KNOWN, key=len, reverse=True)


def signpost(core: str) -> Signpost | None:
    """Who does what `core` (comparable form) asks for; None when that is not known."""
    return next((_KNOWN[words] for words in _LONGEST_FIRST if words in core), None)
