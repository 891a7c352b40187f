"""The reader's own conversations, as every page of the desk shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.desk_queue import Needing, Own
from bot.web.desk.overdue import goes_back_words
from bot.web.desk.words import number, short_name


@dataclass(frozen=True)
class OwnRow:
    """One of the reader's own conversations on any page; `mark` says what is new in it, `here` that they look at it.

    `goes_back`: that their silence is about to give it back, and when.
    """

    id: str
    name: str
    mark: str
    here: bool
    goes_back: str


@dataclass(frozen=True)
class OwnView:
    """The reader's own conversations, and how much is new in all of them together, and in those of other pages.

    `going_elsewhere`: how many of those of other pages are about to go back.
    """

    rows: Sequence[OwnRow]
    new: int
    elsewhere: int
    going_elsewhere: int


def own_view(needing: Needing, now: datetime, here: str = "", *, shown: bool = False) -> OwnView:
    """What the reader has, with a mark where there is something new; `here` is the conversation of the page.

    `shown`: the page is drawn with all its messages. It tells itself that they are seen as soon as they are.
    """
    own = [replace(one, new=0) if shown and one.id == here else one for one in needing.own]
    new = {one.id: one.new or int(one.given) for one in own}
    return OwnView(
        rows=[
            OwnRow(one.id, short_name(one.id), mark_of(one), one.id == here, goes_back_words(one.goes_back_at, now))
            for one in own
        ],
        new=sum(new.values()),
        elsewhere=sum(new.values()) - new.get(here, 0),
        going_elsewhere=sum(one.goes_back_at is not None and one.id != here for one in own),
    )


def mark_of(one: Own) -> str:
    """What is new in it, in words; empty for nothing."""
    new = "" if not one.new else "1 ny" if one.new == 1 else f"{number(one.new)} nye"
    return ", ".join(filter(None, ["givet til dig" if one.given else "", new]))
