"""清单公开: every list the office publishes, each with its rows, its count and its ratio.

`LISTS` is the table; the pages, the downloads and the site map read nothing else. A list says what
it is, on which rule it rests and where its rows come from.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from matters import statistics
from matters.exports import Column
from matters.models import SampleDossier
from matters.models.choices import HandlingType
from matters.presenting.materials import DEFERRAL_BASIS
from matters.public_lists.rows import (
    Row,
    commitment_rows,
    deferrable_materials,
    deferrable_rows,
    listing_count,
    listing_rows,
    matter_count,
    matter_rows,
    proof_rows,
    proofs,
    sample_rows,
)
from matters.services.loading import CROSS_LISTS
from matters.statistics import Ratio

FLAG_SOURCE = "事项目录中的标注（推定，以正式公布为准）"
GUIDE_SOURCE = "已公布的办事指南"


@dataclass(frozen=True)
class PublicList:
    """One published list. `linked` is the column whose cell carries the row's address; `filtered`
    the query of the licence list that shows the same matters, for who wants to count them."""

    slug: str
    name: str
    group: str
    lead: str
    basis: str
    source: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]
    count: Callable[[], int]
    unit: str = "项"
    linked: int = 0
    filtered: str = ""
    ratios: Callable[[], tuple[Ratio, ...]] = field(default=tuple)
    note: str = ""

    @property
    def url(self) -> str:
        return reverse("matters:public_list", args=[self.slug])

    @property
    def filtered_url(self) -> str:
        """The licence list narrowed to the same matters."""
        return f"{reverse('matters:catalogue')}?{self.filtered}" if self.filtered else ""


def _ratio(*names: str) -> Callable[[], tuple[Ratio, ...]]:
    def ratios() -> tuple[Ratio, ...]:
        counts = statistics.counts()
        return tuple(getattr(counts, name) for name in names)

    return ratios


MATTER_COLUMNS = (
    Column("序号", 7),
    Column("事项名称", 46),
    Column("实施主体", 24),
    Column("承诺时限", 14),
    Column("到现场次数", 12),
    Column("办件类型", 10),
    Column("可靠程度", 12),
)


LISTING_COLUMNS = (
    Column("序号", 7),
    Column("事项名称", 46),
    Column("实施主体", 24),
    Column("在该清单中的名称或范围", 40),
)
PROMISE = "减证便民：能少交的证明"
FAST = "网上办、马上办、一次办"
ALIGNED = "与其他清单的衔接"

LISTS: tuple[PublicList, ...] = (
    PublicList(
        "proofs",
        "证明事项清单",
        PROMISE,
        "办事时部门可以要求您提供的证明都在这里。清单之外的证明，部门不能要。",
        "《优化营商环境条例》第四十四条：列明设定依据、索要单位、开具单位、办理指南。",
        f"{GUIDE_SOURCE}里名称带“证明”的申请材料",
        (
            Column("证明名称", 36),
            Column("用于哪个事项", 36),
            Column("索要单位", 20),
            Column("开具单位", 24),
            Column("设定依据", 40),
            Column("办理指南", 40),
            Column("替代方式", 18),
            Column("可靠程度", 12),
        ),
        proof_rows,
        lambda: proofs().count(),
        note="有电子证照可以代替的，窗口自己查，您不用交。写着“待配置”的，等部门核实后补上。",
    ),
    PublicList(
        "commitment",
        "告知承诺事项清单",
        PROMISE,
        "先告诉您条件和后果，您承诺符合就先办，事后再核查。愿不愿意由您选。",
        "国办发〔2020〕42号。证明事项和涉企经营许可事项的告知承诺分别列清单。",
        FLAG_SOURCE,
        (
            Column("序号", 7),
            Column("事项名称", 46),
            Column("实施主体", 24),
            Column("要签的承诺书", 30),
            Column("承诺时限", 14),
            Column("实行依据", 24),
            Column("可靠程度", 12),
        ),
        commitment_rows,
        matter_count(commitment=True),
        linked=1,
        filtered="way=commitment",
        note="证明事项实行告知承诺的单独清单待配置；可以用承诺代替的证明，证明事项清单里会写明。",
    ),
    PublicList(
        "deferrable",
        "容缺受理事项清单",
        PROMISE,
        "差一份次要材料也能先收先办，您承诺在期限内补上就行。",
        DEFERRAL_BASIS,
        FLAG_SOURCE,
        MATTER_COLUMNS,
        matter_rows(deferrable=True),
        matter_count(deferrable=True),
        linked=1,
        filtered="way=deferrable",
    ),
    PublicList(
        "deferrable-materials",
        "容缺材料清单",
        PROMISE,
        "可以后补的材料，一份一份列清楚：哪件事、哪种情形、多久补上。",
        DEFERRAL_BASIS,
        f"{GUIDE_SOURCE}里标为“容缺”的申请材料",
        (
            Column("材料名称", 36),
            Column("用于哪个事项", 36),
            Column("实施主体", 20),
            Column("业务办理项", 36),
            Column("适用情形", 40),
            Column("后补期限", 14),
            Column("可靠程度", 12),
        ),
        deferrable_rows,
        lambda: deferrable_materials().count(),
        unit="份",
    ),
    PublicList(
        "online",
        "网上办清单",
        FAST,
        "在网上就能提出申请的事项。窗口一样受理，用哪种方式您自己选。",
        "《优化营商环境条例》第三十七条",
        FLAG_SOURCE,
        MATTER_COLUMNS,
        matter_rows(online=True),
        matter_count(online=True),
        linked=1,
        filtered="way=online",
        ratios=_ratio("online"),
    ),
    PublicList(
        "instant",
        "马上办清单",
        FAST,
        "目录里标注“马上办”的事项。标注不等于当场拿证，当场办结的另列一张清单。",
        "按公布的马上办目录标注统计",
        FLAG_SOURCE,
        MATTER_COLUMNS,
        matter_rows(instant=True),
        matter_count(instant=True),
        linked=1,
        filtered="way=quick",
        ratios=_ratio("instant", "on_the_spot"),
        note="两个比例口径不同：前一个数目录的标注，后一个只数当场办结的即办件。",
    ),
    PublicList(
        "on-the-spot",
        "即办件清单",
        FAST,
        "材料齐全就当场办结的事项。",
        "办件类型：GB/T 39046—2020 附录 A.6",
        f"{GUIDE_SOURCE}的办件类型",
        MATTER_COLUMNS,
        matter_rows(handling_type=HandlingType.INSTANT),
        matter_count(handling_type=HandlingType.INSTANT),
        linked=1,
        filtered="type=instant",
        ratios=_ratio("on_the_spot"),
    ),
    PublicList(
        "once",
        "一次办清单",
        FAST,
        "最多跑一次现场就能办成的事项，包括一次都不用跑的。",
        "按到办事现场次数统计",
        f"{GUIDE_SOURCE}的到现场次数",
        MATTER_COLUMNS,
        matter_rows(visits__lte=1),
        matter_count(visits__lte=1),
        linked=1,
        filtered="way=once",
        ratios=_ratio("once"),
    ),
    PublicList(
        "cross-province",
        "跨省通办事项清单",
        ALIGNED,
        "列入国家“跨省通办”清单、在本区有对应许可的事项。",
        "国办发〔2020〕35号、国办发〔2022〕34号",
        "公开文本里的国家清单，与本区目录逐项对照",
        LISTING_COLUMNS,
        listing_rows("cross-province"),
        listing_count("cross-province"),
        linked=1,
        filtered="list=cross-province",
    ),
    *(
        PublicList(
            slug,
            name,
            ALIGNED,
            f"本区行政许可中列入{name}的事项。",
            "行政许可事项清单应当与它衔接一致（国办发〔2022〕2号）",
            "由目录管理人员按公布的清单录入",
            LISTING_COLUMNS,
            listing_rows(slug),
            listing_count(slug),
            linked=1,
            filtered=f"list={slug}",
        )
        for slug, name in CROSS_LISTS.items()
    ),
    PublicList(
        "samples",
        "样板卷",
        "照着准备",
        "每件事一卷样板：材料长什么样、怎么填、哪里最容易错。",
        "《行政许可法》第三十条：公示申请书示范文本",
        "由办事指南生成的演示样例，部门可以逐份替换",
        (
            Column("序号", 7),
            Column("事项名称", 46),
            Column("实施主体", 24),
            Column("样张数", 8),
            Column("讲解视频", 16),
            Column("可靠程度", 12),
        ),
        sample_rows,
        lambda: SampleDossier.objects.public().count(),
        unit="卷",
        linked=1,
    ),
)
BY_SLUG = {entry.slug: entry for entry in LISTS}
