"""What is in the way of a story, in Danish: the faults that `bot.teaching` tells, each with its place."""

import re
from collections.abc import Mapping, Sequence

TEXT = "teksten"
"""What the text that was written is called, in the place of a file."""

_THE = {"story": "historien", "rule": "reglen"}
_A = {"story": "en historie", "rule": "en regel"}
_WHAT = {
    "intent": "Betydningen {0} findes ikke",
    "action": "Svaret eller handlingen {0} findes ikke",
    "form": "Formularen {0} findes ikke",
    "slot": "Feltet {0} findes ikke",
    "entity": "Ordtypen {0} findes ikke",
}
_PLACE = re.compile(r"(?P<file>[^\s:,]+)(?:, line (?P<line>\d+))?: (?P<fault>.*)", re.DOTALL)
_CONTRADICTS = re.compile(
    r"the (?P<kind>story|rule) (?P<name>.*) says (?P<says>\S+) where (?P<sides>.*) says (?P<they>.*)"
)
_SIDE = re.compile(r"the (story|rule) (['\"].*?['\"]) in (\S+), line (\d+)")
_NAME = r"(?P<name>['\"].*['\"])"
_AT = r"(?P<file>\S+), line (?P<line>\d+)"
_PLOT = rf"the (?P<kind>story|rule) {_NAME}"
_FAULTS = {
    r"the (?P<what>intent|action|form|slot|entity) (?P<named>.*) does not exist; see bot/domain": "{what}.",
    rf"{_NAME} is already the name of {_AT}": "Navnet {name} er taget i {file}, linje {line}.",
    rf"{_PLOT} has no steps": "{The} {name} har ingen trin.",
    rf"{_PLOT} does nothing: it has no action": "{The} {name} mangler noget, robotten gør: en action.",
    rf"{_PLOT} can go (?P<ways>\d+) ways by its `or`s; (?P<most>\d+) are the most": (
        "{The} {name} kan gå {ways} veje med or. Højst {most} kan tjekkes."
    ),
    r"the (?P<kind>story|rule) has no name": "{The} mangler et navn.",
    r"the name (?P<name>.*) cannot be shown": "Navnet {name} har tegn, som ikke kan ses.",
    r"a (?P<kind>story|rule) has no (?P<key>.*)": "{A} kan ikke have {key}.",
    r"nobody's words belong here; .*": ("Her må ingens ord stå. Fjern user: og bot:, og behold intent: og action:."),
    r"a step is one of (?P<steps>.*); this has (?P<has>.*)": "Et trin er ét af {steps}. Her står {has}.",
    r"(?P<step>.*) is no step; a step is one of (?P<steps>.*)": ("{step} er ikke et trin. Et trin er ét af {steps}."),
    r"beside (?P<key>\S+) there is (?P<strange>.*)": "Ved siden af {key} står {strange}. Det kan ikke stå der.",
    r"`(?P<key>.*):` stands here a second time": "{key}: står her for anden gang.",
    r"a story repeats nothing by `&` and `\*`; write it out": "Skriv det hele ud i stedet for & og *.",
    r"no story goes so deep": "Så dybt ind går ingen historie.",
    r"expected a list under `(?P<key>\w+):`": "Under {key}: skal der stå en liste.",
    r"expected `(?P<key>\w+):` with a name": "Her skal stå {key}: med et navn.",
    r"the steps must stand under `steps:` themselves": "Trinene skal stå under steps:.",
    r"expected keys and values at the top": "Øverst skal stå stories: eller rules:.",
    # YAML's own words.
    r"found character '\\t' that cannot start any token": "Brug mellemrum i stedet for tabulator.",
    r"found character '(?P<sign>.)' that cannot start any token": "Sæt citationstegn om det, der begynder med {sign}.",
    r"mapping values are not allowed here": "Kolon eller indrykning passer ikke. Sæt citationstegn om navne med kolon.",
    r"found unexpected end of stream|expected .*<stream end>.": "Et citationstegn eller en parentes er ikke lukket.",
    r"expected .*, but found '.*'": "En indrykning eller en parentes passer ikke.",
    r"but found another document": "Der må ikke stå --- i teksten.",
}
_OF_ALL = {
    r"\S+: no story and no rule is in it": "Der er hverken en historie eller en regel i teksten.",
    rf"{_NAME} is already (?P<other>['\"].*['\"]) in {_AT}": (
        "{name} står der allerede som {other} i {file}, linje {line}."
    ),
    r"somebody else has been writing .*": "En anden skriver i data lige nu. Prøv igen om lidt.",
    r"(?P<file>\S+) was changed by somebody else meanwhile.*": "{file} blev rettet af en anden imens. Prøv igen.",
    r"(?P<file>\S+) is laid out in a way that nothing can be added to; .*": (
        "{file} er skrevet sådan, at intet kan lægges til. Bed jeres drift om hjælp."
    ),
}


def in_danish(lines: Sequence[str]) -> list[str]:
    """Each line in Danish with its place; what is none of ours, such as Rasa's own words, stays as it is."""
    return [_line(line) for line in lines]


def _line(line: str) -> str:
    if words := _matched(line, _OF_ALL):
        return words
    if not (placed := _PLACE.fullmatch(line)):
        return line
    fault = placed["fault"]
    words = _contradiction(fault) or _matched(fault, _FAULTS) or fault
    file = TEXT.capitalize() if placed["file"] == TEXT else placed["file"]
    return f"{file}, linje {placed['line']}: {words}" if placed["line"] else f"{file}: {words}"


def _contradiction(fault: str) -> str | None:
    if not (found := _CONTRADICTS.fullmatch(fault)):
        return None
    sides = _SIDE.sub(lambda side: f"{_THE[side[1]]} {side[2]} i {side[3]}, linje {side[4]}", found["sides"])
    they = "noget andet" if found["they"] == "something else" else found["they"]
    ours = f"{_THE[found['kind']].capitalize()} {found['name']}"
    return f"{ours} siger {found['says']}, men {sides.replace(' and ', ' og ')} siger {they}."


def _matched(fault: str, words: Mapping[str, str]) -> str | None:
    for pattern, told in words.items():
        if found := re.fullmatch(pattern, fault):
            return told.format(**_groups(found))
    return None


def _groups(found: re.Match[str]) -> dict[str, str]:
    groups = found.groupdict()
    if kind := groups.get("kind"):
        groups |= {"The": _THE[kind].capitalize(), "A": _A[kind].capitalize()}
    if what := groups.get("what"):
        groups["what"] = _WHAT[what].format(groups["named"])
    return groups
