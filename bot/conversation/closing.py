"""The last words of a caseworker's talk in the chat: what was agreed, goodbye, and how to write again."""

from datetime import UTC, datetime

from bot.casework.conversations import Conversation, Draft, Sender
from bot.casework.plans import LONGEST_TEXT, Part, TextTooLongError, agree
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.wording import PLAN, spoken
from bot.privacy.mask import NEEDED_BY_NOBODY, mask
from bot.store.plans import SAID_AGREED
from bot.store.store import Work

GOODBYE = Sentence(
    "Tak for snakken. Du kan altid skrive her igen. Så svarer robotten, og du kan bede om et menneske.",
    "Thank you for talking with us. You can always write here again. The robot answers then, and you can ask for "
    "a human.",
)
TALK_TO_COME = Sentence("Din tid er {time}.", "Your talk is {time}.")
YOUR_PLAN = Sentence("Her er din plan, som den er nu.", "Here is your plan as it is now.")


AGREED = Sentence("I har aftalt det her:", "You have agreed on this:")
IN_PLAN = Sentence(
    "Det står også i din plan. Du kan rette det eller slette det der.",
    "It is in your plan, too. You can change it or delete it there.",
)
IN_PLAN_INSTEAD = Sentence(
    "Det står nu i din plan i stedet for det, I aftalte før. Du kan rette det eller slette det der.",
    "It is in your plan now, instead of what you agreed on before. You can change it or delete it there.",
)


def keep_agreed(work: Work, conversation: Conversation, words: str) -> None:
    """Says in the chat what a caseworker and the young person agreed on, and keeps it in the plan; nothing for "".

    CPR, card and account numbers are hidden in it. Raises TextTooLongError.
    """
    given = words.strip()
    if len(given) > LONGEST_TEXT:
        raise TextTooLongError
    if not given:
        return
    agreed, before = mask(given, NEEDED_BY_NOBODY).text, work.plans.of(conversation.id)
    plan = agree(before, agreed)
    work.plans.put(conversation, plan)
    stands = IN_PLAN if before.texts.get(Part.AGREED, "") in plan.texts[Part.AGREED] else IN_PLAN_INSTEAD
    tongue = tongue_in(conversation)
    said = f"{AGREED.said_in(tongue)}\n{agreed}\n\n{stands.said_in(tongue)}"
    work.conversations.append(conversation, [Draft(Sender.BOT, said, data={SAID_AGREED: agreed} | spoken(tongue))])


def goodbye(work: Work, conversation: Conversation) -> list[Draft]:
    """What the bot says when a human has closed the conversation.

    A plan has a message of its own: its card stands where the words of that message would. It is shown by its place
    alone: its words are added when the young person reads it, and nowhere else.
    """
    tongue = tongue_in(conversation)
    talk = next(iter(work.bookings.ahead_of(conversation.id, datetime.now(UTC))), None)
    said = GOODBYE.then(TALK_TO_COME) if talk else GOODBYE
    farewell = Draft(Sender.BOT, said.said_in(tongue, talk.starts_at if talk else None), data=spoken(tongue))
    if not work.plans.of(conversation.id).is_own:
        return [farewell]
    return [farewell, Draft(Sender.BOT, YOUR_PLAN.said_in(tongue), data={PLAN: {}} | spoken(tongue))]
