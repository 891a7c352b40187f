"""The last word of a caseworker's talk in the chat: goodbye, how to write again, and what was agreed."""

from datetime import UTC, datetime

from bot.casework.conversations import Conversation, Draft, Sender
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.wording import PLAN, spoken
from bot.store.store import Work

GOODBYE = Sentence(
    "Tak for snakken. Du kan altid skrive her igen. Så svarer robotten, og du kan bede om et menneske.",
    "Thank you for talking with us. You can always write here again. The robot answers then, and you can ask for "
    "a human.",
)
TALK_TO_COME = Sentence("Din tid er {time}.", "Your talk is {time}.")
YOUR_PLAN = Sentence("Her er din plan, som den er nu.", "Here is your plan as it is now.")


def goodbye(work: Work, conversation: Conversation) -> list[Draft]:
    """What the bot says when a human has closed the conversation.

    A plan has a message of its own: its card stands where the words of that message would. It is shown by its place
    alone: its words are added when the young person reads it, and nowhere else.
    """
    tongue = tongue_in(conversation)
    talk = next(iter(work.bookings.ahead_of(conversation.id, datetime.now(UTC))), None)
    said = GOODBYE.then(TALK_TO_COME) if talk else GOODBYE
    farewell = Draft(Sender.BOT, said.said_in(tongue, talk.starts_at if talk else None), data=spoken(tongue))
    if not work.plans.of(conversation.id).said:
        return [farewell]
    return [farewell, Draft(Sender.BOT, YOUR_PLAN.said_in(tongue), data={PLAN: {}} | spoken(tongue))]
