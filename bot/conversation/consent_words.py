"""Asks, when a human is asked for, what a caseworker may see, and answers the buttons of that question.

They are answered here and not by the dialogue model: a yes can be taken back while that is down, and while a human
holds the conversation.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.casework.consent import STEPS, NothingToShareError, Shared, opened_by_danger
from bot.casework.conversations import Button, Conversation, Draft, Holder, Kind, Message, Sender
from bot.conversation.sentences import Sentence, tongue_in
from bot.conversation.sharing import Part, parts, share, unshare
from bot.conversation.wording import spoken
from bot.language.tongue import Tongue
from bot.store.store import Work

HANDED_OVER = "handoff"
"""The key in the `data` of the message that says: a human was asked for just now."""
ASKED = "consent"
"""The key in the `data` of the question what may be shared."""
LOOK_BACK = 12
"""Messages in which a button may still be open."""

_PAYLOAD = re.compile(re.escape(STEPS) + r'"part": "(?P<part>transcript|plan|contact)", "give": (?P<give>true|false)\}')

QUESTION = Sentence(
    "En medarbejder kan læse det, du skriver fra nu af. Det, du har skrevet før, er dit. Du kan dele det, hvis du vil. "
    "Du kan altid tage det tilbage.",
    "A caseworker can read what you write from now on. What you wrote before is yours. You can share it if you want. "
    "You can always take it back.",
)
GIVE = {
    Shared.TRANSCRIPT: Sentence("Del chatten fra før", "Share the chat from before"),
    Shared.PLAN: Sentence("Del min plan", "Share my plan"),
    Shared.CONTACT: Sentence("Del min kontakt", "Share my contact"),
}
TAKE_BACK = {
    Shared.TRANSCRIPT: Sentence("Tag chatten tilbage", "Take the chat back"),
    Shared.PLAN: Sentence("Tag planen tilbage", "Take the plan back"),
    Shared.CONTACT: Sentence("Tag kontakten tilbage", "Take the contact back"),
}
GIVEN = {
    Shared.TRANSCRIPT: Sentence(
        "Nu kan de i kommunen læse hele chatten. Du kan altid tage det tilbage.",
        "Now the caseworkers can read the whole chat. You can always take it back.",
    ),
    Shared.PLAN: Sentence(
        "Nu kan medarbejderne i kommunen læse din plan. Den er stadig din, og du kan altid tage den tilbage.",
        "Now the caseworkers can read your plan. It is still yours, and you can always take it back.",
    ),
    Shared.CONTACT: Sentence(
        "Nu kan den medarbejder, der svarer dig, se din kontakt. Du kan altid tage det tilbage.",
        "Now the caseworker who answers you can see your contact. You can always take it back.",
    ),
}
TAKEN_BACK = Sentence(
    "Det er taget tilbage. De kan ikke læse det her mere. Har nogen skrevet noget i din sag, bliver det stående der.",
    "It is taken back. They cannot read it here any more. What somebody has written down in your case stays there.",
)
STILL_OPEN = Sentence(
    "Det er taget tilbage. Men det har set farligt ud her, så de må stadig læse det.",
    "It is taken back. But it has looked dangerous here, so they may still read it.",
)
NOTHING = Sentence("Der er ikke noget at dele endnu.", "There is nothing to share yet.")


@dataclass(frozen=True)
class Step:
    """A button of the question: share this part, or take it back."""

    part: Shared
    give: bool


def step_of(payload: str | None) -> Step | None:
    """The step that a payload means; None for any other."""
    pressed = _PAYLOAD.fullmatch(payload or "")
    return Step(Shared(pressed["part"]), pressed["give"] == "true") if pressed else None


def with_question(work: Work, conversation: Conversation, answer: Sequence[Draft]) -> list[Draft]:
    """The answer, with the question behind the words that call a human, where there is something to share.

    In danger nothing is asked: they may read then, and the danger message says so.
    """
    handed = next((draft for draft in answer if draft.data.get(HANDED_OVER)), None)
    if handed is None or opened_by_danger(conversation):
        return list(answer)
    tongue = tongue_in(conversation)
    open_parts = [part for part, stands in parts(work, conversation).items() if stands.exists and not stands.since]
    if not open_parts:
        return list(answer)
    buttons = tuple(_button(Step(part, give=True), tongue) for part in open_parts)
    question = Draft(Sender.BOT, QUESTION.said_in(tongue), buttons=buttons, data={ASKED: True} | spoken(tongue))
    place = list(answer).index(handed) + 1
    return [*answer[:place], question, *answer[place:]]


def take_step(work: Work, conversation: Conversation, step: Step, pressed: Message) -> Draft:
    """Does what was pressed and says what holds now: the final answer, or a notice while a human answers."""
    said, now = _do(work, conversation, step, datetime.now(UTC)), parts(work, conversation)
    tongue, by_human = tongue_in(conversation), conversation.holder is Holder.HUMAN
    steps = [
        Step(part, give=not stands.since)
        for part, stands in now.items()
        if _is_open(stands) and (part is step.part or not stands.since)
    ]
    others = _still_offered(work.conversations.after(conversation.id, max(0, pressed.sequence - LOOK_BACK)))
    return Draft(
        Sender.SYSTEM if by_human else Sender.BOT,
        said.said_in(tongue),
        kind=Kind.NOTICE if by_human else Kind.TEXT,
        buttons=(*(_button(one, tongue) for one in steps), *others),
        data={ASKED: True} | spoken(tongue),
        final=not by_human,
        reply_to=pressed.sequence,
    )


def _is_open(stands: Part) -> bool:
    return stands.exists or stands.since is not None


def _do(work: Work, conversation: Conversation, step: Step, now: datetime) -> Sentence:
    if not step.give:
        unshare(work, conversation, step.part, now)
        return STILL_OPEN if step.part in opened_by_danger(conversation) else TAKEN_BACK
    try:
        share(work, conversation, step.part, now)
    except NothingToShareError:
        return NOTHING
    return GIVEN[step.part]


def _button(step: Step, tongue: Tongue) -> Button:
    named = (GIVE if step.give else TAKE_BACK)[step.part]
    title = named.danish if tongue is Tongue.DANISH else named.english
    return Button(title, f'{STEPS}"part": "{step.part}", "give": {str(step.give).lower()}}}')


def _still_offered(messages: Iterable[Message]) -> tuple[Button, ...]:
    """The other buttons that could be pressed just before: a page shows only those after the last press."""
    for message in reversed(list(messages)):
        if message.sender is Sender.YOUNG and not step_of(message.payload):
            break
        others = tuple(button for button in message.buttons if not step_of(button.payload))
        if others and message.kind is not Kind.FORM:
            return others
    return ()
