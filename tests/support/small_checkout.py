"""A checkout with three intents: enough for a real training, small enough for a test."""

from pathlib import Path
from shutil import copy

from bot.settings import ROOT

TOPICS = {
    "chat_greet": [
        "hej",
        "hejsa",
        "goddag",
        "halløj",
        "yo",
        "davs",
        "hej med dig",
        "godmorgen",
        "hey",
        "hallo",
        "mojn",
        "heej du",
    ],
    "booking_request": [
        "jeg vil gerne have en tid",
        "må jeg booke en tid",
        "bestille tid",
        "jeg ønsker en samtale",
        "tale med boligagenten",
        "kan vi mødes",
        "have et møde",
        "booke et møde",
        "aftale en tid",
        "find en tid til mig",
        "snakke med en boligagent",
        "jeg vil møde boligagenten",
    ],
    "housing_couch_surfing": [
        "jeg sover på sofaer",
        "sover hos venner",
        "bor hos en kammerat",
        "på gulvet hos en ven",
        "jeg sover i en bil",
        "sover hos min fætter",
        "på skift hos folk",
        "jeg sover på en sofa",
        "sover rundt omkring",
        "hos den ene og den anden",
        "bor i et kolonihavehus",
        "på en madras hos en ven",
    ],
}
HELD_OUT = {
    "chat_greet": ["hejsa med dig", "goddag du"],
    "booking_request": ["kan jeg booke en tid", "må jeg få et møde"],
    "housing_couch_surfing": ["jeg overnatter på sofaer", "sover hos kammerater"],
}
DOMAIN = """version: "3.1"
intents: [chat_greet, booking_request, housing_couch_surfing]
responses:
  utter_greet:
  - text: Hej
"""
RULES = """version: "3.1"
rules:
- rule: greet
  steps:
  - intent: chat_greet
  - action: utter_greet
"""
STORIES = """version: "3.1"
stories:
- story: greet twice
  steps:
  - intent: chat_greet
  - action: utter_greet
  - intent: chat_greet
  - action: utter_greet
"""
TOLD = """stories:
- story: greets back
  steps:
  - user: |
      hejsa
    intent: chat_greet
  - action: utter_greet
"""


def nlu(topics: dict[str, list[str]]) -> str:
    entries = (
        f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {t}\n" for t in texts)
        for intent, texts in topics.items()
    )
    return 'version: "3.1"\nnlu:\n' + "".join(entries)


def small_checkout(root: Path) -> Path:
    contents = {
        "data/nlu/all.yml": nlu(TOPICS),
        "tests/held_out/intents.yml": nlu(HELD_OUT),
        "bot/domain/all.yml": DOMAIN,
        "data/rules/all.yml": RULES,
        "data/stories/all.yml": STORIES,
        "tests/dialogue/test_all.yml": TOLD,
    }
    for name, content in contents.items():
        file = root / name
        file.parent.mkdir(parents=True)
        file.write_text(content, encoding="utf-8")
    copy(ROOT / "config.yml", root / "config.yml")
    return root
