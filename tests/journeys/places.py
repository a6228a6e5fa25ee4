"""Every kind of page a citizen can open, and the three modes of reading them."""

#: one address per page type; a new page type joins here and is checked in all modes and widths
PUBLIC = {
    "home": "/",
    "person": "/geren/",
    "organisation": "/faren/",
    "theme": "/theme/medical-health/",
    "stage": "/stage/stage-open/",
    "agencies": "/dept/",
    "agency": "/dept/government-services-office/",
    "catalogue": "/catalog/?dept=market-regulation",
    "lists": "/lists/",
    "list-proofs": "/lists/proofs/?dept=区市场监管局",
    "list-instant": "/lists/instant/",
    "search": "/s/?q=开饭店",
    "search-nothing": "/s/?q=zzzz",
    "guide": "/item/113/",
    "guide-staged": "/item/70/",
    "guide-fee": "/item/31/",
    "check": "/item/1/check/",
    "materials": "/item/1/materials/?item=01&q_investor=foreign&q_land=granted&q_energy=under",
    "sample": "/item/113/sample/",
    "sample-sheet": "/item/109/sample/layout/",
    "history": "/item/113/history/",
    "guide-feedback": "/item/113/feedback/",
    "places": "/places/",
    "place": "/places/district/",
    "place-specialised": "/places/legal/",
    "place-matters": "/places/police/matters/",
    "notices": "/notices/",
    "help": "/help/",
    "open-data": "/open-data/",
    "interface": "/api/",
    "about": "/about/",
    "accessibility": "/a11y/",
    "privacy": "/privacy/",
    "site-map": "/sitemap/",
    "feedback": "/feedback/",
    "login": "/login/",
    "not-found": "/no-such-page/",
    "gallery": "/gallery/",
}

#: the answer of a page that is not found is an error in the browser's eyes
EXPECTED_COMPLAINTS = {"not-found": "status of 404"}

MODES = {
    "normal": {},
    "elder": {"display": "elder"},
    "contrast": {"contrast": "high"},
}


def cookies(portal: str, mode: str) -> list[dict[str, str]]:
    """Cookies of a mode, as Playwright takes them."""
    return [{"name": key, "value": value, "url": portal} for key, value in MODES[mode].items()]


def forgive(page, name: str) -> None:
    """Drop the complaint a page is expected to cause."""
    if expected := EXPECTED_COMPLAINTS.get(name):
        page.problems[:] = [text for text in page.problems if expected not in text]
