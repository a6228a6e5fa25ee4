"""One page type in one mode, looked at in every width: axe, sideways scroll, heading, controls.

One module a mode, so that they run side by side. A page is opened once and its window made
narrower: the document stays the same, so axe's rules about structure run at the first width and
only those about what is seen run again at the next.
"""

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.places import PUBLIC, cookies, forgive

WIDE, PHONE, NARROW = 1280, 390, 320  # pixels; at 320 nothing may scroll sideways (WCAG 1.4.10)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEEN = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"]
ALL_RULES = {"type": "tag", "values": TAGS}
SEEN_RULES = {"type": "rule", "values": SEEN}
SMALL_CONTROLS = """() => [...document.querySelectorAll('main button, main .button')]
    .filter(e => e.offsetParent && e.getBoundingClientRect().height < 60)
    .map(e => e.textContent.trim())"""


def violations(page, rules: dict = ALL_RULES) -> list[str]:
    """axe's findings as `rule: selector`."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


def low_heading(page) -> list[str]:
    """The h1 begins within the first 40 % of a phone's screen (844 px): no header hides it."""
    top = page.evaluate("document.querySelector('h1').getBoundingClientRect().top + scrollY")
    return [f"the h1 stands {top:.0f} px from the top"] if top > 844 * 0.4 else []


def sideways(page) -> list[str]:
    """Nothing is wider than the screen."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"{width} px wide"] if width > NARROW else []


def small_for_elders(page) -> list[str]:
    """长辈版: text at least 18 px, main controls at least 60 px high (适老化通用设计规范)."""
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    small = [f"text of {size} px"] if size < 18 else []
    return small + [f"small control: {words}" for words in page.evaluate(SMALL_CONTROLS)]


def scan(portal: str, new_page, name: str, mode: str) -> dict[int, list[str]]:
    """Findings of the page type `name` by width; no findings: an empty dictionary."""
    page = new_page(WIDE)
    page.context.add_cookies(cookies(portal, mode))
    page.goto(portal + PUBLIC[name])
    found = {WIDE: violations(page)}
    resize(page, PHONE)
    found[PHONE] = violations(page, SEEN_RULES) + low_heading(page)
    if mode == "elder" and name != "gallery":
        found[PHONE] += small_for_elders(page)
    resize(page, NARROW)
    found[NARROW] = sideways(page)
    forgive(page, name)
    return {width: findings for width, findings in found.items() if findings}


def resize(page, width: int) -> None:
    """Make the window narrower and wait until it is drawn."""
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
