"""Whom a message is about, by its words: the writer, or a young person the writer is worried about."""

import re

from bot.language.folding import compiled, fold_in_place

_CHILD = (
    r"(?:søn|datter|dreng|knægt|teenager|stedsøn|steddatter|bonussøn|bonusdatter|plejesøn|plejedatter|barnebarn"
    r"|nevø|niece|elev|kursist|lærling|spiller|mentee)"
)
_PEER = (
    r"(?:ven|venn?inde|kammerat|makker|homie|klassekammerat|(?:lille|store|bonus|sted|pleje)?(?:bror|søster)"
    r"|fætter|kusine|roomie|medarbejder)"
)
_YOUNG = rf"(?:{_CHILD}|{_PEER})"
_ONE_OF_THEM = (
    r"en af (?:mine|vores) (?:unge )?(?:elever|kursister|drenge|piger|spillere|venner|veninder|unge|lærlinge)"
)
_ANOTHER = rf"(?:(?:min|mit|vores|en) (?:bedste |unge |gode )?{_YOUNG}|{_ONE_OF_THEM})\b"
_TALK = r"(?:tid|tider|aftale|samtale|møde|booking)\b"
_WROTE = r"(?:chat|samtale|beskeder|besked)\b"
_WANTS = r"(?:vil|mangler|ønsker|trænger|har brug for)\b"
_ADULT = (
    r"(?:lærer|klasselærer|skolelærer|træner|fodboldtræner|mentor|pædagog|nabo|vejleder|kontaktperson|sagsbehandler"
    r"|plejemor|plejefar|mormor|farmor|morfar|farfar|moster|faster|onkel)"
)


def _rule(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


# A young parent writes for themselves: their "min søn" goes to vuggestue.
_SMALL_CHILD = _rule(
    r"\b(?:vuggestuen?|børnehaven?|dagplejen?|sfo|baby|babyen|amme\w*|bleer?|barnevogn\w*|spæd\w*|måneder gammel"
    r"|på (?:\d|et|to|tre|fire|fem|seks|syv|otte|ni|ti|1[0-2])(?: år| og)?\b(?! ?(?:\d|måned)))"
)
_TALK_FOR = (
    _rule(rf"\b(?:til|for|om|på vegne af) {_ANOTHER}"),
    _rule(rf"\b(?:kan|må|skal) {_ANOTHER} (?:\w+ )?(?:få|ha|have|booke|bestille)\b"),
    # Not "jeg sover hos en ven og vil gerne tale med jer": there it is the writer who wants.
    _rule(rf"(?<!hos )(?<!med )(?<!ved )(?<!fra )\b{_ANOTHER}(?! og {_WANTS}).* {_WANTS}"),
    _rule(rf"\b(?:som|jeg er) (?:hans |hendes |deres )?{_ADULT}\b"),
    _rule(r"\b(?:som (?:bekymret )?|jeg er (?:hans|hendes) )(?:mor|far|forælder)\b(?! til)"),
)
_THEIR_TALK = (
    _rule(rf"\b{_YOUNG}s {_TALK}"),
    _rule(rf"\b(?:hvornår|hvad tid|hvilken dag) (?:er|har|skal) {_ANOTHER}"),
    _rule(rf"\bhar {_ANOTHER}.*\b(?:tid|booket|booking|aftale)\b"),
    _rule(rf"\b(?:{_ANOTHER}|han|hun)\b.*\b(?:hans|hendes) {_TALK}"),
)
_THEIR_WORDS = (
    _rule(rf"\b(?:hvad|det) (?:som )?{_ANOTHER}.*\b(?:skriver|skrev|skrevet|siger|sagt|fortæller|fortalt)\b"),
    _rule(rf"\b(?:se|læse|kopi af|udskrift af) (?:\w+ )?(?:hans|hendes|(?:min|vores) {_YOUNG}s) {_WROTE}"),
)
_BEGINS_WITH_THEM = _rule(
    rf"^\W*(?:(?:hej|hejsa|jamen|altså|ja|nu|hvad hvis|hvad nu hvis|hvis|når)\W+)*{_ANOTHER}"
    r"(?! og (?:jeg|mig))(?! (?:siger|sagde|synes|mener|fortalte|har sagt|har hørt|anbefalede))"
)
_ASKS_FOR_ADVICE = _rule(
    r"\b(?:(?:hvad|hvordan|hvor) (?:kan |skal |må |bør )?(?:gør |hjælper |støtter )?(?:jeg|vi)\b"
    r"|(?:kan|skal|må|bør) (?:jeg|vi)\b|(?:jeg|vi) (?:er|bliver) (?:ret |så |meget )?(?:bekymret|urolige?|nervøs)"
    r"|(?:jeg|vi) (?:tror|ved|aner|kan se|kan høre|synes)\b)"
)
_WRITER = _rule(r"\b(?:jeg|jg|mig|vi|os)\b")
_THEM = _rule(rf"\b(?:han|hun|ham|hende|hans|hendes|{_ANOTHER})")
_MYSELF = _rule(
    r"\b(?:det (?:er|handler(?: faktisk)? om|drejer sig om|gælder)|jeg (?:mener|mente|spørger for|snakker om|taler om))"
    r"(?: bare| faktisk| jo| altså)*(?: til| om)? mig(?: selv\b|\W*$)|^\W*(?:nej\W+)?(?:til |om )?mig selv\W*$"
)


def asks_talk_for_another(text: str) -> bool:
    """Whether the words of a booking request are for somebody else: "kan jeg få en tid til min søn"."""
    return _any(_TALK_FOR, text)


def asks_about_their_talk(text: str) -> bool:
    """Whether somebody else's talk is asked about: "flyt min datters tid"."""
    return _any(_THEIR_TALK, text)


def asks_to_read_along(text: str) -> bool:
    """Whether somebody else's conversation is asked for: "kan jeg se hvad min søn har skrevet"."""
    return _any(_THEIR_WORDS, text)


def tells_of_another(text: str) -> bool:
    """Whether a young person is told of, and not the writer: "min søn sover på sofaer, hvad gør jeg"."""
    folded = fold_in_place(text)
    if not _BEGINS_WITH_THEM.search(folded) or _SMALL_CHILD.search(folded):
        return False
    return not _WRITER.search(_ASKS_FOR_ADVICE.sub(" ", folded))


def tells_of_writer(text: str) -> bool:
    """Whether the writer tells of themselves and of nobody else."""
    folded = fold_in_place(text)
    return bool(_WRITER.search(folded)) and not _THEM.search(folded)


def says_myself(text: str) -> bool:
    """Whether a misunderstanding is put right: "nej det er mig selv"."""
    return bool(_MYSELF.search(fold_in_place(text)))


def says_own_age(text: str, age: int) -> bool:
    """Whether the writer says to be that old, and not somebody they tell of."""
    return bool(re.search(rf"\bjeg (?:er|bliver|fylder) (?:\w+ ){{0,3}}{age}\b", fold_in_place(text)))


def _any(rules: tuple[re.Pattern[str], ...], text: str) -> bool:
    folded = fold_in_place(text)
    return any(rule.search(folded) for rule in rules)
