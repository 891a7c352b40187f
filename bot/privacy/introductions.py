"""The words after which a name stands ("jeg hedder", "min sagsbehandler", "hilsen")."""

import re

_PEOPLE = (
    r"(?:kæreste|kaereste|ex|eks|ekskæreste|mor|mors|far|fars|mama|papa|forældre|bror|storebror|lillebror|søster|storesøster"
    r"|lillesøster|søskende|halvbror|halvsøster|plejemor|plejefar|plejebror|plejesøster|stedmor|stedfar|onkel|tante|moster"
    r"|faster|farbror|morbror|fætter|kusine|mormor|morfar|farmor|farfar|ven|veninde|bedsteven|kammerat|kollega|chef|nabo"
    r"|bofælle|roommate|roomie|udlejer|udlejeren|mentor|kontaktperson|kontakt person|støtteperson|støttekontaktperson"
    r"|sagsbehandler|sagsbehandleren|rådgiver|ungerådgiver|socialrådgiver|boligagent|vejleder|pædagog|lærer|klasselærer"
    r"|klassekammerat|psykolog|læge|værge|advokat|bisidder|mand|kone|datter|søn|barn|pige|dreng|fyr"
    r"|boyfriend|girlfriend|friend|mother|mom|mum|dad|father|brother|sister|uncle|aunt|cousin|case worker|caseworker"
    r"|social worker|landlord)"
)
_FILLERS = r"(?: (?:vist|nok|egentlig|bare|faktisk|nu|også|rigtigt|altså))?"
_CALLED = r"(?:hedder|heder|hedr|heddr|hedde)"
_WHO = rf"(?:jeg|jg|jæ|han|hun|de|ham|hende|en|der|som|{_PEOPLE})"

# What follows is a name in whatever letters.
NAMES = re.compile(
    rf"\b(?:(?:jeg|jg|jæ|han|hun|{_PEOPLE}(?: (?:i|fra|på) [\w-]+)?) {_CALLED}"
    rf"|(?:en|ham|hende|{_PEOPLE}) (?:der|som) {_CALLED}"
    r"|(?:for|efter|mellem|kæle)?navn(?:et)?(?: er|:)|kald mig"
    rf"|name is|name:|name's|is called|am called|i'm called){_FILLERS}:?$"
)
# What follows is a name when it is written like one; bad names are called, too ("han kalder mig taber").
NAMES_A_CAPITAL = re.compile(
    rf"\b(?:{_WHO} (?:{_CALLED}|hed){_FILLERS}|{_PEOPLE}|(?:for|efter|mellem|kæle)?navn(?:et)?|named|call me"
    r"|kald(?:e|er|t|te)?s? (?:mig|ham|hende)(?: bare| for)?|c/o|ved navn"
    r"|(?:hilsen|hilsner|mvh|vh|kh|knus|regards|hr|fru|frk)(?: fra)?):?$"
)
SIGNS_OFF = re.compile(r"\b(?:hilsen|hilsner|mvh|vh|kh|knus|regards),? ?$")
ASKS_FOR_A_NAME = re.compile(
    rf"\b(?:hvad|hva|hvordan|what|who)(?: \w+)? (?:{_CALLED}|is)$|\b(?:{_CALLED}) (?:det|den|i)$"
)
NAMES_A_THING = re.compile(
    rf"\b(?:det|den|noget|sted|stedet|gaden|vejen|byen|skolen|foreningen|appen|siden)(?: der| som)? {_CALLED}$"
)
CALLED = frozenset(["hedder", "heder", "hedr", "hed"])
CALLED_WHO = frozenset(["jeg", "han", "hun"])
# "nej for søren da"
OATHS = frozenset(["for søren", "for soren"])
SAINT = frozenset(["sankt", "sct", "skt", "st"])
PLACES = re.compile(
    "vej|vejen|gade|gaden|allé|alle|plads|boulevard|kirke|skole|kollegium|hus|park|stræde|torv|gård|minde|hospital|center"
)
PARTICLES = frozenset(["van", "von", "de", "del", "da", "dos", "el", "al", "abu", "bin", "ibn", "bint"])
