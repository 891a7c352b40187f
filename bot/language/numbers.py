"""Danish number words and months, in the spelling of dictionaries, and what numbers count."""

from collections.abc import Mapping

NO_UNIT = (
    r"(?! ?(?:(?:år|års|årig|dage?|uger?|måneder|mdr|timer?|min|minutter|gange?|kr|kroner|procent|pct|m[2²]|kvm"
    r"|kvadratmeter|meter|km|kg|grader|mand|personer|stk)\b|%|-?eleven))"
)
"""A pattern to be put behind a number that is to be a time or a date: not so many of something."""

COUNTED = "modul|time|lektion|klasse|sal|semester|etage|g"
"""A pattern for what is told apart by its number: of "4. modul" the four is no hour and no date."""

CARDINALS = {
    "nul": 0, "en": 1, "et": 1, "to": 2, "et par": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8,
    "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16,
    "sytten": 17, "atten": 18, "nitten": 19, "tyve": 20, "enogtyve": 21, "toogtyve": 22, "treogtyve": 23,
    "fireogtyve": 24, "femogtyve": 25,
}  # fmt: skip

ORDINALS = {
    "første": 1, "anden": 2, "andet": 2, "tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6, "syvende": 7, "ottende": 8,
    "niende": 9, "tiende": 10, "ellevte": 11, "tolvte": 12, "trettende": 13, "fjortende": 14, "femtende": 15,
    "sekstende": 16, "syttende": 17, "attende": 18, "nittende": 19, "tyvende": 20, "enogtyvende": 21,
    "toogtyvende": 22, "treogtyvende": 23, "fireogtyvende": 24, "femogtyvende": 25, "seksogtyvende": 26,
    "syvogtyvende": 27, "otteogtyvende": 28, "niogtyvende": 29, "tredivte": 30, "enogtredivte": 31,
}  # fmt: skip

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
"""How the name of each begins."""


def number_said(text: str, words: Mapping[str, int] = CARDINALS) -> int:
    """What digits or one of the words say."""
    return int(text) if text.isdigit() else words[text]
