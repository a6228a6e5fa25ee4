"""Who may open which page of the editing desk, and the rows its navigation shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.roles import Role
from common.errors import Refused

EDITOR = Role.CATALOGUE_EDITOR
REVIEWER = Role.CATALOGUE_REVIEWER
#: work here every day
CATALOGUE = (EDITOR, REVIEWER)
View = Callable[..., HttpResponse]
#: pages of the navigation only editors may open
EDITORS_PLACES = (("imports", "导入导出", "arrows-up-down"),)


def for_roles(*roles: str) -> Callable[[View], View]:
    """Only for people with one of the roles; others read a plain sentence (403)."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            check_role(request, *roles)
            return view(request, *args, **kwargs)

        return checked

    return wrap


def check_role(request: HttpRequest, *roles: str) -> None:
    """Refuse (403) who holds none of the roles."""
    if not request.user.has_role(*roles):
        needed = "、".join(Role(role).label for role in roles)
        message = (
            f"这一页供{needed}岗位使用，您现在没有这些岗位。"
            "如果工作需要，请联系系统管理员授予岗位。"
        )
        raise Refused("wrong_role", message, status=403)


def side_links(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The desk's own navigation; `current` is the name of the page."""
    places = (
        ("desk_waiting", "我的待办", "inbox"),
        ("desk_list", "全部事项", "queue-list"),
        ("desk_findings", "数据质量", "shield-check"),
        ("desk_samples", "样板卷和清单", "document-duplicate"),
        *EDITORS_PLACES * request.user.has_role(EDITOR),
    )
    return [
        {
            "label": label,
            "icon": icon,
            "url": reverse(f"matters:{name}"),
            "current": name == current,
        }
        for name, label, icon in places
    ]
