"""The desk's frame and its home: which areas a person's roles open, and what waits there."""

from dataclasses import dataclass
from typing import Any

from accounts import policies
from accounts.models import User
from accounts.roles import Role
from matters import worklist
from matters.policies import READERS
from pages.navigation import exists

HOME_URL = "/desk/"


@dataclass(frozen=True)
class Area:
    """One area of the desk. An area whose address this installation lacks is not shown."""

    label: str
    url: str
    icon: str
    note: str
    roles: tuple[str, ...]


#: in the order of the header; later apps add theirs here
AREAS = (Area("事项目录", "/desk/matters/", "book-open", "编辑、审核和发布办事指南", READERS),)


def areas_of(user: User) -> list[Area]:
    """Areas the person's roles open."""
    return [area for area in AREAS if user.has_role(*area.roles) and exists(area.url)]


def frame(request: Any) -> dict[str, Any]:
    """`desk` of the templates: home and areas, for people of the staff only."""
    user = getattr(request, "user", None)
    if user is None or not request.path.startswith(HOME_URL) or not user.is_authenticated:
        return {}
    links = [{"label": "工作台", "url": HOME_URL, "current": _state(HOME_URL, request.path)}]
    links += [
        {"label": area.label, "url": area.url, "current": _state(area.url, request.path)}
        for area in areas_of(user)
    ]
    if policies.opens_admin(user.roles):
        links.append({"label": "管理后台", "url": "/admin/", "current": ""})
    return {"home_url": HOME_URL, "areas": links}


def _state(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if url != HOME_URL and path.startswith(url) else ""


def role_words(user: User) -> list[dict[str, str]]:
    """Roles as tags, in the order of the table of roles."""
    return [{"label": role.label, "variant": "info"} for role in Role if role in user.roles]


def waiting(user: User) -> list[dict[str, Any]]:
    """What waits for the person: rows {label, count, url, text}; only piles that hold something."""
    if not user.has_role(*READERS) or not exists("/desk/matters/"):
        return []
    work = worklist.worklist(user)
    findings = worklist.finding_counts(user)
    piles = (
        ("退回给我的指南", len(work.returned), "/desk/matters/#returned", "改好后再提交"),
        ("等我审核的指南", len(work.to_review), "/desk/matters/#to_review", "先看对照"),
        ("等我发布的指南", len(work.to_publish), "/desk/matters/#to_publish", "立即或定时发布"),
        ("我的草稿", len(work.drafts), "/desk/matters/#drafts", "还没有提交"),
        (
            "须改正的质量问题",
            findings["blocking"],
            "/desk/matters/findings/?severity=blocking",
            "现行指南里的错误和矛盾",
        ),
    )
    return [
        {"label": label, "count": count, "url": url, "text": text}
        for label, count, url, text in piles
        if count
    ]
