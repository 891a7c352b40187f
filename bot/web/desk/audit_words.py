"""What the audit log calls things, in Danish: every deed that is noted, and what it was done to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.casework.journal import TAKEN
from bot.casework.reports import REPORT
from bot.casework.rights import Right, Role


class About(Enum):
    """What the subject of a deed is the name of."""

    NOTHING = auto()
    CONVERSATION = auto()
    TALK = auto()
    AGENT = auto()
    PERSON = auto()
    RIGHT = auto()
    MODEL = auto()


@dataclass(frozen=True)
class Deed:
    """A deed in words, and what it was done to."""

    words: str
    about: About


ROLES = {
    Role.CASEWORKER: "sagsbehandler",
    Role.BOLIGAGENT: "boligagent",
    Role.LEAD: "leder",
    Role.MAINTAINER: "vedligeholder",
    Role.ADMINISTRATOR: "administrator",
    Role.BEFORE: "medarbejder fra før rollerne",
}
RIGHTS: Mapping[str, str] = {
    Right.COME_IN: "komme ind",
    Right.QUEUE: "se køen",
    Right.READ: "læse samtaler",
    Right.ANSWER: "svare unge",
    Right.CALM: "sige, at en fare er ovre",
    Right.TALKS: "se aftaler",
    Right.TALKS_OF_ALL: "se kollegers aftaler",
    Right.BOOK: "booke og flytte aftaler",
    Right.DAYS: "se og rette en dag",
    Right.DAYS_OF_ALL: "rette kollegers dage",
    Right.WEEKS: "rette en uge",
    Right.WEEKS_OF_ALL: "rette kollegers uger",
    Right.AGENTS: "tilføje og fjerne boligagenter",
    Right.AUDIT: "se loggen",
    Right.READY_ANSWERS: "skrive faste svar",
    Right.FIGURES: "se tal",
    Right.PEOPLE: "se, hvem der er logget ind, logge dem ud og nulstille totrinslogin",
    Right.RETRAINING: "lære robotten noget",
}
_SAID: Mapping[About, Mapping[str, str]] = {
    About.CONVERSATION: {
        "open": "Åbnede samtalen uden at kunne læse noget",
        "read": "Læste chatten",
        "read_in_danger": "Læste chatten på grund af fare",
        "follow": "Fulgte med i chatten",
        "read_reasons": "Så, hvorfor samtalen står i køen",
        "read_plan": "Læste planen",
        "read_contact": "Så kontakten",
        "claim": "Tog samtalen",
        "take_over": "Overtog samtalen",
        "say": "Skrev i chatten",
        "calm": "Satte faren ned",
        "release": "Gav samtalen tilbage",
        "went_back": "Samtalen gik tilbage til køen",
        "give": "Gav samtalen til en kollega",
        "receive": "Fik samtalen af en kollega",
        "give_to_team": "Gav samtalen til et hold",
        "take_note": "Læste, hvorfor samtalen blev givet videre",
        "close": "Afsluttede samtalen",
        "note": "Skrev en note",
        "correct_note": "Rettede en note",
        "strike_note": "Stregede en note ud",
        TAKEN: "Tog beskeder med til journalen",
        REPORT: "Noterede en underretning",
    },
    About.TALK: {
        "read_bookings": "Så aftaler",
        "book_by_hand": "Bookede for en, der ringede",
        "talk_moved": "Flyttede en aftale",
        "talk_cancelled": "Aflyste en aftale",
        "talk_met": "Noterede: mødt",
        "talk_missed": "Noterede: kom ikke",
    },
    About.AGENT: {
        "add_agent": "Tilføjede en boligagent",
        "remove_agent": "Fjernede en boligagent",
        "hand_over": "Gav aftaler til kolleger",
        "set_week": "Rettede ugen",
        "set_day": "Rettede en dag",
        "open_feed": "Åbnede en kalenderadresse",
        "close_feed": "Lukkede en kalenderadresse",
    },
    About.PERSON: {
        "end_sign_in": "Loggede ud et sted",
        "end_sign_ins": "Loggede ud flere steder",
        "reset_second_factor": "Nulstillede totrinslogin",
        "set_team": "Medarbejders hold ændret",
        "add_user": "Medarbejder tilføjet",
        "remove_user": "Medarbejders adgang taget",
        **{f"give_{role}": f"Gav rollen {words}" for role, words in ROLES.items()},
        **{f"take_{role}": f"Fratog rollen {words}" for role, words in ROLES.items()},
    },
    About.RIGHT: {"refused": "Prøvede uden adgang"},
    About.MODEL: {
        "override_model": "Tog en sprogmodel i brug mod en advarsel",
        "order_promote": "Bad om at få en sprogmodel taget i brug",
        "order_rollback": "Bad om at gå tilbage fra en sprogmodel",
    },
    About.NOTHING: {
        "sign_in": "Loggede ind",
        "sign_out": "Loggede ud",
        "end_idle": "Blev logget ud efter en pause",
        "set_up_second_factor": "Satte totrinslogin op",
        "use_recovery_code": "Brugte en nødkode",
        "wrong_code": "Mange forkerte koder til totrinslogin",
        "read_audit": "Så loggen",
        "download_audit": "Hentede loggen",
        "add_municipality": "Kommunen tilføjet",
        "read_found": "Så, hvad robotten kan have misforstået",
        "decide_group": "Bestemte, hvad beskeder til robotten betyder",
        "decide_group_by_command": "Bestemte med en kommando, hvad beskeder til robotten betyder",
        "split_group": "Delte en gruppe af beskeder til robotten",
        "split_group_by_command": "Delte en gruppe af beskeder til robotten med en kommando",
        "order_look": "Bad om at se, hvilke sprogmodeller der er",
        "order_teach": "Bad om at få skrevet ind, hvad beskeder til robotten betyder",
        "order_train": "Bad om en ny sprogmodel",
        "check_story": "Lod en historie eller en regel til robotten blive tjekket",
        "add_story": "Lod en historie eller en regel til robotten blive lagt i data",
        "undo_group": "Fortrød, hvad beskeder til robotten betyder",
        "undo_group_by_command": "Fortrød med en kommando, hvad beskeder til robotten betyder",
        "ask_undo": "Ville fortryde, hvad to har sagt om beskeder til robotten",
        "ask_undo_by_command": "Ville fortryde med en kommando, hvad to har sagt om beskeder til robotten",
        "let_group_stand": "Lod det stå, som to har sagt om beskeder til robotten",
        "add_ready_answer": "Skrev et fast svar",
        "change_ready_answer": "Rettede et fast svar",
        "remove_ready_answer": "Fjernede et fast svar",
    },
}
DEEDS: Mapping[str, Deed] = {
    action: Deed(words, about) for about, deeds in _SAID.items() for action, words in deeds.items()
}
OF_CONVERSATIONS = frozenset(_SAID[About.CONVERSATION])
BY_COMMAND = "Driften"
ERASED = "Slettet samtale"


def deed(action: str) -> Deed:
    """Of a deed that another version has noted its own name."""
    name, _, count = action.partition(":")
    if name == TAKEN and count:
        return replace(DEEDS[TAKEN], words=f"{DEEDS[TAKEN].words} ({count})")
    return DEEDS.get(action, Deed(action, About.NOTHING))
