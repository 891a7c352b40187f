"""What differs from town to town, read from one YAML file a municipality."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.casework.ages import AgeGroup
from bot.casework.free_times import DANISH_TIME, BookingRules, Opening, Way
from bot.casework.keeping import Keeping
from bot.casework.tonight import Place, PlaceTonight, places_tonight
from bot.municipality.accessibility import Accessibility
from bot.municipality.colours import Colours
from bot.municipality.town_file import FirstAgent, MunicipalityError, parts_of, rules_of
from bot.municipality.welcome import Welcome
from bot.settings import load_settings

# Who reads the towns also catches what is wrong in them.
__all__ = ["TOWNS", "Municipality", "MunicipalityError", "load_municipalities", "load_municipality"]

TOWNS = Path(__file__).parent / "towns"
"""The invented towns that come with Hjemad."""

# Long enough for the longest stretch of closed days around Christmas and New Year.
DAYS_LOOKED_AHEAD = 21


@dataclass(frozen=True)
class Municipality:
    """One municipality. `staffed` are the hours in which humans answer; `places` where each way of talking is held.

    `teams` are what the teams of its caseworkers are called, by the name the command knows them by.

    `on_call` is the e-mail address told, without content, when somebody is in danger outside those hours; empty where
    there is none; `tonight` where somebody without a place to sleep can go. `choose_agent`: young people see what the
    agents are called, and may choose one of them. `second_factor`: who signs in with a password shows a code as well.
    `reports_at` is the web page on which the municipality takes reports of concern (*underretninger*); empty where the
    file names none. `learns`: young people may say yes to that the robot learns from what they wrote to it. `colours`:
    its own, or None. `welcome`: a line of its own in the greeting.
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
    colours: Colours | None = None
    welcome: Welcome = field(default_factory=Welcome)

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


def load_municipalities(folder: Path | None = None) -> Mapping[str, Municipality]:
    """All municipalities of a folder by their slug; of the one in the settings where none is named.

    Raises MunicipalityError.
    """
    lies_in = folder or load_settings().towns
    if not lies_in.is_dir():
        raise MunicipalityError(f"{lies_in}: there is no such folder; HJEMAD_TOWNS names the one with the files")
    files = sorted(lies_in.glob("*.yml"))
    return {town.slug: town for town in map(load_municipality, files)}


def load_municipality(file: Path) -> Municipality:
    """The municipality of one file, whose name without its end is its slug. Raises MunicipalityError."""
    parts = parts_of(file)
    second_factor = parts["second_factor"]
    return Municipality(
        slug=file.stem,
        rules=rules_of(parts),
        places={way: place for way, (_, _, place) in parts["talks"].items()},
        keeping=parts["keeps_days"],
        second_factor=not parts["invented"] if second_factor is None else second_factor,
        **{name: parts[name] for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE = (
    *("name", "invented", "staffed", "agents", "frame_ancestors", "accessibility", "on_call", "tonight"),
    *("choose_agent", "teams", "reports_at", "learns", "colours", "welcome"),
)
"""Keys of the file that are called so in a Municipality too."""
