"""What the web process itself says, in the language of the conversation."""

from dataclasses import dataclass
from datetime import datetime

from bot.casework.conversations import Conversation
from bot.language import danish, english
from bot.language.both import in_both
from bot.language.tongue import Tongue, tongue_of_locale


@dataclass(frozen=True)
class Sentence:
    """The same in Danish and in English; `{time}` and `{name}` are filled in."""

    danish: str
    english: str

    def then(self, other: "Sentence") -> "Sentence":
        """Both, one after the other."""
        return Sentence(f"{self.danish} {other.danish}", f"{self.english} {other.english}")

    def said_in(self, tongue: Tongue, moment: datetime | None = None, name: str = "") -> str:
        """The sentence in that language; in both for another one, English first. `moment` becomes `{time}`."""
        in_danish = self.danish.format(name=name, time=danish.spoken_time(moment) if moment else "")
        in_english = self.english.format(name=name, time=english.spoken_time(moment) if moment else "")
        match tongue:
            case Tongue.DANISH:
                return in_danish
            case Tongue.ENGLISH:
                return in_english
            case Tongue.OTHER:
                return in_both(in_english, in_danish)


def tongue_in(conversation: Conversation) -> Tongue:
    """The language of a conversation."""
    return tongue_of_locale(conversation.locale)


TAKEN = Sentence("Nu skriver du med et menneske: {name}.", "Now you are writing with a human: {name}.")
HANDED_BACK = Sentence(
    "Du skriver igen med robotten. Du kan altid bede om et menneske.",
    "You are writing with the robot again. You can always ask for a human.",
)
LEFT = Sentence(
    "Den, du skrev med, kan ikke svare lige nu. Det er ikke din skyld. Du er i køen til et menneske igen. "
    "Robotten svarer imens.",
    "The person you wrote with cannot answer right now. It is not your fault. You are in the queue for a human again. "
    "The robot answers meanwhile.",
)
GIVEN = Sentence(
    "En kollega tager over. Nu skriver du med {name}.", "A colleague takes over. Now you are writing with {name}."
)
GIVEN_TO_TEAM = Sentence(
    "En kollega tager over. Du er i køen så længe, og robotten svarer imens.",
    "A colleague takes over. You are in the queue until then, and the robot answers meanwhile.",
)
GONE = Sentence("Chatten er lukket herfra. Svar bliver ikke læst.", "The chat was closed here. Nobody reads an answer.")
HANDED_OVER = Sentence(
    "Din tid {time} er nu hos {name} i stedet. Vil du hellere have en anden tid, kan du vælge en her.",
    "Your talk on {time} is now with {name} instead. If you would rather have another time, you can choose one here.",
)
BOOKED = Sentence(
    "Du har en tid {time}. Gem de tre ord. Med dem kan du se, flytte eller aflyse tiden.",
    "You have a talk on {time}. Keep the three words. With them you can see, move or cancel it.",
)
BOOKING_CANCELLED = Sentence(
    "Din tid {time} er aflyst. Du kan altid finde en ny.",
    "Your talk on {time} is cancelled. You can always find a new time.",
)
CALLED_OFF = Sentence(
    "Din tid {time} kan desværre ikke holdes. Undskyld. Det er ikke din skyld. Vil du vælge en ny tid?",
    "Your talk on {time} cannot be held. We are sorry. It is not your fault. Would you like to choose a new time?",
)
FIND_ANOTHER = Sentence("Find en ny tid", "Find a new time")
MORE_TIMES = Sentence("Vis flere tider", "Show more times")
BOOK_ANOTHER = Sentence("Book en ny snak", "Book a new talk")
MISSED = Sentence(
    "Vi sås ikke {time}. Det sker. Vil du have en ny tid?",
    "We did not meet on {time}. It happens. Would you like a new time?",
)
MOVED_BY_WORDS = Sentence("Din tid er flyttet. Nu er den {time}.", "Your talk is moved. It is now on {time}.")
CHANGED_BY_WORDS = Sentence("Din tid {time} er ændret.", "Your talk on {time} is changed.")
UNREMINDED = Sentence("Der kommer ingen besked før den nye tid.", "There will be no message before the new time.")
CANCELLED_BY_WORDS = Sentence(
    "Din tid er aflyst. Du kan altid finde en ny.", "Your talk is cancelled. You can always find a new time."
)
MOVED_AS_ASKED = Sentence(
    "Din tid er flyttet, som du bad os om. Nu er den {time}.",
    "Your talk is moved, as you asked us to. It is now on {time}.",
)
CANCELLED_AS_ASKED = Sentence(
    "Din tid er aflyst, som du bad os om. Du kan altid finde en ny.",
    "Your talk is cancelled, as you asked us to. You can always find a new time.",
)
TALK_OVER = Sentence("Din tid var {time}.", "Your talk was on {time}.")
UNKNOWN_WORDS = Sentence("Vi kan ikke finde en tid med de tre ord.", "We cannot find a talk with those three words.")
TOO_MANY_WORDS = Sentence(
    "Der er prøvet for mange forkerte ord herfra. Vent lidt, og prøv igen senere.",
    "Too many wrong words were tried from here. Wait a little, and try again later.",
)
