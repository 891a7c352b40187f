"""How the places of a municipality's file are told to somebody without a place to sleep."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.casework.ages import AgeGroup
from bot.casework.tonight import PlaceTonight
from bot.language import danish, english

# For each reader: a message of danger is read at once and whole. The page for tonight has all of them.
MOST_PLACES = 3


class PlaceWords:
    """The reviewed words around a place: whom it takes, until when it is open or from when on."""

    def __init__(self, content: Mapping[str, Any], *, in_english: bool) -> None:
        """Raises KeyError for words that are missing."""
        self._lead: str = content["lead"]
        self._ages = {age: content["ages"][age.value] for age in AgeGroup}
        self._until: str = content["until"]
        self._opens: str = content["opens"]
        self._check_first: str = content["check_first"]
        self._english = in_english

    def said(self, places: Iterable[PlaceTonight]) -> str:
        """The first of the places for each age, on lines of their own below the lead; nothing without any."""
        lines = self.lines(_first_for_each(list(places)))
        return "\n".join([self._lead, *lines]) if lines else ""

    def lines(self, places: Iterable[PlaceTonight]) -> list[str]:
        """Each of the places, for whom it is and when."""
        return [self._line(place) for place in places]

    def _line(self, told: PlaceTonight) -> str:
        text = (told.place.english if self._english else "") or told.place.text
        parts = [self._ages[told.age]] if told.age else []
        parts.append(text if text.endswith((".", "!", "?")) else f"{text}.")
        if told.opens:
            parts.append(self._opens.replace("{time}", self._clock(told.opens)))
        elif told.closes:
            parts.append(self._until.replace("{time}", self._clock(told.closes)))
        if told.check_first:
            parts.append(self._check_first)
        return " ".join(parts)

    def _clock(self, moment: datetime) -> str:
        return english.clock(moment) if self._english else danish.clock(moment)


def _first_for_each(places: Sequence[PlaceTonight]) -> list[PlaceTonight]:
    """Where no age is known, those of one age must not crowd out those of the other."""
    each = ([place for place in places if place.age in (None, age)][:MOST_PLACES] for age in AgeGroup)
    told = [place for taking in each for place in taking]
    return [place for place in places if place in told]
