"""What a maintainer may decide, checked before it is kept."""

import re
from collections.abc import Collection, Mapping, Sequence

from bot.casework.meanings import OUT_OF_SCOPE
from bot.casework.misread import BadDecisionError, Decision, UnknownLabelError, Verdict
from bot.language.lookups import LOOKUPS, words_for

LONGEST_NAME = 40
_NAME = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_SEVERAL = 2


def labels() -> Mapping[str, str]:
    """Every meaning by its name, with what it is called on a button, or its name where it is never on one."""
    return {name: title or name for name, title in words_for(LOOKUPS / "intent_titles.yml").items()}


def checked(verdict: Verdict, given: Sequence[str], read_as: str | None, known: Collection[str]) -> Decision:
    """The decision that was meant. Raises UnknownLabelError, BadDecisionError.

    What has the meaning of what is nothing for the robot is that, however it was said: two who say it agree.
    """
    decision = _checked(verdict, given, read_as, known)
    return Decision(Verdict.NOT_OURS, decision.labels) if decision.labels == (OUT_OF_SCOPE,) else decision


def _checked(verdict: Verdict, given: Sequence[str], read_as: str | None, known: Collection[str]) -> Decision:
    named = tuple(dict.fromkeys(label.strip() for label in given if label.strip()))
    match verdict:
        case Verdict.CONFIRM:
            return Decision(verdict, _known([read_as] if read_as else [], known))
        case Verdict.NOT_OURS:
            return Decision(verdict, (OUT_OF_SCOPE,))
        case Verdict.LEAVE_OUT:
            return Decision(verdict, ())
        case Verdict.CORRECT:
            return _corrected(_known(named, known), read_as)
        case Verdict.SEVERAL:
            return Decision(verdict, tuple(sorted(_known(named, known, least=_SEVERAL, most=len(named)))))
        case Verdict.NEW:
            return Decision(verdict, _new(named, known))


def _corrected(named: tuple[str, ...], read_as: str | None) -> Decision:
    """Who corrects it to what it was read as confirms it."""
    return Decision(Verdict.CONFIRM if named == (read_as,) else Verdict.CORRECT, named)


def _known(named: Sequence[str], known: Collection[str], *, least: int = 1, most: int = 1) -> tuple[str, ...]:
    if unknown := [label for label in named if label not in known]:
        raise UnknownLabelError(unknown[0])
    if not least <= len(named) <= most:
        raise BadDecisionError
    return tuple(named)


def _new(named: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """A name for a meaning that there is none for: one that a file can have, and so nobody's words."""
    if len(named) != 1 or len(named[0]) > LONGEST_NAME or not _NAME.fullmatch(named[0]) or named[0] in known:
        raise BadDecisionError
    return (named[0],)
