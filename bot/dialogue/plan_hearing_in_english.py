"""The English words that plan_hearing.py hears beside its Danish ones, by what they do with the plan.

They are heard in every conversation: one "skip" or "I don't know" tells nobody's language.
"""

import re

_POLITE = (
    r"(?:(?:hi|hello|hey|no|yes|ok|okay|oh|well|sorry|please|i|i['’]?d|i['’]?ll|we|you|can|could|may|let['’]?s|let|me|help|want|will"
    r"|would|like|have|just|to)[ ,.]+)*"
)
_END = r"(?:[ ,]+(?:please|thanks|thank you|for now|now|again|here|then))*[\s.!?]*"


def _said(*ways: str) -> re.Pattern[str]:
    return re.compile(rf"\A\s*{_POLITE}(?:{'|'.join(ways)}){_END}\Z", re.IGNORECASE)


_NOT = r"(?:do not|don['’]?t)"
SKIPS = _said(
    r"no",
    r"nope",
    r"nah",
    rf"(?:really )?(?:{_NOT} know|dunno)(?: that| yet)?",
    r"idk",
    r"no idea",
    r"not sure(?: yet)?",
    r"skip(?: (?:this|that|it|the))?(?: one| question)?",
    r"pass",
    r"(?:the )?next(?: one| question)?",
    r"move on",
    rf"{_NOT} (?:want|wish) to (?:say|tell|answer)(?: (?:it|this|that|you))?",
    r"(?:rather not|prefer not to)(?: (?:say|answer))?(?: (?:it|this|that))?",
)
_BEFORE = r"(?:(?:the )?(?:one before|last one|previous one|last answer|previous answer)|my last answer|what i wrote)"
BACK = _said(
    r"(?:go )?(?:one |a )?(?:step )?back(?: one)?(?: step)?",
    r"(?:the )?previous(?: one| question)?",
    rf"(?:change|correct|fix|edit) {_BEFORE}",
    r"undo",
    r"(?:that|the last one|my last answer) (?:was|is) wrong",
)
_PLAN = r"(?:my(?: own)?|the)(?: whole)? plan"
_WRITTEN = r"what i(?: have|['’]ve)? (?:wrote|written)(?: down)?"
SHOWS = _said(rf"(?:show|see|open|read|look at)(?: me)? (?:{_PLAN}(?: so far)?|{_WRITTEN} in {_PLAN})")
SHOWS_SO_FAR = _said(rf"(?:show|see|read)(?: me)? (?:it|{_WRITTEN})(?: so far)?")
STARTS = _said(
    rf"(?:make|write|start|begin|create)(?: on| with| in)? (?:{_PLAN}|a plan)(?: of my own)?",
    rf"(?:continue|go on|go on with|write more in|go on writing(?: in)?) {_PLAN}",
)
SENDS = _said(
    rf"(?:send|share) {_PLAN}(?: (?:to|with) (?:the )?(?:housing agent|boligagent(?:en)?|municipality|agent))?"
)
TAKES_BACK = _said(
    rf"take {_PLAN} back",
    rf"take back {_PLAN}",
    rf"(?:stop sharing|unshare|{_NOT} share) {_PLAN}(?: any ?more)?",
)
AGREES = _said(r"yes", r"yeah", r"yep", r"sure", r"fine", r"great", r"thanks", r"thank you", r"hi", r"hello", r"ready")
_ANOTHER_TIME = r"(?:later|tomorrow|(?:another|some other) (?:time|day))"
STOPS = _said(
    r"stop(?: it| this)?",
    r"pause",
    r"(?:take )?a break",
    r"(?:that['’]?s |that is )?enough",
    r"no more",
    r"quit",
    r"not(?: right)? now",
    r"not today",
    rf"(?:maybe )?{_ANOTHER_TIME}",
    rf"(?:do|finish|continue|write|go on)(?: (?:it|this|that|the rest|with (?:it|this)))? {_ANOTHER_TIME}",
    r"forget (?:about )?it",
)
# "Somebody to talk to" is a wish for support, "I want to talk to a human" a wish for now.
ASKS_FOR_HUMAN = re.compile(
    r"\b(?:talk|speak|chat|write) (?:to|with) a (?:real )?(?:human|person)\b"
    r"|^\W*(?:a )?(?:real )?human(?: please)?\W*$",
    re.IGNORECASE,
)
# The model has hardly read English of a home that is wished for, and takes "a room with a lock" for no bed tonight. Its
# word counts where the night, now or what one lacks is told of; what the screen finds counts whatever the words are.
TELLS_OF_NO_BED = re.compile(
    r"\b(?:tonight|nights?|now|today|tomorrow|sleep\w*|slept|streets?|outside|homeless|nowhere|evict\w*|kicked|thrown"
    r"|no (?:place|home|bed|room|roof)|(?:i am|i['’]?m|i have|i['’]?ve|not have|don['’]?t have|without)"
    r"|need (?:a|some|any) ?(?:where|place|bed|roof))\b",
    re.IGNORECASE,
)
# "Where can I …" asks; "where I can …" goes on with a sentence.
ASKS = re.compile(
    r"\W*(?:(?:what|who|where|when|how|why|which\s+\w+)\s+"
    r"(?:is|are|can|may|must|will|should|do|does|reads|sees|happens|means|decides|has)"
    r"|(?:can|may|must|will|should|do|does|is|are)\s+(?:i|you|we|they|it|the|this|that|my|there|anybody|somebody))\b",
    re.IGNORECASE,
)
