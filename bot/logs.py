"""How our processes log: each line with the number of its request, the same in all three of them, and never a text.

The number is made up for each request and stands nowhere else, so that it leads to nobody. What is written
while a turn is under way is answered under the number of the one that began it.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import UTC, datetime
from typing import Literal, TextIO
from uuid import uuid4

REQUEST = "X-Request-Id"
"""The header in which a number goes from one process to the next, and back to whoever asked."""
Format = Literal["plain", "json"]

# As long as those that are made up here: no phone number, and none of a conversation.
_GIVEN = re.compile(r"[0-9a-f]{32}")
_number: ContextVar[str] = ContextVar("request", default="")


def this_request() -> str:
    """The number of the request that is being answered; empty outside any."""
    return _number.get()


def begin_request(given: str | None) -> Token[str]:
    """What is logged in this task from now on is of this request; of one of its own where none can be taken over."""
    return _number.set(given if given and _GIVEN.fullmatch(given) else uuid4().hex)


@contextmanager
def of_request(given: str | None) -> Iterator[str]:
    """The same for what is done meanwhile, with the number."""
    token = begin_request(given)
    try:
        yield this_request()
    finally:
        _number.reset(token)


def set_up(process: str, form: Format, level: int = logging.WARNING) -> None:
    """Lets everything of this process log so, to standard error."""
    handler = _ToStandardError()
    handler.setFormatter(_Json(process) if form == "json" else _Plain("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # A conversation's id stands in the paths that it would print.
    logging.getLogger("httpx").setLevel(logging.WARNING)


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Wherever that goes at the moment: who lends it out for a while takes it back."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _other: TextIO) -> None:
        raise AttributeError("it writes to standard error alone")


class _Plain(logging.Formatter):
    """For whoever reads along."""

    def format(self, record: logging.LogRecord) -> str:
        number = this_request()
        return super().format(record) + (f" [{number}]" if number else "")


class _Json(logging.Formatter):
    """One object a line, for what gathers the lines of many processes."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "process": self._process,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := this_request():
            line["request"] = number
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
