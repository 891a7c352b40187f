"""What is said about a time beside its day and its hour: how soon, that it is over, that it is not sure."""

import re

from bot.language.folding import any_of, compiled
from bot.language.numbers import CARDINALS, number_said

SOONEST = any_of(
    r"(?:så )?(?:hurtigt?|hurtigst|snart|snarest|tidligt?)(?: som)?(?: (?:overhovedet|det er))? mulig(?:t|e)?",
    r"(?:så|hvor) (?:snart|hurtigt?|tidligt) (?:som )?(?:i|du|de|man|jeg|vi|det) (?:\w+ )?kan(?: lade sig gøre)?",
    r"så (?:snart|hurtigt) (?:i|du|der) (?:overhovedet )?(?:har|er|bliver|får)|straks|nu og her",
    r"hurtigste?(?: tid)?(?:,? (?:i|du) (?:har|kan))?|snarest|asap|a\.s\.a\.p|jo før jo bedre|med det samme",
    r"(?:den )?(?:første ledige|tidligste|aller ?første(?! (?:gang|samtale|møde)))(?: (?:ledige )?tid)?",
    r"så tidligt på dagen som muligt|(?:det )?mest hurtigt? (?:du|i|som)",
    r"(?<!hvis )(?:det|den|sagen) haster(?! (?:\w+ ){0,2}(?:ikk?e?|itt|ett|ek)\b)",
    r"det (?:første|tidligste),? (?:i|du) (?:har|kan)",
    r"(?:når|hvornår) som helst|(?:lige meget|ligegyldigt) hvornår",
)
SOON_ALONE = compiled(
    r"\W*(?:nu\W+)?(?:(?:kan?|må) (?:i|du|vi) (?:\w+ )?|ring\w* (?:\w+ )?)?"
    r"(?:bare|helst|gerne|meget|lige|så|hellere)? ?(?:snart|hurtigt|nu)(?: tak| pls| please| for \w+)?\W*"
)
SAME_DAY = any_of("samme dag", "den dag", "(?:en )?af de(?: to| tre)? dage")
_WEEKDAY = "(?:man|tirs|ons|tors|fre|lør|søn)"
UNSURE = any_of(
    "kommer an på",
    "afhænger af",
    "jeg ved først",
    "det ved jeg (?:først|ikke)",
    "ved (?:jeg )?ikke (?:helt )?(?:hvornår|om jeg kan)",
    "måske ikke",
    rf"(?:{_WEEKDAY}dag|weekend)en efter(?= *(?:$|[.,!?]|kl))",
    r"ved (?:\w+ ){0,2}(?:ikk?e?|itt|ett|ek) (?:helt|rigtigt?|endnu)(?! (?:hvor|hvad|om)\b)",
    r"spørg? (?:mig|mi) (?:igen|ien)",
    "(?:kan ikke|kan ik) huske|husker ikk?e?(?: hvilken| hvornår| dagen)?",
    "(?:ved|kender)(?: jeg)?(?: det)? ikk?e? endnu|vende[rt]? tilbage|giver (?:jeg )?besked",
    r"hvis (?:\w+ ){1,3}(?:siger|giver) (?:ja|nej|ok|okay|lov)",
    r"hvis (?:det|vejret) (?:\w+ )?(?:regner|sner|fryser|blæser|frost|holder|er til det)",
    "(?:jeg )?først ved(?: det)?,? når|(?:så )?det må (?:i|vejret) (?:gætte|bestemme)",
    "skal (?:jeg )?lige (?:spørge|tjekke|høre)|(?:jeg )?spørger (?:lige|først)",
)
NOT_YET = any_of(
    r"ved det (?:\w+ )?ikk?e?(?= *(?:$|[.,!?]))|i tvivl(?! om (?:hvor|hvad))|maybe (?:not|ikke)",
    r"ved (?:jeg )?(?:det )?ikk?e?(?: nu)?(?= *(?:$|[.!?]))|ved det først|will tell me",
    r"kan (?:\w+ ){0,3}(?:ikk?e?|først) (?:derefter |da )?(?:sige|svare|love|vide|planlægge)\b,?"
    r"(?: (?:noget|det|ja|jer|dig|nu|endnu|før|når|på|hvilken|hvornår|hvad))+",
    r"kan (?:jeg )?(?:\w+ )?sige (?:det )?når jeg (?:får|har|ved)",
    r"binde mig|lad (?:det|den) være|(?:must|have to|need to) ask|(?:can ?not|can'?t|ikke) say\b",
)
"""Says of a time that is named that it is not sure; alone it may be said of anything."""
AT_NIGHT = any_of("i nat", "om natten", "nattetide", "natten")
ASKS_FOR_THE_NIGHT = any_of(r"(?:kan|kunne|helst|gerne|kun|må)\b[^.,!?;]{0,25} (?:i nat|om natten)")
_OVER = (
    rf"i (?:går|forgårs|morges|{_WEEKDAY}dags|sidste uge)",
    rf"sidste (?:uge|{_WEEKDAY}dag)",
    r"for (?:\w+ )?(?:dage|uger|timer?) siden",
)
IN_THE_PAST = any_of(*_OVER)
ASKS_FOR_THE_PAST = any_of(rf"(?:kan|kunne|skal) (?:vi|jeg|man|det)\b[^.,!?;]{{0,20}} (?:{'|'.join(_OVER)})")
# The months of thirty days have no 31st, and February no 30th.
NO_SUCH_DATE = any_of(
    r"31\.? ?(?:/ ?(?:0?[469]|11)|apr\w*|juni?|sep\w*|nov\w*)", r"3[01]\.? ?(?:/ ?0?2|feb\w*)", r"d(?:en|\.)? 3[2-9]\.?"
)
_BESIDE_A_DAY = (
    "og|å|eller|or|samt|til|på|bare|ellers|om|den|d|kan|i|måske|evt|ellers|helst|går|passer|alternativt"
    r"|formiddag|eftermiddag|morgen|middag|aften|kl|\d+"
)
IN_ONE_BREATH = compiled(rf"[ ,./&+#-]*(?:\b(?:{_BESIDE_A_DAY})\b[ ,./&+#-]*)*")
"""What stands between days of which any will do: "mandag formiddag eller på torsdag"."""

# "Når som helst på torsdag" leaves the hour open; it does not ask for the first one.
_LEAVES_OPEN = compiled("når som|hvornår|lige meget|ligegyldigt")
_IT = "(?:den|det|tiden|aftalen|mødet|snakken|samtalen)"
_SAME_TIME = any_of(
    r"(?:nuværende |min |den )(?:tid|aftale)\b[^.!?]{0,25} (?:rykket|skubbet|flyttet|udskudt)",
    "samme (?:(?:uge)?dag og )?(?:tid|tidspunkt|klokkeslæt|klokken|time)",
    "samme ugedag|same time",
    r"(?:lige?som )?den tid (?:jeg|a) har(?: nu)?(?=,? (?:bare|men|blot))",
    rf"(?:skub|flyt|ryk|udskyd)\w* {_IT}",
    rf"{_IT}(?: \w+){{0,4}} (?:skubbe|flytte|rykke|udskyde)s",
)
_WEEKS_LATER = any_of(
    rf"(?:om )?(?P<count>\d|{'|'.join(CARDINALS)}) uger?(?: (?:senere|frem|efter|ud|længere))?",
    r"(?P<fortnight>14|fjorten) dage",
    "ugen efter",
    "næste uge",
)


def asks_for_the_first(folded: str) -> re.Match[str] | None:
    """The words that ask for the first free time, not for any."""
    soonest = SOONEST.search(folded)
    return None if soonest and _LEAVES_OPEN.match(soonest.group()) else soonest


def soonest_in(folded: str, wish: str, *, among_days: bool) -> re.Match[str] | None:
    """The words of a text that ask for the first free time; `wish` is the text without its asides."""
    soonest = SOONEST.search(folded)
    if soonest is None or not SOONEST.search(wish):
        return None
    return None if among_days and _LEAVES_OPEN.match(soonest.group()) else soonest


def weeks_later(folded: str) -> int | None:
    """How many weeks later than a talk already booked: "samme tid, bare ugen efter"."""
    if not _SAME_TIME.search(folded):
        return None
    later = list(_WEEKS_LATER.finditer(folded))
    # "En uge? nej to uger" is two.
    return number_said(later[-1]["count"] or ("to" if later[-1]["fortnight"] else "en")) if later else None
