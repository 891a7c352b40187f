"""A page in which modules of the chat run, without a server."""

import pytest
from playwright.sync_api import Page, Route

from bot.web.templating import STATIC
from tests.support.chat_modules import Run

# Not localhost: so the page is no secure context, as on a test installation without HTTPS.
ADDRESS = "http://hjemad.test"


BLANK = '<!doctype html><html lang="da"><title>x</title><main id="scroller"><div id="log"></div></main></html>'


@pytest.fixture
def run(page: Page) -> Run:
    """Runs the body of an async function in a page of our origin; `load(name)` imports a module of the chat."""

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"), content_type="text/javascript")
        else:
            route.fulfill(body=BLANK, content_type="text/html; charset=utf-8")

    page.route(f"{ADDRESS}/**", serve)
    page.goto(f"{ADDRESS}/")
    return lambda body: page.evaluate(
        f"async () => {{ const load = (name) => import(`/static/chat/${{name}}.js`); {body} }}"
    )
