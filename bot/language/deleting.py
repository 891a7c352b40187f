"""Whether words ask that what was written here be deleted: "slet det igen", "få det væk, jeg skrev om min mor".

For where no model reads it. Who is heard in error reads one line too many; only what is clear is heard.
"""

from bot.language.folding import compiled, fold_in_place

# "Slet ikke" deletes nothing.
_DELETE = (
    r"(?:slet(?! (?:ik|ing|int|ej\b|og ret|hverken|no(?:get|gen)))|slette[rs]?|sletning|sltte|slætte|fjerne?s?"
    r"|viske? (?:det |den )?ud|delete|erase|wipe|remove|get rid of)"
)
_DELETED = r"(?:slettet|deleted|erased)"
_WISH = r"(?:vil|ville|gerne|må|kan|ku|gider|ønsker|beder|bede|bedt|få|får|have|want|can|could|must)"
_THESE = (
    r"(?:chat(?:ten)?|samtalen?|beskeder?n?|beskederne|historik(?:ken)?|teksten?|data|oplysninger|navn|nummer|adresse"
    r"|mail|words|messages?|conversation|history|name|number|address)"
)
_IT = (
    r"(?:det|dem|den|alt|alting|it|this|that|everything|all|slet|nu|igen|tak|please|pls"
    rf"|(?:(?:min|mine|mit|vores|hele|alle|my|our|the|phone|personlige|gamle) )*{_THESE})"
)
_WROTE = (
    r"(?:jeg|i|a) (?:(?:lige|har|kom|til|at|just|have|had) )*"
    r"(?:skrev|skrevet|skrive|sagde|sagt|fortalte?|sendte?|sende|wrote|written|said|told|sent|typed)"
)
# Something else, or not with us.
_ELSEWHERE = compiled(
    r"\b(?:insta\w*|snap\w*|facebook|fb|tiktok\w*|app\w*|sms\w*|konto\w*|profil\w*|booking\w*|listen|list|venteliste\w*"
    r"|aftaler?n?|tid|tiden|tider|møde\w*|appointment|kontaktperson\w*|restance\w*|gæld\w*|plan(?:en)?|seddel\w*)\b"
)
_ASKS = compiled(
    rf"^\W*{_DELETE}\W*$"
    # Not what they do themselves: "jeg sletter det hver gang".
    rf"|(?<!jeg )\b{_DELETE}(?: (?:du|i|man|bare|lige|venligst|så|nu|også|we|you|just|please|all of))* {_IT}\b"
    rf"|\b{_WISH}\b.{{0,40}}\b{_DELETE} {_IT}\b"
    rf"|\b(?:kan|can)\b[^.!?]{{0,60}}\b(?:slette|fjernes?|erase|delete)\W*$"
    rf"|(?<!jeg )\b{_DELETE}\b.{{0,60}}\b{_WROTE}\b"
    rf"|\b{_WROTE}\b.{{0,90}}\b(?:{_DELETE}|{_DELETED}|fjernet|få (?:det|den) væk)\b"
    rf"|\b{_WISH} (?:have )?(?:{_IT} (?:\w+ ){{0,2}}{_DELETED}|{_DELETED}(?: hele)? {_IT})\b"
    # "Jeg vil have det væk" may be said of a child, or of pain.
    r"|\b(?:kan|vil|ku|gider) (?:du|i) (?:\w+ ){0,2}få (?:det|dem) (?:hele )?væk\b|\bdet skal slettes\b"
    r"|\b(?:slet mig|delete me)\W*$"
    rf"|\bhvordan {_DELETE} "
    r"|\b(?:tøm|ryd|rydde|clear|smid) (?:\w+ )?(?:chat|samtale|historik|history)"
    rf"|\b(?:glem|forget) (?:alt|det|everything|all|what)\b.{{0,20}}\b{_WROTE}\b"
)


def asks_to_delete(text: str) -> bool:
    """Whether they ask for that, or how it is done."""
    folded = fold_in_place(text)
    return bool(_ASKS.search(folded)) and not _ELSEWHERE.search(folded)
