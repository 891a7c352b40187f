"""What goes along with a talk, in the words of those who ask for it and of the boligagent."""

from bot.casework.along import Along, Ask
from bot.language.languages import in_english

TITLES = {
    Ask.WOMAN: "helst en kvinde",
    Ask.MAN: "helst en mand",
    Ask.INTERPRETER: "tolk",
    Ask.COMPANION: "en mere kommer med",
    Ask.WHEELCHAIR: "plads til kørestol eller krykker",
}
_IN_ENGLISH = {
    Ask.WOMAN: "a woman, if possible",
    Ask.MAN: "a man, if possible",
    Ask.INTERPRETER: "an interpreter",
    Ask.COMPANION: "somebody comes along",
    Ask.WHEELCHAIR: "room for a wheelchair or crutches",
}


def in_words(along: Along) -> str:
    """As in "helst en kvinde, tolk (arabisk)"; empty where nothing is asked for."""
    language = f" ({along.language})" if along.language else ""
    return ", ".join(title + (language if ask is Ask.INTERPRETER else "") for ask, title in _of(along, TITLES))


def in_english_words(along: Along) -> str:
    """As in "a woman, if possible, an interpreter (Arabic)"."""
    language = f" ({in_english(along.language)})" if along.language else ""
    return ", ".join(title + (language if ask is Ask.INTERPRETER else "") for ask, title in _of(along, _IN_ENGLISH))


def _of(along: Along, titles: dict[Ask, str]) -> list[tuple[Ask, str]]:
    return [(ask, title) for ask, title in titles.items() if ask in along.asks]
