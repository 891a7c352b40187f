"""A municipality's YAML file, read and checked: all that is wrong in it is told at once, with its line."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import holidays

from bot.casework.free_times import DANISH_TIME, BookingRules, Opening, Way
from bot.casework.hours import checked_hours
from bot.casework.keeping import keeping_from
from bot.municipality.accessibility import accessibility_from
from bot.municipality.colours import colours_from
from bot.municipality.keyed_file import UnreadableFileError, keyed, no_such_key, read_keyed
from bot.municipality.teams import teams_from
from bot.municipality.tonight import places_from
from bot.municipality.week import stretches
from bot.municipality.welcome import welcome_from

# One address and nothing else: a line break or a comma would add a header or another reader.
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
_WEB_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")
_MONTH_DAY = re.compile(r"\d\d-\d\d", re.ASCII)
# A browser takes a host by its ASCII letters, and a header can hold few others.
_PAGE = re.compile(r"https://([a-z0-9-]+\.)+[a-z0-9-]{2,}(:\d{1,5})?", re.ASCII)
LONGEST_NAME = 60
LONGEST_MINUTES = 24 * 60
MOST_TALKS = 100
LONGEST_HORIZON = 366


class MunicipalityError(Exception):
    """A municipality's file cannot be used; the message names the file, the line, the key and what is wrong."""


@dataclass(frozen=True)
class FirstAgent:
    """A boligagent as the file has them, for a store that has none yet; then the store knows better."""

    name: str
    openings: tuple[Opening, ...]
    talks_a_day: int | None


@dataclass(frozen=True)
class Key:
    """A key of the file: how what stands there is read, and what holds where it is left out, unless it is needed."""

    read: Callable[[Any], Any]
    unsaid: Any = None
    is_needed: bool = False


def parts_of(file: Path) -> dict[str, Any]:
    """What the file says, by key, each as it is used. Raises MunicipalityError with all that is wrong."""
    try:
        content, lines = read_keyed(file)
    except UnreadableFileError as error:
        raise MunicipalityError(f"{file}: {error}") from error
    faults, parts = _unknown(content), dict[str, Any]()
    for name, key in KEYS.items():
        try:
            parts[name] = _part(content, name, key)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults[name] = _told(name, error)
    if faults:
        raise MunicipalityError(_all_told(file, faults, lines))
    return parts


def _part(content: Mapping[str, Any], name: str, key: Key) -> Any:
    if name in content:
        return key.read(content[name])
    if key.is_needed:
        raise ValueError("is missing")
    return key.unsaid


def _unknown(content: Mapping[Any, Any]) -> dict[str, str]:
    return {name: no_such_key(name, KEYS) for name in map(str, content.keys() - KEYS.keys())}


def _told(name: str, error: Exception) -> str:
    said = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    return said if said.startswith(name) else f"{name}: {said}"


def _all_told(file: Path, faults: Mapping[str, str], lines: Mapping[str, int]) -> str:
    in_order = sorted(faults.items(), key=lambda fault: lines.get(fault[0], 0))
    told = [f"line {lines[name]}, {said}" if name in lines else said for name, said in in_order]
    if len(told) == 1:
        return f"{file}, {told[0]}"
    return "\n  ".join([f"{file}: {len(told)} faults", *told])


def _name(said: Any) -> str:
    if not isinstance(said, str) or not 0 < len(said.strip()) <= LONGEST_NAME or set("<>{}\n") & set(said):
        raise ValueError(f"{said!r} is no name of 1 to {LONGEST_NAME} characters")
    return said.strip()


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(said: Any) -> int:
        if type(said) is not int or not least <= said <= most:
            raise ValueError(f"{said!r} is no number from {least} to {most}")
        return said

    return read


def _yes_or_no(said: Any) -> bool:
    if not isinstance(said, bool):
        raise ValueError(f"{said!r} is neither true nor false")  # noqa: TRY004 -- as for any other wrong value
    return said


def _talks(said: Any) -> Mapping[Way, Any]:
    """Length, pause and place of each way of talking."""
    if not isinstance(said, dict) or not said:
        raise ValueError(f"{said!r} has no way of talking such as `phone: {{minutes: 30, place: …}}`")
    known = [str(way) for way in Way]
    for way in said:
        if way not in known:
            raise ValueError(f"{way!r} is not one of {', '.join(known)}")
    return {Way(way): _talk(talk) for way, talk in said.items()}


def _talk(said: Any) -> tuple[timedelta, timedelta, str]:
    talk = keyed(said, ("minutes", "pause_minutes", "place"))
    return _minutes(talk, "minutes", least=1), _minutes(talk, "pause_minutes", least=0), _name(talk["place"])


def _minutes(talk: Mapping[str, Any], name: str, *, least: int) -> timedelta:
    minutes = talk.get(name, 0)
    if type(minutes) is not int or not least <= minutes <= LONGEST_MINUTES:
        raise ValueError(f"{name}: {minutes!r} is no number of minutes from {least} to {LONGEST_MINUTES}")
    return timedelta(minutes=minutes)


def _hours(said: Any) -> tuple[Opening, ...]:
    if not isinstance(said, dict):
        raise ValueError(f"{said!r} has no weekdays such as `mandag: ['09:00-15:00']`")  # noqa: TRY004 -- as above
    return checked_hours(stretches(said))


def _agents(said: Any) -> tuple[FirstAgent, ...]:
    if not isinstance(said, list) or not said:
        raise ValueError("has no boligagent; one at least is needed")
    return tuple(map(_agent, said))


def _agent(said: Any) -> FirstAgent:
    agent = keyed(said, ("name", "hours", "talks_a_day"))
    most = agent.get("talks_a_day")
    if most is not None and (type(most) is not int or not 1 <= most <= MOST_TALKS):
        raise ValueError(
            f"talks_a_day: {most} is no number from 1 to {MOST_TALKS}; an agent who holds none is left out"
        )
    return FirstAgent(_name(agent["name"]), _hours(agent["hours"]), most)


def _frame_ancestors(said: Any) -> tuple[str, ...]:
    """Pages that may show the chat, each as `https://host`: what a browser's policy takes, and nothing that ends it."""
    if not isinstance(said, list):
        raise ValueError(f"{said!r} is no list of pages")  # noqa: TRY004 -- as above
    for page in said:
        if not isinstance(page, str) or not _PAGE.fullmatch(page):
            raise ValueError(
                f"{page!r} is no page such as 'https://www.by.dk': small letters, without a path and without *, "
                "and what has an æ, ø or å as the browser writes it (xn--…)"
            )
    return tuple(said)


def _address(on_call: Any) -> str:
    if not on_call:
        return ""
    address = keyed(on_call, ("email",))["email"]
    if not isinstance(address, str) or not _EMAIL.fullmatch(address):
        raise ValueError(f"{address!r} is no e-mail address")
    return address


def _web_address(said: Any) -> str:
    if said and not (isinstance(said, str) and _WEB_ADDRESS.fullmatch(said)):
        raise ValueError(f"{said!r} is no https address")
    return said or ""


def _closed_days(own: Any) -> frozenset[date]:
    """Denmark's public holidays and the municipality's own ("05-01"), last year to two years ahead.

    1 May, Constitution Day, Christmas Eve and New Year's Eve are no public holidays: who closes then says so.
    """
    if not isinstance(own, list):
        raise ValueError(f"{own!r} is no list of days such as ['12-24']")  # noqa: TRY004 -- as above
    this_year = datetime.now(DANISH_TIME).year
    years = range(this_year - 1, this_year + 3)
    public = holidays.country_holidays("DK", years=years)
    return frozenset(public) | {_own_day(year, day) for year in years for day in own}


def _own_day(year: int, day: Any) -> date:
    if isinstance(day, str) and _MONTH_DAY.fullmatch(day):
        with suppress(ValueError):
            return date.fromisoformat(f"{year}-{day}")
    raise ValueError(f"{day!r} is no day that each year has, such as '12-24'")


KEYS: Mapping[str, Key] = {
    "name": Key(_name, is_needed=True),
    "invented": Key(_yes_or_no, unsaid=False),
    "talks": Key(_talks, is_needed=True),
    "notice_hours": Key(_whole(0, 24 * 14), is_needed=True),
    "horizon_days": Key(_whole(1, LONGEST_HORIZON), is_needed=True),
    "closed": Key(_closed_days, is_needed=True),
    "staffed": Key(_hours, is_needed=True),
    "agents": Key(_agents, is_needed=True),
    "frame_ancestors": Key(_frame_ancestors, unsaid=()),
    "keeps_days": Key(keeping_from, unsaid=keeping_from({})),
    "accessibility": Key(accessibility_from, unsaid=accessibility_from({})),
    "on_call": Key(_address, unsaid=""),
    "tonight": Key(places_from, unsaid=()),
    "choose_agent": Key(_yes_or_no, unsaid=False),
    "teams": Key(teams_from, unsaid={}),
    "second_factor": Key(_yes_or_no),
    "reports_at": Key(_web_address, unsaid=""),
    "learns": Key(_yes_or_no, unsaid=False),
    "colours": Key(colours_from),
    "welcome": Key(welcome_from, unsaid=welcome_from(None)),
}


def rules_of(parts: Mapping[str, Any]) -> BookingRules:
    """What is to be kept to when a talk is booked."""
    talks = parts["talks"]
    return BookingRules(
        lengths={way: length for way, (length, _, _) in talks.items()},
        notice=timedelta(hours=parts["notice_hours"]),
        horizon=timedelta(days=parts["horizon_days"]),
        closed_days=parts["closed"],
        pauses={way: pause for way, (_, pause, _) in talks.items()},
    )
