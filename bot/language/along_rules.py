"""How young people say what should go along with a talk, as patterns of text folded in place."""

import re
from collections.abc import Iterator

from bot.casework.along import Ask
from bot.language.folding import danish_pattern

# Between two words of a rule: a few others of the same sentence, none of them a no.
_NO = r"(?:ikke|ikk|ik|int|aldrig|ingen|not|no|never)"
_GAP = rf"(?:(?!\b{_NO}\b)[^.?!\n]){{0,45}}?"
_FEW = r"(?:[\w'-]+ ){0,3}?"

_WOMAN = r"(?:kvinder?|kvindelig\w*|damer?|pige|woman|women|female|lady)"
_MAN = r"(?:mand|mænd|mandlig\w*|fyre?|man|men|male|guy|dude)"
_TALK = r"(?:snak\w*|tale|møde|talk|speak|meet)"
# Whoever lives with a woman asks for none to talk with.
_NOT_OF_HOMES = r"(?!.{0,40}\b(?:bor|boende|fra politiet)\b)"
_WANT = r"(?:helst|hellere|bedre|foretrækker|prefer|rather|better|relaxed)"


def _of(ask: Ask, *patterns: str) -> Iterator[tuple[Ask, re.Pattern[str]]]:
    return ((ask, re.compile(danish_pattern(pattern))) for pattern in patterns)


def _talks_with(ask: Ask, who: str, others: str) -> Iterator[tuple[Ask, re.Pattern[str]]]:
    one = rf"(?:en |a |an |med |to |with )*{_FEW}{who}\b{_NOT_OF_HOMES}"
    return _of(
        ask,
        rf"\b{_WANT}\b(?! {_NO}\b)(?:(?!\b(?:bo|bor|live|{_NO})\b)[^.?!]){{0,40}}?\b{who}\b{_NOT_OF_HOMES}",
        rf"\b(?:kan|ka|kunne|må|skal|can|could) (?:det |der |it )?(?:godt |gerne |please )?(?:være|vær|be) {one}",
        rf"\b(?:is it ok|is it okay|er det ok|er det okay|okay) (?:if|hvis) {_FEW}{one}",
        rf"\b(?:kan|ka|må|can|could|er der|har i) (?:i |jeg |det |der |you )?{one}{_GAP}\b(?:{_TALK}|do the talk)",
        rf"\b(?:kan|ka|må|vil|ville|gerne|gern|want|like|can|could)\b{_GAP}\b{_TALK} (?:{_FEW})(?:med|with|to) {one}",
        rf"\b(?:kan i|ka i|har i|kan jeg|ka jeg|can i|can you|do you have) (?:godt |please )?(?:finde?|få|have|ha|get)? ?{one}",
        rf"(?<!ikke )(?<!ik )\b(?:en|a) {who}[ ,]+(?:tak|please|pls|hvis)\b",
        rf"\ber det (?:en )?{who}\b.{{0,30}}\b(?:vil jeg (?:gerne|helst|godt)|håber jeg)\b",
        rf"\bhelst {_NO} (?:en |med en |nogen |a )?{others}\b",
        rf"\b(?:tør|må|kan|vil|gider|dare|can|want to) (?:jeg )?(?:helst )?{_NO}\b[^.?!]{{0,30}}?\b(?:til|med|to|with) (?:en |nogen |a |any )?{others}\b",
        rf"\b(?:can'?t|cannot|don'?t want to|bange for|utryg ved|scared of)\b[^.?!]{{0,30}}?\b{others}\b",
        rf"\bingen {others}\b (?:tak|please)",
    )


def _no_matter_who(ask: Ask, who: str) -> Iterator[tuple[Ask, re.Pattern[str]]]:
    return _of(
        ask,
        rf"\b(?:lige ?meget|ligegyldigt|doesn'?t matter|don'?t mind|no need for)\b[^.?!]{{0,30}}\b{who}\b",
        rf"\b(?:behøver|skal|må) (?:det )?(?:alligevel )?{_NO} (?:at )?(?:være|vær) (?:en |a )?{who}\b",
    )


_INTERPRETER = r"(?:tolk\w*|oversæt\w*|interpret\w*|translat\w*)"
_NEED = (
    r"(?:brug for|bruge?|mangler|skal|kan|ka|må|gerne|gern|helst|ønsker|bestil\w*|få|har i|er der|hvis|mener|muligt|possible|need|want|like|can|could|get"
    r"|have|please)"
)
_LANGUAGE_SPOKEN = r"\b(?:en|nogen|person|somebody|someone|one) (?:der|som|who|that) (?:kan |can )?(?:tale[rn]?|snakker?|forstår|tegnsprog|speaks?|oversæt\w*|translat\w*|interpret\w*)"
_OWN_WORK = r"(?! for min| i min| sagde| sagt| oversatte)"

_KIN = (
    r"(?:mor|far|moster|faster|onkel|tante|farmor|mormor|farfar|morfar|plejemor|plejefar|plejeforældre|forældre|bonusmor|bonusfar"
    r"|(?:lille|store|stor)?(?:søster|bror)|søskende|kusine|fætter|mom|mum|dad|mother|father|aunt|uncle|sister|brother|cousin)"
)
_FRIEND = r"(?:ven|venner|veninde|kammerat|kæreste|kone|friend|girlfriend|boyfriend|partner|roommate)"
_HELPER = (
    r"(?:mentor|lærer|pædagog|vejleder|kontaktperson|støtteperson|støttekontaktperson|bisidder|hjælper|socialrådgiver"
    r"|sagsbehandler|rådgiver|værge|teacher|case ?worker|social worker)"
)
_WHO = rf"(?:{_KIN}|{_FRIEND}|{_HELPER})(?:n|en|e|s)?"
_ANYBODY = rf"(?:{_WHO}|nogen|en anden|en person|en til|somebody|someone|anyone)"
_COMES = r"(?:tager?|ta|tar|kommer?|går?|skal|vil|kan|må|ville|sidde[rn]?|comes?|coming|wants?)"
_STAYS_AWAY = rf"(?![^.?!]{{0,25}}\b{_NO}\b)"

_ROLLS = r"(?:kørestol\w*|krykker\w*|rollator\w*|gangstativ|stok|wheelchair|crutches|walker)"
_I = r"(?:jeg|je|a|æ|i|im|i'm|sidder|bruger|hår|har|går)"
_SOMEBODY_ELSES = rf"(?:min|mit|mine|my|hans|hendes|her|his|{_WHO}|mors|fars|dreng|hjælper|for en)"
_STEPS = r"(?:trapper?|trapperne|trin|stairs|steps)"

ASKS = (
    *_talks_with(Ask.WOMAN, _WOMAN, _MAN),
    *_talks_with(Ask.MAN, _MAN, _WOMAN),
    *_of(
        Ask.INTERPRETER,
        rf"\b{_NEED}\b{_GAP}\b{_INTERPRETER}{_OWN_WORK}",
        r"^\W*(?:en )?tolk\b(?! (?:er|var|har)\b)",
        rf"\b{_INTERPRETER} (?:tak|please|pls)\b",
        rf"\b(?:har i|kan|er der|skal|need|brug for)\b{_GAP}{_LANGUAGE_SPOKEN}",
        rf"\b{_INTERPRETER}\b.*\bskal have en til\b",
    ),
    *_of(
        Ask.COMPANION,
        rf"\b(?:tager?|ta|tar|have|ha|har|få|bring|bringe|take)\b (?:godt |gerne )?(?:(?:min|mine|my|en|et|a|mor|far)\b )?{_FEW}{_ANYBODY}\b(?: [\w-]+){{0,4}}? (?:med|along)\b(?! (?:at|til at)\b)",
        rf"\b(?:can|could|may) i (?:please )?(?:bring|have|take) (?:my |a |an )?{_FEW}(?:{_ANYBODY})\b",
        rf"\b{_WHO}\b(?: [\w-]+){{0,3}}? {_COMES} (?:(?!{_NO}\b)\w+ ){{0,4}}?(?:med|along|with me)\b(?! (?:avisen|bussen|toget))(?!.{{0,30}}\bmen\b.{{0,20}}\b{_NO}\b)",
        rf"\b{_WHO}\b{_GAP}\b(?:(?:og|hun|han|de|she|he) )?(?:går med|følger mig|sidde[rn]? med|sit with|sits with|deltager|møder op|være der|være med|vær med|be there|join)\b",
        rf"\b{_WHO}\b.*\b(?:han|hun|de|he|she) (?:(?:skal|vil|vil gerne|can|wants to) (?:med|come)|kan være med|kan komme med)\b",
        r"\b(?:må|kan|can|could|may) (?:han|hun|de|he|she|they|hende|ham) (?:godt |gerne )?(?:komme|come|være|tage|join|be there)\b(?: med| with me| along|\b)",
        r"\b(?:vi (?:bliver|kommer|er) (?:så )?(?:to|2|tre|3)\b(?! (?:år|på|måneder|i)\b)|vi kommer sammen|kommer vi sammen|vi (?:to )?vil gerne komme sammen|we (?:are|will be) two|kan vi komme (?:to|sammen|på samme tid))",
    ),
    *_of(
        Ask.WHEELCHAIR,
        rf"\b{_I}\b(?:(?!\b(?:{_SOMEBODY_ELSES}|{_NO})\b)[^.?!,]){{0,40}}?\b{_ROLLS}",
        r"\bon crutches\b",
        rf"^\W*{_ROLLS}\b",
        rf"\b(?:kan|klare[r]?|can|tåler|må)\b[^.?!]{{0,12}}\b(?:{_NO}|can't|cant)\b[^.?!]{{0,25}}\b{_STEPS}\b",
        rf"\b(?:can'?t|cannot) [^.?!]{{0,25}}\b{_STEPS}\b",
        rf"\b{_STEPS}\b[^.!]{{0,15}}[.?!,]? ?[^.?!]{{0,15}}\b(?:kan|can) (?:jeg )?(?:{_NO})\b",
        rf"\b{_STEPS} (?:er|are) (?:no go|ikke|svære?|hårde|for|hard)",
        r"\b(?:har i|er der|is there|do you have)(?: en| et| an| a)? (?:elevator|lift|rampe|ramp|elevator)\b(?! i (?:lejlighed|bolig|ungdoms))",
        r"\bhandicap ?(?:venlig\w*|indgang|adgang|toilet)\b",
    ),
)  # fmt: skip

DROPS = (
    *_no_matter_who(Ask.WOMAN, _WOMAN),
    *_no_matter_who(Ask.MAN, _MAN),
    *_of(
        Ask.INTERPRETER,
        rf"\b(?:behøver|skal|har|vil|bruger|need|want) (?:jeg |vi )?(?:alligevel |så )?{_NO} (?:at )?(?:have |ha |bruge |brug for |længere )*(?:nogen |en |an? )?tolk\w*",
        rf"\b(?:ingen|uden|no) (?:{_INTERPRETER})",
        rf"\b(?:afbestil|glem|drop|cancel|forget|no need for|don'?t need)\b[^.?!]{{0,15}}\b{_INTERPRETER}",
    ),
    *_of(
        Ask.COMPANION,
        r"\b(?:jeg|a|i'll|ill) (?:kommer?|come)(?: så)?(?: bare?)? (?:alene|selv|alone|by myself)",
        rf"\b{_WHO}\b[^.?!]{{0,12}}\b(?:kan|kommer|vil)\b(?: alligevel)? {_NO}\b",
        r"\b(?:det|the) (?:gør|kan|vil) (?:hun|han|de) ikke\b",
    ),
    *_of(
        Ask.WHEELCHAIR,
        rf"\b(?:behøver|skal|bruger|har|need)\b[^.?!]{{0,12}}\b{_NO}\b[^.?!]{{0,20}}\b{_ROLLS}",
        rf"\b(?:ude af|fri for|uden|ingen) (?:gipsen|{_ROLLS})",
    ),
)  # fmt: skip
