"""axe on every page type in one mode and two widths, and where the heading stands on a phone.

One module a mode, so that they run side by side.
"""

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.places import PUBLIC, cookies, forgive

WIDTHS = (1280, 390)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def violations(page) -> list[str]:
    """axe's findings as `rule: selector`."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


def low_heading(page) -> list[str]:
    """The h1 begins within the first 40 % of a phone's screen (844 px): no header hides it."""
    top = page.evaluate("document.querySelector('h1').getBoundingClientRect().top + scrollY")
    return [f"the h1 stands {top:.0f} px from the top"] if top > 844 * 0.4 else []


def scan(portal: str, new_page, name: str, mode: str) -> dict[int, list[str]]:
    """Findings of the page type `name` by width."""
    found = {}
    for width in WIDTHS:
        page = new_page(width)
        page.context.add_cookies(cookies(portal, mode))
        page.goto(portal + PUBLIC[name])
        found[width] = violations(page) + (low_heading(page) if width == 390 else [])
        forgive(page, name)
    return found
