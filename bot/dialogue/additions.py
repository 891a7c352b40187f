"""What is joined to an answer of the domain. An answer ends with its own question, to which "ja" and "nej" answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.needs import need_phrases
from bot.dialogue.tracker_document import ASKED, YES

Answer = dict[str, Any]

NEEDS = "needs"
OWN_BUTTONS = 2
TAKE_IT = "Vil du tage det nu?"
TAKE_FIRST = "Hvad vil du tage først?"
LATER = "Det tager vi bagefter."
# The question for a bed tonight is never left out, whatever else was written.
KEEPS_QUESTION = "keeps_question"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that would make answers better: `choices` are titles and the values of its slot.

    `mark` names its text, `utter_ask_<mark>`, and holds that it is put once.
    """

    mark: str
    slot: str
    choices: tuple[tuple[str, str], ...]

    def buttons(self, intent: str) -> list[dict[str, str]]:
        """A button a choice, that asks for the same answer again."""
        return [{"title": title, "payload": f'/{intent}{{"{self.slot}": "{value}"}}'} for title, value in self.choices]


def with_line(answer: Answer, line: str, facts: Sequence[str]) -> Answer:
    """The answer with one line more before its question, and the facts of that line."""
    metadata = answer.get("metadata", {})
    known = metadata.get("facts", ())
    return _joined(answer, line) | {"metadata": {**metadata, "facts": [*known, *(f for f in facts if f not in known)]}}


def asking(answer: Answer, question: str, mark: str, buttons: Sequence[dict[str, str]]) -> Answer:
    """The answer with a question, marked as put, before its own, and the buttons of it after its own."""
    return _joined(answer, question) | {"buttons": [*answer.get("buttons", ()), *buttons], ASKED: mark}


def naming(answer: Answer, needs: Sequence[str]) -> Answer:
    """The answer with what else was written about, in place of its own question, and a button for each."""
    named = "Du skrev også om " + " og ".join(need_phrases()[need] for need in needs)
    buttons = [{"title": _title(need), "payload": f"/{need}"} for need in needs]
    own = [button for button in answer.get("buttons", ()) if button["payload"] not in {b["payload"] for b in buttons}]
    shown = answer | {"buttons": [*buttons, *own[:OWN_BUTTONS]]}
    if answer.get("metadata", {}).get(KEEPS_QUESTION):
        return _joined(shown, f"{named}. {LATER}")
    text = "\n".join([*_without_question(answer), f"{named}. {TAKE_IT if len(needs) == 1 else TAKE_FIRST}"])
    return shown | {"text": text, YES: f"/{needs[0]}", ASKED: NEEDS}


def _title(need: str) -> str:
    return f"Ja, om {need_phrases()[need]}"


def _without_question(answer: Answer) -> list[str]:
    lines: list[str] = answer["text"].rstrip().splitlines()
    return lines[:-1] if len(lines) > 1 and lines[-1].endswith("?") else lines


def _joined(answer: Answer, line: str) -> Answer:
    *before, last = answer["text"].rstrip().splitlines()
    return answer | {"text": "\n".join(filter(None, [*before, line, last]))}
