"""What is logged has the number of its request, and in JSON is one object a line."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import of_request, set_up, this_request


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    # Those of the tests themselves must not be closed.
    root.handlers = []
    yield
    root.handlers, root.level = handlers, level


def test_a_line_of_json_tells_what_where_when_and_about_which_request(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("web", "json")
    with of_request(None) as number:
        logging.getLogger("bot.web").warning("æ %s\nnext", "ø")
    logging.getLogger("bot.web").warning("outside")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    told = {"level": "WARNING", "process": "web", "logger": "bot.web", "message": "æ ø\nnext", "request": number}
    assert first == told | {"at": first["at"]}
    assert first["at"].endswith("+00:00")
    assert "request" not in second


def test_an_error_keeps_its_trace_on_its_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("web", "json")
    try:
        int("broken")
    except ValueError:
        logging.getLogger("bot").exception("so")
    [line] = capsys.readouterr().err.splitlines()
    assert json.loads(line)["trace"].endswith("'broken'")


def test_plain_lines_have_the_number_behind(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("web", "plain")
    with of_request(given := "0123456789abcdef" * 2):
        logging.getLogger("bot").error("so")
    logging.getLogger("bot").error("so")
    logging.getLogger("bot").info("nothing")
    assert capsys.readouterr().err.splitlines() == [f"ERROR bot: so [{given}]", "ERROR bot: so"]


@pytest.mark.parametrize(
    "given", [None, "", "12 34 56 78", "Karla", "0" * 37, "0123456789abcdef" * 2 + "\n", "ABCDEF01" * 4, "12345678"]
)
def test_what_is_no_number_of_ours_is_not_taken_over(given: str | None) -> None:
    with of_request(given) as number:
        assert number != given
        assert len(number) == 32
        assert this_request() == number
    assert this_request() == ""
