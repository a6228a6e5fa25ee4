"""Where a guide page stands: 首页 › 个人/企业办事 › 主题 › 事项 (› page)."""

from typing import Any

from django.urls import NoReverseMatch, reverse

AUDIENCES = {"person": ("个人办事", "person"), "organisation": ("企业办事", "organisation")}


def guide_crumbs(guide: dict[str, Any], *pages: str) -> list[dict[str, str]]:
    """Crumbs in the shape of `components/breadcrumb.html`; the last one is the page itself."""
    crumbs = [_audience(guide), _theme(guide)]
    crumbs.append(_crumb(guide["name"], "guide", guide["seq"]))
    crumbs += [{"label": page, "url": ""} for page in pages]
    return [crumb for crumb in crumbs if crumb]


def _audience(guide: dict[str, Any]) -> dict[str, str] | None:
    """A matter open to both stands under 企业办事, where most of the catalogue is."""
    code = "organisation" if "organisation" in guide["audience"] else "person"
    label, name = AUDIENCES[code]
    return _crumb(label, name)


def _theme(guide: dict[str, Any]) -> dict[str, str] | None:
    theme = next((theme for theme in guide["themes"] if theme["kind"] == "theme"), None)
    return _crumb(theme["name"], "theme", theme["slug"]) if theme else None


def _crumb(label: str, name: str, *arguments: Any) -> dict[str, str] | None:
    try:
        return {"label": label, "url": reverse(f"matters:{name}", args=arguments)}
    except NoReverseMatch:  # that page family is switched off in this installation
        return None
