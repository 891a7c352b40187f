"""The button is drawn in the municipality's colour, and whatever that is, its words can be read."""

import random
import re

import pytest
from playwright.sync_api import Page, Route

from bot.municipality.colours import LEAST_CONTRAST, contrast
from bot.web.pages import LOADER

pytestmark = pytest.mark.browser

OURS = "#1d5a4b"
# The hardest are those where white and black stand off alike.
COLOURS = ["#1d4e89", "#ffd24c", "#000000", "#ffffff", "#757575", "#767676", "#777777"]
COLOURS += [f"#{random.Random(number).randrange(2**24):06X}" for number in range(20)]


def drawn(page: Page, attribute: str) -> tuple[str, str]:
    """The button's colour and that of its words, on a page that names them so and forbids styles of its own."""
    tag = f'<script src="https://hjemad.example/widget.js" data-municipality="eksempel" {attribute} async></script>'
    policy = {"Content-Security-Policy": "script-src https://hjemad.example; style-src 'none'"}

    def serve(route: Route) -> None:
        if route.request.url.endswith("/widget.js"):
            route.fulfill(path=LOADER, content_type="text/javascript")
        else:
            route.fulfill(body=f"<!doctype html><title>Kommunen</title>{tag}", content_type="text/html", headers=policy)

    page.unroute_all()
    page.route("**/*", serve)
    page.goto("https://kommunen.example/")
    shown = page.get_by_role("button").evaluate(
        "(it) => [getComputedStyle(it).backgroundColor, getComputedStyle(it).color]"
    )
    background, words = (_as_hex(colour) for colour in shown)
    return background, words


def _as_hex(rgb: str) -> str:
    red, green, blue = (int(part) for part in re.findall(r"\d+", rgb))
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_the_words_on_every_colour_can_be_read(page: Page) -> None:
    for colour in COLOURS:
        background, words = drawn(page, f'data-colour="{colour}"')
        assert background == colour.lower()
        assert contrast(background, words) >= LEAST_CONTRAST, colour


def test_without_a_colour_it_is_ours(page: Page) -> None:
    assert drawn(page, "") == (OURS, "#ffffff")


@pytest.mark.parametrize("colour", ["blå", "#12345", "#1d5a4b;x", "url(//x)"])
def test_what_is_no_colour_is_told_to_whoever_builds_the_page(page: Page, colour: str) -> None:
    told = list[str]()
    page.on("console", lambda message: told.append(message.text))
    assert drawn(page, f'data-colour="{colour}"') == (OURS, "#ffffff")
    assert [text for text in told if "data-colour" in text] == ["Hjemad: data-colour is to be like #1d5a4b"]
