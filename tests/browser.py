"""Real pages in the system's Chromium.

`new_page` opens a page as a reader in Tianjin would (Chinese, Asia/Shanghai) and fails the test
when the browser reported anything: a CSP violation, a script error, a missing file.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def chromium() -> str | None:
    """Path of the system's Chromium."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """One browser per module. Without Chromium: skipped on a laptop, an error in CI.

    Not longer: while Playwright's event loop runs, Django keeps a second connection for this
    thread, and tests of other modules would leave it open.
    """
    program = chromium()
    if program is None:
        reason = "no Chromium on this machine: install it to run browser tests"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # slow to load, needed by few

    # Playwright keeps an event loop running; Django would take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def new_page(browser) -> Iterator[Callable]:
    """Factory: `new_page(width=390, java_script_enabled=False)` gives a page in a fresh context.

    `page.problems` lists what the browser complained about; it must be empty at the end of the
    test, so a test that provokes a complaint clears it.
    """
    contexts, pages = [], []

    def make(width: int = 1280, height: int = 900, **options):
        context = browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        pages.append(page)
        page.problems = collect_problems(page)
        return page

    yield make
    problems = [problem for page in pages for problem in page.problems]
    for context in contexts:
        context.close()
    assert problems == []


def collect_problems(page) -> list[str]:
    """A list that fills with console errors (CSP violations are among them) and script errors."""
    problems: list[str] = []
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: problems.append(str(error)))
    return problems
