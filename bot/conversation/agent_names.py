"""The names of agents that a message may ask for. They are no secret where young people may choose, and are not hidden.

Only where a talk with one is asked for: the same name elsewhere may be a friend's, or the writer's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.language.whom import asks_for_a_talk, names_in
from bot.municipality.towns import Municipality
from bot.store.store import Store
from bot.store.whose import of_conversation

# What the form asks for while it offers times, and whom to talk with.
ASKS_WHOM = "booking_time"

NAMES_AGENT = "names_agent"
"""The key in a message's `data` and in Rasa's metadata: a talk with an agent is asked for by name in it."""


@dataclass(frozen=True)
class Agents:
    """Whole names by number. `bare`: a name is all that an answer need say now."""

    names: Mapping[int, str] = field(default_factory=dict)
    bare: bool = False

    def asked_for(self, text: str) -> Sequence[tuple[int, int]]:
        """Where in the text they stand."""
        return [(one.start, one.end) for one in names_in(text, self.names, bare=self.bare)]

    def are_wished_for(self, text: str) -> bool:
        """Whether it asks for a talk with one of them, whatever was said before."""
        return asks_for_a_talk(text, self.names)


NOBODY = Agents()


def agents_for(store: Store, conversation: str, towns: Mapping[str, Municipality]) -> Agents:
    """Those of the conversation's town, where one may choose. Raises ConversationNotFoundError."""
    if not any(town.choose_agent for town in towns.values()):
        return NOBODY
    with store.read(of_conversation(conversation)) as work:
        found = work.conversations.get(conversation)
        if not towns[found.municipality].choose_agent:
            return NOBODY
        return Agents(work.agents.names(found.municipality, working=True), bare=found.asks == ASKS_WHOM)
