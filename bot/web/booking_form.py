"""The form by which a talk is booked, by a young person or by a caseworker for one who called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from pydantic import ValidationError

from bot.casework.along import Along
from bot.casework.bookings import (
    About,
    AgentNotOfferedError,
    Contact,
    PhoneMissingError,
    PlaceMissingError,
    TimeNotOfferedError,
    TimeTakenError,
)
from bot.casework.free_times import Way
from bot.conversation.talks import Asked
from bot.municipality.towns import Municipality
from bot.web.along_form import WRONG_LANGUAGE, LanguageError, read_along
from bot.web.bodies import WRONG_FIELDS, ContactDetails
from bot.web.plain.times import read_time
from bot.web.plain.whom import read_agent
from bot.web.problems import PROBLEMS

NO_TIME = "Vælg en tid."
NO_PLACE = PROBLEMS[PlaceMissingError].title
NO_PHONE = PROBLEMS[PhoneMissingError].title
UNKNOWN = Contact()
ERROR_FIELDS = {"first_name": "fornavn", "phone": "telefon", "meeting_place": "sted"}


@dataclass(frozen=True)
class Wanted:
    """What was typed so far, right or wrong. `attempt` tells a form sent twice from two wishes.

    `along` is without the interpreter's language where `language`, as it was typed, is none.
    """

    town: Municipality
    way: Way
    attempt: str
    time: datetime | None = None
    first_name: str = ""
    phone: str = ""
    meeting_place: str = ""
    about: About = About.YOUNG
    along: Along = field(default_factory=Along)
    language: str = ""
    chosen: int | None = None


@dataclass(frozen=True)
class Checked:
    """The contact of a form, and what is wrong by the field it stands in."""

    contact: Contact = field(default_factory=Contact)
    errors: Mapping[str, str] = field(default_factory=dict)


def wanted_of(town: Municipality, way: Way, given: Mapping[str, str], *, may_choose: bool) -> Wanted:
    """What the fields of the form say. `may_choose`: whom to talk with too."""
    language = given.get("sprog", "")
    try:
        along = read_along(given)
    except LanguageError as error:
        along = error.along
    return Wanted(
        town=town,
        way=way,
        attempt=_attempt(given.get("forsoeg", "")),
        time=read_time(given.get("tid", "")),
        first_name=given.get("fornavn", ""),
        phone=given.get("telefon", ""),
        meeting_place=given.get("sted", ""),
        about=_about(given.get("hvem", "")),
        along=along,
        language=language,
        chosen=read_agent(given.get("hos", "")) if may_choose else None,
    )


def checked(wanted: Wanted, known: Contact = UNKNOWN) -> Checked:
    """The contact in it, and what is wrong or missing; what is `known` need not be given again."""
    errors = {} if wanted.time else {"tid": NO_TIME}
    if wanted.way is Way.PHONE and not (wanted.phone or known.phone):
        errors["telefon"] = NO_PHONE
    if wanted.way is Way.OUT and not (wanted.meeting_place or known.meeting_place):
        errors["sted"] = NO_PLACE
    if wanted.language and not wanted.along.language:
        errors["sprog"] = WRONG_LANGUAGE
    filled = {
        "first_name": wanted.first_name,
        "phone": wanted.phone if wanted.way is Way.PHONE else "",
        "meeting_place": wanted.meeting_place if wanted.way is Way.OUT else "",
    }
    try:
        details = ContactDetails.model_validate({name: value for name, value in filled.items() if value})
    except ValidationError as error:
        wrong = [str(each["loc"][0]) for each in error.errors(include_input=False, include_url=False)]
        return Checked(errors=errors | {ERROR_FIELDS[name]: WRONG_FIELDS[name] for name in wrong})
    return Checked(Contact(details.first_name, details.phone, meeting_place=details.meeting_place), errors)


def refusal(error: TimeTakenError | TimeNotOfferedError) -> tuple[Mapping[str, str], int]:
    """What is said of it by the field, and the status of the answer."""
    problem = PROBLEMS[type(error)]
    return {"hos" if isinstance(error, AgentNotOfferedError) else "tid": problem.title}, problem.status


def asked_of(wanted: Wanted, time: datetime, contact: Contact) -> Asked:
    """The talk a form asks for that was found right."""
    return Asked(wanted.way, time, contact, wanted.attempt, wanted.about, wanted.along, wanted.chosen)


def way_of(town: Municipality, given: str) -> Way | None:
    """The way of this name, if talks are held so in the town."""
    return next((way for way in town.places if way == given), None)


def _about(given: str) -> About:
    return next((about for about in About if about == given), About.YOUNG)


def _attempt(given: str) -> str:
    try:
        return str(UUID(given))
    except ValueError:
        return str(uuid4())
