"""What the pages for young people call those who work at the desk, and what is kept and shared."""

from bot.casework.consent import Shared
from bot.casework.conversations import Danger, Sender, Writer
from bot.casework.readers import CHAT, CONTACT, PLAN
from bot.language.tongue import Tongue
from bot.web.desk.words import with_kinds

ROLES = {"boligagent": "Boligagent", "ungerådgiver": "Ungerådgiver"}
ANY_ROLE = "Medarbejder i kommunen"
READ = {CHAT: "chatten", PLAN: "planen", CONTACT: "din kontakt"}
SHARED = {Shared.TRANSCRIPT: "Chatten fra før", Shared.PLAN: "Min plan", Shared.CONTACT: "Min kontakt"}
SENDERS = {Sender.YOUNG: "Dig", Sender.BOT: "Robot", Sender.CASEWORKER: "Menneske", Sender.SYSTEM: "Besked"}
WRITERS = {None: "Det er ikke sagt", Writer.YOUNG: "En ung", Writer.HELPER: "En hjælper"}
LANGUAGES = {Tongue.DANISH: "dansk", Tongue.ENGLISH: "engelsk", Tongue.OTHER: "et andet sprog"}
# Other words than the desk's: nobody is to read of themselves that somebody should beware.
DANGERS = {0: "Ingen fare", 1: "Noget, der lød svært", 2: "Fare", 3: "Akut fare"}


def role_words(role: str) -> str:
    """A role as a young person reads it."""
    return ROLES.get(role.casefold(), ANY_ROLE)


def danger_told(danger: Danger) -> str:
    """A danger as the young person it was found in reads it: "Fare: vold, trusler"."""
    return with_kinds(DANGERS[danger.level], danger)
