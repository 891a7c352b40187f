"""Small help with whole sentences."""


def as_sentence(words: str) -> str:
    """The same words with a capital at the front."""
    return words[:1].upper() + words[1:]
