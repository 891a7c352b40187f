from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from bot.casework.ages import AgeGroup
from bot.casework.tonight import PlaceTonight
from bot.safety.levels import KINDS, DangerLevel
from bot.safety.places import PlaceWords
from bot.safety.screen import Assessment

SHIPPED_REPLIES = Path(__file__).parents[2] / "data" / "safety" / "replies.yml"


_HUMAN = "human"
_BOOKING = "booking"
_NO_SHELTER = "no_shelter_tonight"
_LEVELS = {DangerLevel.CLEAR: "clear", DangerLevel.ACUTE: "acute"}


class Presence(StrEnum):
    """Whether a human can answer: one holds the conversation, some are at their desks, or nobody is."""

    HERE = "here"
    STAFFED = "staffed"
    AWAY = "unstaffed"


_ANY_AGE = (None, *AgeGroup)
_BESIDE_HUMAN = {Presence.HERE: [], Presence.STAFFED: [_HUMAN], Presence.AWAY: [_HUMAN, _BOOKING]}


class ReplyError(Exception):
    """The reviewed replies cannot be used; the message names the file, the key and what is wrong."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to somebody in danger: Danish text, buttons as (title, payload), and the numbers of its facts."""

    text: str
    buttons: tuple[tuple[str, str], ...]
    facts: tuple[str, ...] = ()

    def followed_by(self, other: "Reply") -> "Reply":
        """Both replies as one, no button or fact twice."""
        return Reply(
            text=f"{self.text}\n{other.text}",
            buttons=tuple(dict.fromkeys(self.buttons + other.buttons)),
            facts=tuple(dict.fromkeys(self.facts + other.facts)),
        )


class Replies:
    """The reviewed words for danger. Holds no state; every call with the same arguments says the same.

    `places` are those around a place for tonight.
    """

    def __init__(self, content: Mapping[str, Any], *, in_english: bool = False) -> None:
        self._content = content
        # Every reply is built once, so that a gap in the file shows when it is read and not in an emergency.
        for kind in KINDS:
            self.check_in((kind,))
            self.check_in((kind,), about_another=True)
            for about_another in (False, True):
                self.check_in_again((kind,), about_another=about_another)
            for level in _LEVELS:
                for about_another, age_group in product((False, True), _ANY_AGE):
                    self._for_kind(level, kind, about_another=about_another, age_group=age_group)
        self.without_model("")
        self.well()
        self.human_called()
        self._plain(content["unkept"])
        for presence in Presence:
            self._human(presence)
        for called in (Presence.STAFFED, Presence.AWAY, None):
            self.safe("", called)
        self.places = PlaceWords(content["places"], in_english=in_english)
        self._local = [_local(place) for place in content["local"]]
        for about_another in (False, True):
            self._also_no_shelter(about_another=about_another)

    def danger(
        self,
        assessment: Assessment,
        *,
        municipality_name: str,
        presence: Presence,
        age_group: AgeGroup | None = None,
        places: Sequence[PlaceTonight] = (),
    ) -> Reply:
        """What is said at CLEAR and ACUTE: where to call for the gravest kind, then a human.

        `age_group` is that of the one who is in danger, None where it is not known: then it is said for both. `places`
        are where they can go tonight, told to who has no place to sleep.
        Raises ValueError for a lower level, to which `check_in` answers.
        """
        if assessment.level not in _LEVELS:
            raise ValueError(f"level {assessment.level} is answered by check_in")
        kind = assessment.kinds[0]
        reply = self._for_kind(assessment.level, kind, about_another=assessment.about_another, age_group=age_group)
        if kind == _NO_SHELTER:
            for place in self._in(municipality_name, age_group):
                reply = reply.followed_by(place)
            if said := self.places.said(places):
                reply = reply.followed_by(Reply(said, ()))
        elif _NO_SHELTER in assessment.kinds:
            reply = reply.followed_by(self._also_no_shelter(about_another=assessment.about_another))
        return _in_town(reply.followed_by(self._human(presence)), municipality_name)

    def unkept(self, assessment: Assessment) -> Reply:
        """What is said at CLEAR and ACUTE to what could not be stored: where to call, and that no human has seen it.

        Raises KeyError for a lower level.
        """
        level, kind = assessment.level, assessment.kinds[0]
        reply = self._for_kind(level, kind, about_another=assessment.about_another, age_group=None)
        return reply.followed_by(self._plain(self._content["unkept"]))

    def check_in(self, kinds: tuple[str, ...], *, about_another: bool = False) -> Reply:
        """A gentle question that takes a no, with help one tap away; `kinds` may be empty."""
        said = self._check_in(about_another=about_another)
        return self._beside_check_in(said, kinds, said["kinds"].get(next(iter(kinds), ""), said["text"]))

    def check_in_again(self, kinds: tuple[str, ...], *, about_another: bool = False) -> Reply:
        """What is said in its place where that question was put before: no question, the same help one tap away."""
        said = self._check_in(about_another=about_another)
        return self._beside_check_in(said, kinds, said["again"])

    def safe(self, municipality_name: str, presence: Presence | None) -> Reply:
        """What is said to who was in danger and says that they are safe; `presence` is None where no human is called.

        A human who is HERE says it: KeyError.
        """
        said = self._content["safe"]
        reply = Reply(said[presence or "alone"].strip(), self._buttons(said["buttons"]), tuple(said["facts"]))
        return _in_town(reply, municipality_name)

    def without_model(self, booking_page: str) -> Reply:
        """What is said when the dialogue does not answer: tonight's numbers, a human, the page to book without it."""
        reply = self._plain(self._content["without_model"])
        return replace(reply, text=reply.text.replace("{booking}", booking_page))

    def well(self) -> Reply:
        """What is said, while the dialogue does not answer, to who is asked whether they are safe and says yes."""
        return self._plain(self._content["well"])

    def human_called(self) -> Reply:
        """What is said when a human was put on the conversation while the dialogue cannot say so itself."""
        return self._plain(self._content["human_called"])

    def _also_no_shelter(self, *, about_another: bool) -> Reply:
        said = self._content["also_no_shelter"]
        return self._plain(said["another"] if about_another else said)

    def _check_in(self, *, about_another: bool) -> Mapping[str, Any]:
        said: Mapping[str, Any] = self._content["check_in"]
        return said["another"] if about_another else said

    def _beside_check_in(self, said: Mapping[str, Any], kinds: tuple[str, ...], text: str) -> Reply:
        names = said["kind_buttons"].get(next(iter(kinds), ""), said["buttons"])
        return Reply(text.strip(), self._buttons(names), tuple(said.get("facts", ())))

    def _for_kind(self, level: DangerLevel, kind: str, *, about_another: bool, age_group: AgeGroup | None) -> Reply:
        said = self._content[_LEVELS[level]][kind]
        if about_another:
            said = said["another"]
        if age_group and kind == _NO_SHELTER:
            # Where one can sleep is another law on each side of eighteen: here neither may be missing.
            said = said[age_group.value]
        elif age_group:
            said = said.get(age_group.value, said)
        return Reply(said["text"].strip(), (), tuple(said["facts"]))

    def _human(self, presence: Presence) -> Reply:
        return Reply(self._content["human"][presence].strip(), self._buttons(_BESIDE_HUMAN[presence]))

    def _in(self, municipality_name: str, age_group: AgeGroup | None) -> list[Reply]:
        """What only that municipality has, for that age or for everybody."""
        return [
            reply
            for town, ages, reply in self._local
            if municipality_name.startswith(town) and ages in (None, age_group)
        ]

    def _plain(self, said: Mapping[str, Any]) -> Reply:
        return Reply(said["text"].strip(), self._buttons(said["buttons"]), tuple(said.get("facts", ())))

    def _buttons(self, names: list[str]) -> tuple[tuple[str, str], ...]:
        buttons = self._content["buttons"]
        return tuple((buttons[name]["title"], buttons[name]["payload"]) for name in names)


def load_replies(path: Path, *, in_english: bool = False) -> Replies:
    """The replies of the YAML file `path`.

    Raises ReplyError when it cannot be read, is no YAML, or a key or kind is missing or of the wrong shape.
    """
    try:
        return Replies(yaml.safe_load(path.read_text(encoding="utf-8")), in_english=in_english)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ReplyError(f"{path.name}: {error}") from error
    except KeyError as error:
        raise ReplyError(f"{path.name}: the key {error} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise ReplyError(f"{path.name}: a value has the wrong shape: {error}") from error


@cache
def shipped_replies() -> Replies:
    """The replies of this checkout, read once per process. Raises ReplyError like load_replies."""
    return load_replies(SHIPPED_REPLIES)


def _local(place: Mapping[str, Any]) -> tuple[str, AgeGroup | None, Reply]:
    ages = AgeGroup(place["age_group"]) if "age_group" in place else None
    return place["municipality"], ages, Reply(place["text"].strip(), (), tuple(place["facts"]))


def _in_town(reply: Reply, municipality_name: str) -> Reply:
    return replace(reply, text=reply.text.replace("{kommune}", municipality_name))
