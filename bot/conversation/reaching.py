"""Which typed number or e-mail is meant for whoever is to call: it is kept for them. Any other is hidden and gone."""

from bot.casework.bookings import Contact
from bot.casework.conversations import Conversation, Holder, Writer
from bot.language.folding import compiled, fold_in_place
from bot.privacy.details import Detail
from bot.privacy.mask import Masked
from bot.safety.levels import DangerLevel
from bot.safety.screen import Assessment

# The questions to which a typed number is kept as a contact detail, by the slots of the booking form: the one that asks
# for it, and the last one, at which a wrong number is put right.
CONTACT_QUESTIONS = frozenset({"booking_contact", "booking_confirmed"})

_ITS_PLACE = r"\[(?:telefonnummer|e-mail)\]"
_NUMBER = r"(?:\w*nummer|nr|tlf|telefon|mobil|e?-?mail|number|phone)"
_ANOTHERS = compiled(
    rf"\b(?:hans|hendes|deres|his|their|(?:min|mit|my) \w+s) (?:\w+ )?{_NUMBER}\b|\bher (?:phone )?number\b"
)
_TO_BE_CALLED = compiled(
    r"\b(?:ring|ringe|kontakt|kontakte|skriv|skrive|sms|få fat|brug|prøv|svar|call|text|reach|contact|use|try)\b"
)
_CALLED_FROM = compiled(rf"(?<!jeg ringer )(?<!jeg skriver )\b(?:fra|from) (?:\w+ ){{0,2}}{_ITS_PLACE}")


def contact_in(masked: Masked) -> Contact | None:
    """What was taken out of a message by which somebody can be reached; None where nothing was."""
    return Contact(phone=masked.phone, email=masked.email) if masked.phone or masked.email else None


def _is_asked(conversation: Conversation) -> bool:
    """Whether a number is meant for us: by the form's question, or by a human who was asked for or is there."""
    return conversation.asks in CONTACT_QUESTIONS or conversation.holder is not Holder.BOT


def is_given(masked: Masked, conversation: Conversation, assessment: Assessment) -> bool:
    """Whether what is in the message is kept at once: where it was asked for, and where it calls a human by its danger.

    Of a friend in danger, or the young person whom a helper writes about, another's number is the one to call.
    """
    if _is_asked(conversation):
        return True
    about_another = assessment.about_another or conversation.writer is Writer.HELPER
    return assessment.level >= DangerLevel.CLEAR and (about_another or not is_anothers(masked.text))


def is_anothers(text: str) -> bool:
    """Whether the number in a masked text is said to be somebody's who is not to be called: "han truer mig fra …"."""
    folded = fold_in_place(text)
    theirs = _ANOTHERS.search(folded) and not _TO_BE_CALLED.search(folded)
    return bool(theirs or _CALLED_FROM.search(folded))


def expected(masked: Masked, conversation: Conversation, assessment: Assessment) -> frozenset[Detail]:
    """What is no surprise to be hidden: it is kept for whoever calls, or the form has a field for it."""
    reach = {Detail.PHONE, Detail.EMAIL} if is_given(masked, conversation, assessment) else set()
    return frozenset(reach | ({Detail.NAME} if conversation.asks in CONTACT_QUESTIONS else set()))
