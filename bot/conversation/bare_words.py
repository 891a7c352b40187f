"""A yes or a no that says nothing else, told by its words alone, for when no model reads it."""

import re

# Reviewed, each letter once in a row: "neeej" is read as "nej". Not "na", which may be "nå".
_NO = """
nej, nje, nei, naj, nejh, næ, næh, nah, neh, nope, nop, niks, nix, no, 👎
nej desværre, desværre nej, desværre ikke, ikke rigtig, nej ikke rigtig, ikke rigtigt, nej ikke rigtigt, slet ikke
nej slet ikke, overhovedet ikke, nej overhovedet ikke, ikke endnu, nej ikke endnu, det er jeg ikke, nej det er jeg ikke
nej jeg er ikke, jeg er ikke, det har jeg ikke, nej det har jeg ikke, nej jeg har ikke, jeg har ikke, det tror jeg ikke
nej det tror jeg ikke, not really, no not really, im not, i am not, no im not, no i am not, i dont, i do not, no i dont
no i do not, i havent, no i havent, not yet, no not yet, not at all, no sorry
"""
_YES = """
ja, jah, jaja, jada, jap, japs, jep, jeps, jo, yes, yep, yup, yeah, yea, 👍
det er jeg, ja det er jeg, jo det er jeg, ja jeg er, det har jeg, ja det har jeg, jo det har jeg, ja jeg har
ja heldigvis, i am, yes i am, yes im, i do, yes i do, i have, yes i have
"""
_WORD = re.compile(r"\w+|[👍👎]")
_SILENT = re.compile(r"['’]")
_AGAIN = re.compile(r"(.)\1+")
_WITHOUT_DANISH_KEYS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_NOT = re.compile(r"\bik\b")


def says_no(text: str) -> bool:
    """Whether it is a no and nothing else: "nææh", "det har jeg ikk". Not "nej tak", which declines."""
    return _spelled(text) in _DENIALS


def says_yes(text: str) -> bool:
    """Whether it is a yes and nothing else: "jaa", "det er jeg"."""
    return _spelled(text) in _YESES


def _spelled(text: str) -> str:
    words = " ".join(_WORD.findall(_SILENT.sub("", text.lower())))
    spelled = _NOT.sub("ike", _AGAIN.sub(r"\1", words).translate(_WITHOUT_DANISH_KEYS))
    said = spelled.split()
    return said[0] if len(set(said)) == 1 else spelled


def _reviewed(listed: str) -> frozenset[str]:
    return frozenset(_spelled(words) for line in listed.split("\n") for words in line.split(",") if words.strip())


_DENIALS, _YESES = _reviewed(_NO), _reviewed(_YES)
