"""Where somebody lives: a street with a house number, and what stands behind it but for the town."""

import re
from collections.abc import Iterator

from bot.privacy.details import Detail, Found
from bot.privacy.word_lists import no_names

# What a street's name ends with, whatever stands before it and however it is typed.
_SURE = (
    "vejen|vejn|vej|gaden|gade|alléen|allé|stræde|straede|strædet|vænget|vænge|vaenget|vaenge|boulevarden|boulevard|parken"
    "|torvet|torv|gyden|gyde|vangen"
)
# Endings that everyday words have as well: of a street only when it is written with a capital.
_WITH_CAPITAL = (
    "alle|pladsen|plads|haven|brynet|toften|tofte|toft|bakken|bakke|lunden|skoven|skrænten|marken|ageren|stien|dalen|højen"
    "|gården|krogen|kilen|ledet|hegnet|kvarteret|kollegiet|linie|passage|park|vang|kaj|kajen|broen"
)
_STREETS = re.compile(
    rf"(?<![\w-])(?:(?P<sure>(?:[^\W\d_]{{2,30}}|å)(?:{_SURE}))|(?i:(?P<alone>{_SURE}|alle|plads|park|kaj|have|bakke|kollegium))"
    rf"|(?P<capital>(?-i:[A-ZÆØÅ])[^\W\d_]{{1,30}}(?:{_WITH_CAPITAL})))(?![^\W\d]|-)",
    re.IGNORECASE,
)
_NO_STREETS = re.compile(
    r"(?:motor|land|om|ud|gen|skole|cykel|villa|blind|under|halv|side|gå|arbejds|sove|praktik|lærings|lærlinge|lege"
    r"|parkerings|camping|bus|ydre|kælder|døgn|leje|stå|sidde|studie|job|pleje|ventelistes?)"
    r"(?:vej|gade|plads|park)(?:en|erne)?|(?:vold|hals|forhånds|over)gaden?",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"((?:[^\W\d_]{1,4}\.){1,2}|[^\W\d_]+(?:[-'’][^\W\d_]+)*) $")
_MOST_BEFORE = 3
# "Gammel Kongevej", also in small letters.
_QUALIFIER = re.compile(
    r"gammel|gl\.?|ny|store|lille|nørre|vester|øster|sønder|søndre|nordre|vestre|østre|sankt|s[ck]t\.?|(?:[a-zæøå]\.){1,2}",
    re.IGNORECASE,
)
_NO_PART_OF_A_NAME = re.compile(
    r"samme|denne|hver|halv|lange?|på|den|ved|i|fra|til|hos|bor|min|din|\w+\.", re.IGNORECASE
)

_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
_COUNTED = (
    r"(?:år|kr|kroner|dkk|minut|min\b|time|dag|døgn|uge|måned|mdr|km|kilometer|meter|m2|kvm|kvadrat|gang|mand\b|mænd|person"
    r"|procent|%|stk|nat\b|nætter|søskende|børn|unge|værelse|hundrede|tusind|grader|år|days|weeks|months|times|years)"
)
_NUMBER = re.compile(
    rf",?\s{{0,2}}(?:nr\.?|nummer|no\.?)?\s?\d{{1,3}}(?:-\d{{1,3}})?(?:[A-Za-z](?!\w)|\s[A-H](?!\w))?"
    rf"(?![\w%:/]|[.,]\d{{2,}}|\s{{0,2}}{_COUNTED}|\.\s?{_MONTH})",
    re.IGNORECASE,
)
_DOOR = r"(?:t\.?v|t\.?h|mf|til\s(?:venstre|højre))\.?(?!\w)"
_INSIDE = re.compile(
    rf"[\s,.]{{1,3}}(?:\d{{1,2}}\.?\s?(?:sal|etage)(?:[\s,]{{1,2}}{_DOOR})?"
    rf"|\d{{1,2}}[\s.,]{{0,3}}{_DOOR}"
    rf"|(?:st|kl(?!\.?\s?\d)|kld|stuen|stue|kælderen|kælder)(?!\w)\.?(?:[\s,]{{1,2}}{_DOOR})?"
    rf"|(?:dør|lejl(?:ighed)?|vær(?:else)?)\.?\s?(?:nr\.?\s?)?\d{{1,4}}(?!\w)"
    rf"|(?<=,\s)\d{{1,2}}\.(?:\s?\d{{1,3}}(?!\w))?(?!\s?{_MONTH})"
    rf"|{_DOOR})",
    re.IGNORECASE,
)
_POSTAL_CODE = re.compile(
    r"[\s,]{1,3}(?:DK-?)?(?:\d{4}(?=\s[A-ZÆØÅ][^\W\d_])|(?!19|20)\d{4}(?=\s(?!kr|dkk|om\b|pr\b|i\b)[^\W\d_]{3}|\s*$))"
)


# "Vesterbro 12 2. tv": a floor and a door, or a town with its code, tell that the word before the number is a street.
_NO_STREET_ENDING = re.compile(
    rf"(?<![\w-])(?P<street>[^\W\d_]{{4,30}}) \d{{1,3}}[A-Za-z]?(?!\w)"
    rf"(?=[\s,.]{{1,3}}(?:\d{{1,2}}\.?\s?(?:sal\b|etage\b|[\s,.]{{0,2}}{_DOOR})|st\.?[\s,]{{1,2}}{_DOOR})"
    r"|[\s,]{1,3}(?!19|20)\d{4}\s(?!kr|dkk|om\b|pr\b|i\b)[^\W\d_]{3})",
    re.IGNORECASE,
)
_IN_A_HOUSE = re.compile(
    r"(?:\w*gang|blok|bygning|afdeling|trappe|rum|plads|linje|bussen|spor|sal|etage|stue|skab|dør|bord|hold|klasse)(?:en|et)?",
    re.IGNORECASE,
)


def find_addresses(text: str) -> Iterator[Found]:
    """Streets with a house number, with floor, door and postal code. The town behind stays: the answers need it."""
    for street in _STREETS.finditer(text):
        number = _NUMBER.match(text, street.end())
        if number is None or _NO_STREETS.fullmatch(street.group()):
            continue
        start = _start(text, street)
        if street["alone"] is None or start < street.start():
            yield Found(Detail.ADDRESS, start, _end(text, number.end()))
    for house in _NO_STREET_ENDING.finditer(text):
        if house["street"].casefold() not in no_names() and not _IN_A_HOUSE.fullmatch(house["street"]):
            yield Found(Detail.ADDRESS, house.start(), _end(text, house.end()))


def _start(text: str, street: re.Match[str]) -> int:
    """Where the name begins: "Peter Bangs Vej", "Gammel Kongevej"."""
    start = street.start()
    for _ in range(_MOST_BEFORE):
        before = _BEFORE.search(text, max(0, start - 40), start)
        if before is None or not _is_of_a_name(before[1], alone=start == street.start() and bool(street["alone"])):
            break
        start = before.start()
    return start


def _is_of_a_name(word: str, *, alone: bool) -> bool:
    if _QUALIFIER.fullmatch(word):
        return True
    if word.casefold() in no_names() or _NO_PART_OF_A_NAME.fullmatch(word):
        return False
    return word[0].isupper() or alone


def _end(text: str, end: int) -> int:
    while inside := _INSIDE.match(text, end):
        end = inside.end()
    code = _POSTAL_CODE.match(text, end)
    return code.end() if code else end
