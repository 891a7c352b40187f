"""What kind of device somebody signs in from, in plain words: what a browser says of itself is told, and not kept."""

import re

UNKNOWN = "Ukendt enhed"
# The first that fits: an iPad says that it is a Mac only where it hides what it is.
KINDS = {
    r"iPhone|iPod": "iPhone",
    r"iPad": "iPad",
    r"Android(?=.*Mobile)": "Android-telefon",
    r"Android": "Android-tablet",
    r"CrOS": "Chromebook",
    r"Windows": "Windows-computer",
    r"Macintosh|Mac OS X": "Mac",
    r"Linux|X11": "Linux-computer",
}
# Nearly all say Chrome and Safari besides what they are.
BROWSERS = {
    r"Edg(?:e|A|iOS)?/": "Edge",
    r"OPR/|Opera": "Opera",
    r"SamsungBrowser/": "Samsung Internet",
    r"Firefox/|FxiOS/": "Firefox",
    r"Chrome/|CriOS/": "Chrome",
    r"Safari/": "Safari",
}


def device_words(user_agent: str) -> str:
    """As in "Edge på Windows-computer"; of anything else, a program too, that it is unknown."""
    kind, browser = _first(KINDS, user_agent), _first(BROWSERS, user_agent)
    if not kind:
        return UNKNOWN
    return f"{browser} på {kind}" if browser else kind


def _first(patterns: dict[str, str], said: str) -> str:
    return next((words for pattern, words in patterns.items() if re.search(pattern, said)), "")
