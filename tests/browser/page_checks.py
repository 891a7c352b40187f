"""What every page must pass."""

from contextlib import suppress
from time import monotonic

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Frame, Page

PATIENCE = 30.0
# A colour on its way to another is neither of them.
AT_REST = "() => document.getAnimations().forEach(each => each.cancel())"
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and its best practices, a line each."""
    # Words stand there before their colours do.
    page.wait_for_load_state("load")
    page.evaluate(AT_REST)
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{each['id']}: {node['html']} {node['failureSummary']}" for each in found for node in each["nodes"]]


def until(page: Page | Frame, is_true: str, arg: object = None) -> None:
    """Waits until the page says so. Playwright's own waiting asks by `eval`, which our pages forbid."""
    began = monotonic()
    while not _says(page, is_true, arg):
        assert monotonic() - began < PATIENCE, f"never true: {is_true}"
        page.wait_for_timeout(20)


def _says(page: Page | Frame, is_true: str, arg: object) -> bool:
    # A page on its way to another answers nothing.
    with suppress(Error):
        return bool(page.evaluate(is_true, arg))
    return False


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    overflow: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return overflow
