"""What caseworkers are told to press stands at the desk by that name, and every picture is there and is described."""

import re

from bot.settings import ROOT

PAGE = ROOT / "docs" / "for-sagsbehandlere.md"
SAID_IN = ("bot/web", "bot/conversation")
# A number, and what is named by its kind, are put into these as they are shown.
FILLED_IN = {"2 nye", "Beskeden som helhed lyder som"}


def as_read(text: str) -> str:
    """Without marks, the joints of long strings and the ends of lines."""
    text = re.sub(r"<[^>]+>|\{%.*?%\}|\"\s*\n\s*f?\"", "", text)
    return " ".join(text.split()).lower()


def said() -> str:
    files = (file for folder in SAID_IN for file in (ROOT / folder).rglob("*") if "vendor" not in file.parts)
    texts = (file.read_text(encoding="utf-8") for file in files if file.suffix in {".py", ".html", ".js"})
    return as_read("\n".join(texts))


def test_what_is_quoted_is_said_by_the_product() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    quoted = {words.rstrip(" …?.") for words in re.findall(r'"([^"]+)"', page)}
    assert len(quoted) > 30
    product = said()
    assert [words for words in sorted(quoted - FILLED_IN) if words.lower() not in product] == []


def test_every_picture_is_there_and_is_described() -> None:
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", PAGE.read_text(encoding="utf-8"))
    assert 5 <= len(pictures) <= 7
    assert all(len(described) > 20 for described, _ in pictures)
    assert [path for _, path in pictures if not (PAGE.parent / path).is_file()] == []
