"""What the desk calls figures and their parts, in Danish."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import format_date

from bot.casework.figures import (
    NOBODY_CAME,
    PARTS,
    STRETCH_HOURS,
    Figure,
    GivenUp,
    TalkEvent,
    Topic,
    Unknown,
    Waited,
)
from bot.casework.periods import Period, PeriodKind
from bot.language.danish import short_date

UNDER_FIVE = "under 5"
TOO_FEW = "for få til at vise"
TOTAL = "I alt"
# What leads to the one in which today lies, to the one before it and to the one after it.
WAYS_TO = {
    PeriodKind.WEEK: ("Denne uge", "Ugen før", "Ugen efter"),
    PeriodKind.MONTH: ("Denne måned", "Måneden før", "Måneden efter"),
    PeriodKind.QUARTER: ("Dette kvartal", "Kvartalet før", "Kvartalet efter"),
    PeriodKind.SPAN: ("", "Lige så mange dage før", "Lige så mange dage efter"),
}

_WAITED: Mapping[str, str] = {
    Waited.UNDER_5: "Under 5 minutter",
    Waited.UNDER_15: "5 til 15 minutter",
    Waited.UNDER_60: "15 til 60 minutter",
    Waited.OVER_60: "Over 1 time",
}
_TOPICS: Mapping[str, str] = {
    Topic.HOME: "Et sted at bo",
    Topic.MONEY: "Penge og papirer",
    Topic.SUPPORT: "Støtte og kommunen",
    Topic.WELLBEING: "Hvordan de har det",
    Topic.NETWORK: "Familie, venner og hverdag",
    Topic.BOOKING: "En tid hos boligagenten",
    Topic.HUMAN: "Et menneske i chatten",
    Topic.HELPER: "Bekymring for en anden",
    Topic.DANGER: "Fare",
}


@dataclass(frozen=True)
class Words:
    """The heading of a figure, what is counted in it, what its parts are of, and the words of each part."""

    heading: str
    meaning: str
    parts_are: str
    parts: Mapping[str, str]


WORDS = {
    Figure.HOUR: Words(
        "Hvornår de skriver",
        "Så mange chats fik den første besked på den tid af døgnet.",
        "Tid",
        {part: f"Kl. {int(part)} til {int(part) + STRETCH_HOURS}" for part in PARTS[Figure.HOUR]},
    ),
    Figure.TOPIC: Words(
        "Hvad de skriver om",
        "Et emne tæller, når en chat går over til det, og igen en anden dag.",
        "Emne",
        _TOPICS,
    ),
    Figure.UNANSWERED: Words(
        "Det, der ikke var svar på",
        "Det er delt efter det emne, som beskeden lignede mest. Her kan I se, hvor der mangler svar.",
        "Emne",
        {
            **{topic: words for topic, words in _TOPICS.items() if topic is not Topic.DANGER},
            Unknown.OTHER: "Noget helt andet",
            Unknown.AWAY: "Robotten var ude af drift",
        },
    ),
    Figure.WAIT: Words(
        "Hvor længe de ventede",
        "Fra de bad om et menneske, til I tog samtalen. Den, der stadig venter, tæller ikke endnu. Fare står for sig.",
        "Ventetid",
        {
            **_WAITED,
            GivenUp.SILENT: "I kom, men de skrev ikke mere",
            GivenUp.LEFT: "De forlod chatten",
            GivenUp.ERASED: "De slettede chatten",
        },
    ),
    Figure.DANGER: Words(
        "Fare",
        "Fra de skrev om fare, til I gjorde noget. Robotten viser med det samme, hvor man kan ringe.",
        "Tid, til I gjorde noget",
        {**_WAITED, NOBODY_CAME: "De slettede chatten, før I kom"},
    ),
    Figure.TALK: Words(
        "Aftaler",
        "Det, der skete med aftaler om en snak.",
        "Hvad der skete",
        {
            TalkEvent.BOOKED: "Booket",
            TalkEvent.MET: "Mødt",
            TalkEvent.MISSED: "Kom ikke",
            TalkEvent.CANCELLED: "Aflyst af den unge",
            TalkEvent.CALLED_OFF: "Aflyst af jer",
        },
    ),
}


def number_words(number: int) -> str:
    """A number of a part; none is all that is told of up to four."""
    return str(number) if number else UNDER_FIVE


def total_words(total: int) -> str:
    """A sum of parts: of none nobody knows how many they are together."""
    return str(total) if total else TOO_FEW


def period_words(period: Period) -> str:
    """What a period is called: "uge 48, 23. nov. 2026 til 29. nov. 2026", "november 2026", "4. kvartal 2026"."""
    days = f"{short_date(period.first)} til {short_date(period.last)}"
    match period.kind:
        case PeriodKind.WEEK:
            return f"uge {period.first.isocalendar().week}, {days}"
        case PeriodKind.MONTH:
            return format_date(period.first, "LLLL y", locale="da")
        case PeriodKind.QUARTER:
            return f"{(period.first.month + 2) // 3}. kvartal {period.first.year}"
        case PeriodKind.SPAN:
            return days
