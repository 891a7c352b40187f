"""What is said to somebody who writes neither Danish nor English: the English first, then the Danish."""

HUMAN_PAYLOAD = "/handoff_request"
HUMAN_IN_BOTH = "Tal med et menneske / Talk to a human"

_BETWEEN = "\n\n"


def in_both(english: str, danish: str) -> str:
    """Both texts, parted by an empty line, which neither has inside."""
    return _without_empty_lines(english) + _BETWEEN + _without_empty_lines(danish)


def parts_of_both(text: str) -> tuple[str, str] | None:
    """The English and the Danish of a text in both; None when it is in one language."""
    english, between, danish = text.partition(_BETWEEN)
    return (english, danish) if between else None


def _without_empty_lines(text: str) -> str:
    return "\n".join(line for line in text.strip().splitlines() if line.strip())
