"""What a danger came in the middle of is offered again once it is calm: by a button, so that no bare "ja" goes on."""

from collections.abc import Sequence
from dataclasses import replace

from bot.casework.conversations import Button, Conversation, Draft, Kind, Message, Sender
from bot.conversation.check_ins import CHECK_INS
from bot.conversation.dialogue import Turn
from bot.conversation.sentences import Sentence, tongue_in
from bot.language.tongue import Tongue
from bot.store.store import Work

GO_ON = {
    "booking": (Sentence("Fortsæt med bookingen", "Go on with the booking"), "/booking_request"),
    "plan": (Sentence("Fortsæt med planen", "Go on with the plan"), '/plan_step{"step": "start"}'),
}


def with_form_again(
    work: Work, conversation: Conversation, message: Message, turn: Turn | None, answer: Sequence[Draft]
) -> list[Draft]:
    """The answer, with a button to go on, once, when the second message in a row tells of no danger."""
    form = work.conversations.get(conversation.id).kept_form
    if form is None or turn is None:
        return list(answer)
    if turn.asks:  # it goes on already, or another one does
        work.conversations.keep_form(conversation.id, None)
        return list(answer)
    if answer[-1].kind is not Kind.TEXT or not _is_calm(work, message, answer):
        return list(answer)
    work.conversations.keep_form(conversation.id, None)
    return [*answer[:-1], replace(answer[-1], buttons=(*answer[-1].buttons, _button(form, tongue_in(conversation))))]


def _is_calm(work: Work, message: Message, answer: Sequence[Draft]) -> bool:
    if any(draft.kind is Kind.DANGER or not CHECK_INS.isdisjoint(draft.data) for draft in answer):
        return False
    told = [one for one in work.conversations.after(message.conversation, 0) if one.sender is Sender.YOUNG]
    latest = [one for one in told if one.sequence <= message.sequence][-2:]
    return not any("danger" in one.data for one in latest)


def _button(form: str, tongue: Tongue) -> Button:
    title, payload = GO_ON[form]
    # A title has no room for both languages.
    return Button(title.said_in(Tongue.DANISH if tongue is Tongue.DANISH else Tongue.ENGLISH), payload)
