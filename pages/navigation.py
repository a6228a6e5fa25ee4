"""The portal's own map: main navigation, utility links, footer, human site map.

A link is shown only when its address exists in this installation, so a page that is not built yet
(or an app that is switched off) leaves no dead link behind.
"""

import functools
from dataclasses import dataclass

from django.urls import Resolver404, resolve

from accounts import policies


@dataclass(frozen=True)
class Place:
    """One address of the portal. `prefixes`: further addresses that belong to this section."""

    label: str
    url: str
    prefixes: tuple[str, ...] = ()
    note: str = ""

    def state(self, path: str) -> str:
        """Value of aria-current for a reader at `path`: "page", "true" (inside) or ""."""
        if path == self.url:
            return "page"
        inside = any(path.startswith(prefix) for prefix in (self.url, *self.prefixes))
        return "true" if self.url != "/" and inside else ""


HOME = Place("首页", "/", note="搜索、主题、常办事项")
PERSONAL = Place("个人办事", "/geren/", note="自然人可以申请的许可事项，按主题查")
BUSINESS = Place("企业办事", "/faren/", note="企业和其他组织可以申请的许可事项，按主题查")
AGENCIES = Place("部门", "/dept/", note="按实施部门查事项")
CATALOGUE = Place("事项清单", "/catalog/", note="行政许可事项清单，可下载")
LISTS = Place("清单公开", "/lists/", note="证明事项、告知承诺、容缺、网上办马上办一次办，可下载")
CENTRES = Place("办事大厅", "/places/", note="区级、专业和街道中心")
NOTICES = Place("通知公告", "/notices/", note="事项调整与本站公告")
OPEN_DATA = Place("开放数据", "/open-data/", note="目录和指南整份下载，供再利用")
INTERFACE = Place("数据接口", "/api/", note="给其他系统的接口和说明")
SEARCH = Place("搜索", "/s/", note="用日常说法找指南")
HELP = Place("使用帮助", "/help/", note="怎样查指南、自测和打印材料清单")
ABOUT = Place("关于本站", "/about/", note="谁在办、办什么、数据从哪来")
ACCESSIBILITY = Place("无障碍声明", "/a11y/", note="做到了什么、怎样反馈")
PRIVACY = Place("隐私说明", "/privacy/", note="收集什么、怎样保护")
SITE_MAP = Place("站点地图", "/sitemap/", note="本站全部栏目")
FEEDBACK = Place("我为政府网站找错", "/feedback/", note="告诉我们哪里错了")
LOGIN = Place("登录", "/login/", note="工作人员登录")
ACCOUNT = Place("我的账户", "/me/security/", ("/me/",), note="密码、动态口令和登录记录")
MANAGEMENT = Place("管理后台", "/admin/", note="目录、机构和站点内容")

MAIN = (HOME, PERSONAL, BUSINESS, AGENCIES, CATALOGUE, CENTRES, NOTICES, HELP)
ELDER = (HOME, PERSONAL, BUSINESS, CENTRES)  # 长辈版: fewer words; the footer keeps the rest
UTILITY = (Place("无障碍", "/a11y/"), LOGIN)
SIGNED_IN = (Place("无障碍", "/a11y/"), ACCOUNT)
FOOTER = (
    ("办事", (PERSONAL, BUSINESS, CATALOGUE, LISTS, CENTRES)),
    ("了解", (AGENCIES, NOTICES, HELP, ABOUT, OPEN_DATA, INTERFACE)),
    ("本站", (SITE_MAP, ACCESSIBILITY, PRIVACY, FEEDBACK)),
)
PUBLIC = (
    HOME,
    PERSONAL,
    BUSINESS,
    AGENCIES,
    CATALOGUE,
    LISTS,
    CENTRES,
    NOTICES,
    HELP,
    OPEN_DATA,
    INTERFACE,
    ABOUT,
    ACCESSIBILITY,
    PRIVACY,
    SITE_MAP,
    FEEDBACK,
)


@functools.lru_cache(maxsize=64)
def exists(url: str) -> bool:
    """Whether this installation serves the address."""
    try:
        resolve(url)
    except Resolver404:
        return False
    return True


def live(places) -> list[Place]:
    return [place for place in places if exists(place.url)]


def links(places, path: str) -> list[dict]:
    """Rows for the templates: label, url, note and aria-current for a reader at `path`."""
    return [
        {
            "label": place.label,
            "url": place.url,
            "note": place.note,
            "current": place.state(path),
        }
        for place in live(places)
    ]


def utility(user):
    """Places of the utility bar: the sign-in for a stranger, the own account otherwise."""
    if user is None or not user.is_authenticated:
        return UTILITY
    opens = user.is_staff and policies.opens_admin(user.roles)
    return (*SIGNED_IN, MANAGEMENT) if opens else SIGNED_IN


def footer_groups(path: str) -> list[dict]:
    groups = [{"label": label, "links": links(places, path)} for label, places in FOOTER]
    return [group for group in groups if group["links"]]


def site_map_groups(path: str) -> list[dict]:
    """The fixed pages in the groups of the human site map."""
    groups = (
        ("办事", (HOME, SEARCH, PERSONAL, BUSINESS, AGENCIES, CATALOGUE, LISTS, CENTRES)),
        ("帮助与公告", (HELP, NOTICES, FEEDBACK)),
        ("开放", (OPEN_DATA, INTERFACE)),
        ("关于本站", (ABOUT, ACCESSIBILITY, PRIVACY, LOGIN)),
    )
    rows = [{"label": label, "links": links(places, path)} for label, places in groups]
    return [row for row in rows if row["links"]]
