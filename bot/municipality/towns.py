"""What differs from town to town, read from one YAML file a municipality."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import holidays
import yaml

from bot.casework.ages import AgeGroup
from bot.casework.free_times import DANISH_TIME, BookingRules, Opening, Way
from bot.casework.hours import checked_hours
from bot.casework.keeping import Keeping, keeping_from
from bot.casework.tonight import Place, PlaceTonight, places_tonight
from bot.municipality.accessibility import Accessibility, accessibility_from
from bot.municipality.teams import teams_from
from bot.municipality.tonight import places_from
from bot.municipality.week import stretches

TOWNS = Path(__file__).parent / "towns"
# One address and nothing else: a line break or a comma would add a header or another reader.
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
_WEB_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")
_MONTH_DAY = re.compile(r"\d\d-\d\d", re.ASCII)
# Long enough for the longest stretch of closed days around Christmas and New Year.
DAYS_LOOKED_AHEAD = 21


class MunicipalityError(Exception):
    """A municipality's file cannot be used; the message names the file, the key and what is wrong."""


@dataclass(frozen=True)
class FirstAgent:
    """A boligagent as the file has them, for a store that has none yet; then the store knows better."""

    name: str
    openings: tuple[Opening, ...]
    talks_a_day: int | None


@dataclass(frozen=True)
class Municipality:
    """One municipality. `staffed` are the hours in which humans answer; `places` where each way of talking is held.

    `teams` are what the teams of its caseworkers are called, by the name the command knows them by.

    `on_call` is the e-mail address told, without content, when somebody is in danger outside those hours; empty where
    there is none; `tonight` where somebody without a place to sleep can go. `choose_agent`: young people see what the
    agents are called, and may choose one of them. `second_factor`: who signs in with a password shows a code as well.
    `reports_at` is the web page on which the municipality takes reports of concern (*underretninger*); empty where the
    file names none. `learns`: young people may say yes to that the robot learns from what they wrote to it.
    """

    slug: str
    name: str
    invented: bool
    rules: BookingRules
    places: Mapping[Way, str]
    staffed: tuple[Opening, ...]
    agents: tuple[FirstAgent, ...]
    frame_ancestors: tuple[str, ...]
    keeping: Keeping
    accessibility: Accessibility
    on_call: str = ""
    tonight: tuple[Place, ...] = ()
    choose_agent: bool = False
    teams: Mapping[str, str] = field(default_factory=dict)
    second_factor: bool = True
    reports_at: str = ""
    learns: bool = False

    def staffed_at(self, now: datetime) -> bool:
        """Whether somebody answers at this aware moment."""
        local = now.astimezone(DANISH_TIME)
        return local.date() not in self.rules.closed_days and any(
            opening.weekday == local.weekday() and opening.start <= local.time() < opening.end
            for opening in self.staffed
        )

    def next_staffed(self, now: datetime) -> datetime | None:
        """The next moment at which somebody begins to answer; None when the file has no hours for it."""
        local = now.astimezone(DANISH_TIME)
        days = (local.date() + timedelta(days=ahead) for ahead in range(DAYS_LOOKED_AHEAD))
        starts = (
            datetime.combine(day, opening.start, DANISH_TIME)
            for day in days
            if day not in self.rules.closed_days
            for opening in self.staffed
            if opening.weekday == day.weekday()
        )
        return min((start for start in starts if start > local), default=None)

    def places_tonight(self, age_group: AgeGroup | None, now: datetime) -> list[PlaceTonight]:
        """Where somebody of that age can go now or later in the same night; None is an age that is not known."""
        return places_tonight(self.tonight, age_group, self.rules.closed_days, now)


def load_municipalities(folder: Path = TOWNS) -> Mapping[str, Municipality]:
    """All municipalities by their slug. Raises MunicipalityError."""
    return {town.slug: town for town in map(_load, sorted(folder.glob("*.yml")))}


def _load(file: Path) -> Municipality:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        return _municipality(file.stem, content)
    except yaml.YAMLError as error:
        raise MunicipalityError(f"{file}: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise MunicipalityError(f"{file}: {type(error).__name__} {error}") from error


def _municipality(slug: str, content: dict[str, Any]) -> Municipality:
    talks = content["talks"]
    invented = content.get("invented", False)
    return Municipality(
        slug=slug,
        name=content["name"],
        invented=invented,
        rules=BookingRules(
            lengths={Way(way): _minutes(talk, "minutes", least=1) for way, talk in talks.items()},
            notice=timedelta(hours=content["notice_hours"]),
            horizon=timedelta(days=content["horizon_days"]),
            closed_days=_closed_days(content["closed"]),
            pauses={Way(way): _minutes(talk, "pause_minutes", least=0) for way, talk in talks.items()},
        ),
        places={Way(way): talk["place"] for way, talk in talks.items()},
        staffed=checked_hours(stretches(content["staffed"])),
        agents=tuple(map(_agent, content["agents"])),
        frame_ancestors=tuple(content.get("frame_ancestors", ())),
        keeping=keeping_from(content.get("keeps_days", {})),
        accessibility=accessibility_from(content.get("accessibility", {})),
        on_call=_address(content.get("on_call", {})),
        tonight=places_from(content.get("tonight", [])),
        choose_agent=_yes_or_no(content, "choose_agent", unsaid=False),
        teams=teams_from(content.get("teams", {})),
        second_factor=_yes_or_no(content, "second_factor", unsaid=not invented),
        reports_at=_web_address(content, "reports_at"),
        learns=_yes_or_no(content, "learns", unsaid=False),
    )


def _address(on_call: dict[str, str]) -> str:
    if not on_call:
        return ""
    address = on_call["email"]
    if not _EMAIL.fullmatch(address):
        raise ValueError(f"on_call: {address!r} is no e-mail address")
    return address


def _web_address(content: dict[str, Any], name: str) -> str:
    said = content.get(name) or ""
    if said and not (isinstance(said, str) and _WEB_ADDRESS.fullmatch(said)):
        raise ValueError(f"{name}: {said!r} is no https address")
    return said


def _yes_or_no(content: dict[str, Any], name: str, *, unsaid: bool) -> bool:
    said = content.get(name, unsaid)
    if not isinstance(said, bool):
        raise ValueError(f"{name}: {said!r} is neither true nor false")  # noqa: TRY004 -- as for any other wrong value
    return said


def _agent(agent: dict[str, Any]) -> FirstAgent:
    most = agent.get("talks_a_day")
    if most is not None and most < 1:
        raise ValueError(f"talks_a_day: {most} is less than one; an agent who holds none is left out")
    return FirstAgent(agent["name"], checked_hours(stretches(agent["hours"])), most)


def _minutes(talk: dict[str, Any], name: str, *, least: int) -> timedelta:
    minutes: int = talk.get(name, 0)
    if minutes < least:
        raise ValueError(f"{name}: {minutes} is less than {least}")
    return timedelta(minutes=minutes)


def _closed_days(own: list[str]) -> frozenset[date]:
    """Denmark's public holidays and the municipality's own ("05-01"), last year to two years ahead.

    1 May, Constitution Day, Christmas Eve and New Year's Eve are no public holidays: who closes then says so.
    """
    this_year = datetime.now(DANISH_TIME).year
    years = range(this_year - 1, this_year + 3)
    public = holidays.country_holidays("DK", years=years)
    return frozenset(public) | {_own_day(year, day) for year in years for day in own}


def _own_day(year: int, day: str) -> date:
    if isinstance(day, str) and _MONTH_DAY.fullmatch(day):
        with suppress(ValueError):
            return date.fromisoformat(f"{year}-{day}")
    raise ValueError(f"closed: {day!r} is no day that each year has, such as '12-24'")
