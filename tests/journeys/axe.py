"""axe on every page type in one mode and two widths; one module a mode, so that they run side by
side."""

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.places import PUBLIC, cookies, forgive

WIDTHS = (1280, 390)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def violations(page) -> list[str]:
    """axe's findings as `rule: selector`."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


def scan(portal: str, new_page, name: str, mode: str) -> dict[int, list[str]]:
    """Findings of the page type `name` by width."""
    found = {}
    for width in WIDTHS:
        page = new_page(width)
        page.context.add_cookies(cookies(portal, mode))
        page.goto(portal + PUBLIC[name])
        found[width] = violations(page)
        forgive(page, name)
    return found
