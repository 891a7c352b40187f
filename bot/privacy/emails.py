"""E-mail addresses, also spelled out ("karla snabel-a eksempel punktum dk")."""

import re
from collections.abc import Iterator

from bot.privacy.details import Detail, Found

# No address has more before its @ (RFC 5321); without the limit a long word is searched again from each letter.
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.\w{2,24}")
_PROVIDERS = r"(?:gmail|hotmail|outlook|live|yahoo|icloud|me|msn|proton(?:mail)?|mail)"
WITHOUT_DOT = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}@{_PROVIDERS}(?![\w-])", re.IGNORECASE)
_DOT = r"(?:\.|\s\.\s|\s?[(\[]?(?:punktum|dot|prik)[)\]]?\s?)"
_SIGN = r"(?:\s?@\s?|\s?[(\[]\s?(?:at|a|snabel-?a)\s?[)\]]\s?|\ssnabel[\s-]?a\s)"
_WORD = r"[\w+-]{1,40}"
SPELLED = re.compile(
    rf"(?<![\w.+-]){_WORD}(?:{_DOT}{_WORD}){{0,3}}(?:{_SIGN}[\w-]{{1,40}}(?:{_DOT}[\w-]{{2,40}}){{1,3}}"
    rf"|{_SIGN}{_PROVIDERS}\b"
    # "kwame at mail dot com": a bare "at" is an everyday word, a spelled-out dot is none.
    rf"|\sat\s[\w-]{{1,40}}(?:\s(?:punktum|dot)\s[\w-]{{2,40}}){{1,3}})",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"snabel|\(a|\[a|\sat\s", re.IGNORECASE)


def find_emails(text: str) -> Iterator[Found]:
    """E-mail addresses in any of these spellings."""
    patterns = (EMAIL, WITHOUT_DOT, SPELLED) if "@" in text else (SPELLED,) if _SIGNS.search(text) else ()
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Found(Detail.EMAIL, match.start(), match.end())
