"""What names a day in a Danish message, and which day that is: "på torsdag", "i overmorgen", "d. 3. december"."""

import re

from bot.language.folding import compiled, danish_pattern
from bot.language.numbers import CARDINALS, COUNTED, NO_UNIT, ORDINALS
from bot.language.which_days import (
    FEASTS,
    PARTS_OF_MONTH,
    PARTS_OF_WEEK,
    Resolver,
    ahead,
    coming_weekday,
    day_of_month,
    feast,
    first_days,
    first_week,
    first_workday,
    holidays,
    in_months,
    in_some_units,
    in_units,
    last_of_month,
    named_month,
    next_days,
    next_month,
    next_week,
    next_year,
    ordinal_date,
    ordinal_day,
    part_of_month,
    part_of_week,
    season,
    that_year,
    this_week,
    week_after_next,
    week_number,
    weekday_and_weeks,
    weekday_of_month,
    weekend,
    within,
    written_date,
)

_SHORT = (
    r"(?=\.? ?(?:kl|d\.|den \d|\d|[-–/] ?(?:man|tirs|ons|tors|fre|lør|søn)|til (?:tirs|ons|tors|fre|lør|søn)"
    r"|morgen\b|formiddag|middag|eftermiddag|aften|fm\b|em\b))"
)
# "På man" and "paa man" name Monday; "man" alone is people.
_AT = r"(?:(?<=\bpa )|(?<=\bpaa ))"
_AFTER_SATURDAY = "(?:(?<=lor eller )|(?<=lor og )|(?<=lor, )|(?<=lor/))"
_ENDS = r"(?= *(?:$|[,.!?]))"
# "To" and "ti" are numbers, but not where a message begins with "to kl".
_BEFORE_HOUR, _FIRST = r"(?=\.? (?:kl|d\.? ?\d))", r"(?:^|(?<=\bpa )|(?<=\bpaa ))"
# "Må kl 14 være fint?" is no Monday.
_MA = rf"{_FIRST}ma{_BEFORE_HOUR}" r"(?!\.? kl\.? ?[\w.:]+ (?:(?!vil|kan|kunne)\w+ )?(?:være|passe|gerne)\b)"
_MAN_IN_A_LIST = r"(?:(?<= eller )|(?<= el )|(?<= og ))man\b(?= *(?:$|[,.!?]|kl|efter|før|fra|mellem))"
_TOR = (
    r"tor(?=\.? ?(?:kl|d\.|\d|eller|el\b))"
    # A name as well: "hilsen Tor, fredag passer".
    r"|(?<!hilsen )(?<!hedder )(?<!mvh )(?<!er )tor(?=,? (?:og )?(?:fre|lør|man|tirs|ons))"
)
_WEEKDAYS = (
    rf"mandag(?:ene?|e)?|monday|man{_SHORT}|{_MA}|{_AT}man\b{_ENDS}|{_MAN_IN_A_LIST}",
    rf"tirsdag(?:ene?|e)?|tuesday|tirs|{_FIRST}ti{_BEFORE_HOUR}",
    rf"onsdag(?:ene?|e)?|wednesday|ons|on{_BEFORE_HOUR}",
    rf"torsdag(?:ene?|e)?|thursday|tors|{_FIRST}to{_BEFORE_HOUR}|{_TOR}",
    rf"fredag(?:ene?|e)?|friday|fre|fr{_BEFORE_HOUR}",
    rf"lørdag(?:ene?|e)?|saturday|lør|lø{_BEFORE_HOUR}",
    rf"søndag(?:ene?|e)?|sunday|søn{_SHORT}|sø{_BEFORE_HOUR}|{_AFTER_SATURDAY}søn\b|{_AT}søn\b{_ENDS}",
)
_WEEKDAY = "(?:" + "|".join(_WEEKDAYS) + r")\b\.?"
_MONTH = (
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|dec)\b\.?"
)
# "Til jul" is no July.
_MONTH_ALONE = rf"(?!jul\b){_MONTH}"
_NUMBER = r"\d{1,2}|" + "|".join(CARDINALS)
_BEFORE_DATE = rf"(?:{_WEEKDAY},? ?)?(?:d\. ?|d |den )"


def _rule(pattern: str, resolve: Resolver) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(r"\b(?:" + danish_pattern(pattern) + ")"), resolve


_NAMED_WEEKDAYS = "|".join(rf"(?P<weekday{number}>{names})" for number, names in enumerate(_WEEKDAYS))
NAMED_WEEKDAY = compiled(rf"(?:(?:nu )?på |om )?(?:den )?(?:{_NAMED_WEEKDAYS})\b")

# "Maj" and "August" are names as well.
_WHOLE_MONTH = "januar|februar|marts|april|juni|juli|september|oktober|november|december"
_DAY = r"(?P<day>[0-3]?\d)"
# The one that a later day of the same list names: "den 4. eller 7. december".
_SAME_MONTH = (
    r"(?=(?:(?:, ?| ?[-–+&] ?| (?:og|eller|el|samt|til(?: og med)?) )"
    rf"(?:{_BEFORE_DATE})?[0-3]?\d\b\.?)+ ?(?P<month>{_MONTH}))"
)
_MONTH_NUMBER = r"(?P<month>(?:0?[1-9]|1[0-2])\b)"
_SLASHED_YEAR = r"(?P<year>[-/ ]?20\d\d\b|[-/]\d\d\b)"
_ORDINAL = f"(?P<ordinal>{'|'.join(ORDINALS)})"
_SMALL = "|".join(word for word, day in ORDINALS.items() if day <= 5)  # noqa: PLR2004 -- as long as a list of times, or the Thursdays of a month
_SENTENCE_GOES_ON = r"(?= *(?:$|[,.!?]|kl|om|i|eller|passer))"

_NO_DATE = rf"(?:{COUNTED}|valg|prioritet|tv|th|år|dag|uge)\b"
_FEAST = "|".join(FEASTS)
_PART_OF_WEEK = "(?:" + "|".join(PARTS_OF_WEEK) + ")"
_PART_OF_MONTH = "|".join(PARTS_OF_MONTH)

# The first rule that reads a word keeps it.
RULES = (
    _rule(rf"(?:den )?sidste (?:(?P<work>hverdag|dag) )?i (?:(?P<month>{_MONTH})|måneden\b)", last_of_month),
    _rule(rf"(?:den )?første (?:hverdag|arbejdsdag) i (?P<month>{_MONTH})", first_workday),
    _rule(
        rf"(?:den )?(?P<ordinal>{_SMALL}|sidste) (?:{_NAMED_WEEKDAYS}) i (?:(?P<month>{_MONTH})|måneden\b)",
        weekday_of_month,
    ),
    _rule(rf"(?P<the>{_BEFORE_DATE})?{_DAY}(?P<dot>\.)?(?(the)|(?(dot)|(?= ?[-–]))){_SAME_MONTH}", written_date),
    _rule(rf"(?:{_BEFORE_DATE}|{_WEEKDAY},? )?{_DAY}\.? ?(?P<month>{_MONTH})(?: (?P<year>20\d\d))?", written_date),
    _rule(rf"(?:{_BEFORE_DATE})?{_ORDINAL} (?P<month>{_MONTH})", ordinal_date),
    _rule(
        rf"(?<!\bi )(?!(?:maj|august|jan)\b)(?P<month>{_MONTH_ALONE}) (?:d\.? ?|den )?{_DAY}\b(?![.:/]?\d){NO_UNIT}",
        written_date,
    ),
    _rule(rf"(?:{_BEFORE_DATE}|{_WEEKDAY} )?(?!24/7){_DAY}/{_MONTH_NUMBER}{_SLASHED_YEAR}?", written_date),
    _rule(rf"{_BEFORE_DATE}{_DAY}\.{_MONTH_NUMBER}(?P<year>\.20\d\d\b)?", written_date),
    _rule(rf"{_BEFORE_DATE}{_DAY} {_MONTH_NUMBER}(?=,? (?:kl|om))", written_date),
    _rule(rf"{_DAY}[.-]{_MONTH_NUMBER}(?P<year>[.-]20\d\d)\b", written_date),
    _rule(rf"(?<![\d.:/-])(?<!kl )(?<!kl\. ){_DAY}\.{_MONTH_NUMBER}(?=,? (?:kl|klokken)\b)", written_date),
    # No hour has these numbers.
    _rule(rf"(?<![\d.:/-])(?P<day>2[4-9]|3[01])[.-]{_MONTH_NUMBER}(?![.:]\d\d\b){NO_UNIT}", written_date),
    _rule(rf"(?P<year>20\d\d-){_MONTH_NUMBER}-(?P<day>[0-3]\d)\b", written_date),
    _rule(rf"{_BEFORE_DATE}{_DAY}\b\.?(?![.:/]?\d| ?(?:år|kr|%|uge|dage?\b))", day_of_month),
    # No hour has these numbers: "lørdag 28".
    _rule(rf"{_WEEKDAY},? (?P<day>2[5-9]|3[01])\b(?![.:/]?\d){NO_UNIT}", day_of_month),
    # "30. eller 1."
    _rule(rf"(?<![\d.:/-]){_DAY}\.(?= (?:eller|og) (?:den )?\d{{1,2}}\.(?!\d| ?{_NO_DATE}))", day_of_month),
    # No hour has these numbers: "d. 28 eller 29".
    _rule(r"(?:(?<=# og )|(?<=# eller ))(?P<day>2[5-9]|3[01])\b(?= *(?:$|[,!?]))", day_of_month),
    # Twice, for "den 8., 9. og 10.": each is the next such day.
    *(
        _rule(rf"(?:(?<=#, )|(?<=# og )|(?<=# eller )){_DAY}\.(?![.:/]?\d| ?{_NO_DATE})", day_of_month)
        for _ in range(2)
    ),
    # "den anden" alone is the other one or the second of a list; with a weekday or above five it is a date.
    _rule(rf"{_WEEKDAY},? den {_ORDINAL}\b", ordinal_day),
    _rule(rf"den (?!(?:{_SMALL})\b){_ORDINAL}\b{_SENTENCE_GOES_ON}", ordinal_day),
    _rule(rf"den {_ORDINAL}(?= kl)", ordinal_day),
    _rule(r"(?:i ?)?over ?morgen\b", ahead(2)),
    _rule(r"i ?morgen\b|imorg?en\b|imrg\b|tomorrow\b", ahead(1)),
    _rule(r"i ?dag om (?:en uge|otte dage|8 dage)\b|(?:en|1) uge fra i ?dag\b", ahead(7)),
    _rule(r"i ?dag om (?:to uger|2 uger|14 dage|fjorten dage)\b|(?:to|2) uger fra i ?dag\b", ahead(14)),
    _rule(
        r"(?<!uge fra )(?<!uger fra )(?<!dage fra )i ?dag\b|today\b|i(?= (?:aften|eftermiddag|formiddag|middag)\b)",
        ahead(0),
    ),
    _rule(r"her til (?=(?:eftermiddag|formiddag|middag)\b)|(?:her )?til (?=aften\b)", ahead(0)),
    _rule(
        rf"(?:på )?(?:{_NAMED_WEEKDAYS})(?: over| om)? (?P<later>otte|8|fjorten|14) dage\b",
        weekday_and_weeks,
    ),
    _rule(rf"om (?P<number>{_NUMBER}) måned(?:er)?\b", in_months),
    _rule(rf"inden for (?:de næste |de kommende )?(?P<number>et par|{_NUMBER}) (?P<unit>dages?|uges?|uger)\b", within),
    _rule(rf"(?:i )?de (?:næste|kommende) (?P<number>et par|par|{_NUMBER}) (?P<unit>dage)\b", next_days),
    _rule(
        rf"(?P<om>om )?(?P<number>{_NUMBER}) ?(?:-|–|til|eller) ?(?P<more>{_NUMBER}) dage(?: tid)?"
        r"(?(om)(?: fra (?:i ?dag|nu))?| fra (?:i ?dag|nu))\b",
        in_some_units,
    ),
    _rule(
        rf"om (?:præcis |cirka |ca\.? |lige )?(?P<number>et par|{_NUMBER}) (?P<unit>dages?|ugers?|uges?)\b(?: tid)?"
        r"(?: fra (?:i ?dag|nu)\b)?",
        in_units,
    ),
    _rule(rf"(?:{_FEAST})\b", feast),
    _rule(
        r"(?P<between>(?:i ?)?mellem jul(?:en)? (?:og|&) nytår)\b"
        r"|(?:(?<=inden )|(?<=for )|(?<=foer )|(?<=efter ))(?:(?P<jul>jul)(?:en)?|nytår)\b",
        holidays,
    ),
    _rule(
        r"de(?:n)? første (?:(?P<number>et par|par|to|tre|fire|fem) )?dage? i "
        rf"(?:(?P<next>næste) uge|(?P<month>{_MONTH}))",
        first_days,
    ),
    _rule(
        rf"(?!først i uge ){_PART_OF_WEEK} (?:på ugen )?(?:i |af |på )?"
        r"(?:(?:den )?(?P<next>næste|kommende) uge|uge (?P<week>\d{1,2}))\b",
        part_of_week,
    ),
    _rule(
        rf"{_PART_OF_WEEK} (?:på |i |af )?(?:(?:denne|den her) uge|ugen(?! (?:efter|derpå|derefter)))\b", part_of_week
    ),
    _rule(rf"(?:den )?første uge i (?P<month>{_MONTH})", first_week),
    _rule(rf"(?:i )?ugen efter (?:den )?næste(?: uge\b|{_SENTENCE_GOES_ON})|(?:i )?næste næste uge\b", week_after_next),
    _rule(r"(?:i )?(?:næste|kommende) uges?\b|ugen efter\b", next_week),
    _rule(
        r"(?:i )?(?:(?:denne|den her|denne her) uge|løbet af ugen)\b|her i ugen\b"
        r"|inden (?:ugen|weekenden) er (?:omme|slut|forbi)\b",
        this_week,
    ),
    _rule(r"(?:i )?uge (?P<week>\d{1,2})(?: ?(?:eller|og|til|-|/) ?(?:uge )?(?P<last>\d{1,2}))?\b", week_number),
    _rule(r"(?:i )?(?:næste|kommende) måned\b", next_month),
    # "Jeg kan først i december" waits for it.
    _rule(
        rf"(?:(?<!\bkan )(?<!\bjeg )(?<!\ber )|(?!først))(?P<part>{_PART_OF_MONTH}) (?:i|af) (?P<month>{_MONTH_ALONE})",
        part_of_month,
    ),
    _rule(
        rf"(?:(?:først|sidst|midt|starten|slutningen) )?(?:i|af|til) (?:løbet af )?(?P<month>{_MONTH_ALONE})",
        named_month,
    ),
    _rule(r"(?:til |i )?næste år\b", next_year),
    _rule(r"i (?P<year>20\d\d)\b", that_year),
    _rule(r"(?:i |til |efter )vinterferien\b", season(2)),
    _rule(r"(?:til foråret|næste forår|(?:til|i|efter) påsken?)\b", season(3)),
    _rule(r"(?:til sommer(?:en)?|næste sommer|efter sommerferien)\b", season(6)),
    _rule(r"(?:i |på |til )?(?P<next>næste )?weekend(?:en)?\b", weekend),
    _rule(rf"(?P<month>{_WHOLE_MONTH})\b", named_month),
    _rule(rf"(?:(?:nu )?på |om )?(?P<next>næste )?(?:førstkommende |den )?(?:{_NAMED_WEEKDAYS})\b\.?", coming_weekday),
)
