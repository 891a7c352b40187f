"""The first thing that is said in a conversation, in the language of the page it is opened from."""

from bot.casework.conversations import Button, Draft, Sender
from bot.conversation.sentences import Sentence
from bot.conversation.wording import spoken
from bot.language.both import HUMAN_IN_BOTH, HUMAN_PAYLOAD
from bot.language.tongue import Tongue
from bot.municipality.welcome import Welcome

GREETING = Sentence(
    "Hej. Du skriver med en robot. Jeg kan svare på spørgsmål om et sted at bo, støtte og hjælp.\n"
    "Du er anonym, så længe du ikke skriver, hvem du er. Du bestemmer selv, hvad du skriver. Hvad fylder lige nu?\n"
    "You can write in English.",
    "Hi. You are writing with a robot. I can help with tonight, with who to call, and with booking a talk.\n"
    "You are anonymous as long as you do not write who you are. You decide what you write. What is on your mind?",
)
_TONIGHT, _HOMELESS, _BOOK = "/crisis_no_shelter_tonight", "/housing_couch_surfing", "/booking_request"
_WHO_HELPS = "/network_helplines"
_IN_ENGLISH = (
    Button("Where can I sleep tonight?", _TONIGHT),
    Button("Who can help me?", _WHO_HELPS),
    Button("Book a talk", _BOOK),
)
FIRST_BUTTONS = {
    Tongue.DANISH: (
        Button("Hvor kan jeg sove i nat?", _TONIGHT),
        Button("Jeg har ikke et sted at bo", _HOMELESS),
        Button("Book en snak", _BOOK),
    ),
    Tongue.ENGLISH: (*_IN_ENGLISH, Button("Talk to a human", HUMAN_PAYLOAD)),
    Tongue.OTHER: (Button(HUMAN_IN_BOTH, HUMAN_PAYLOAD), *_IN_ENGLISH),
}


def greeting(tongue: Tongue, welcome: Welcome) -> Draft:
    """The greeting in that language, with the municipality's own line in it and the ways on."""
    said = Sentence(_with(GREETING.danish, welcome.danish), _with(GREETING.english, welcome.english))
    return Draft(Sender.BOT, said.said_in(tongue), buttons=FIRST_BUTTONS[tongue], data=spoken(tongue))


def _with(greeting: str, own: str) -> str:
    """Its own line after the first: that a robot answers is said before all."""
    first, *rest = greeting.split("\n")
    return "\n".join([first, *filter(None, [own]), *rest])
