"""What caseworkers are told to press stands at the desk by that name, and every picture is there and is described."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.settings import ROOT

PAGE = ROOT / "docs" / "for-sagsbehandlere.md"
AT_THE_DESK = ("bot/web/desk", "bot/web/templates/desk", "bot/web/static/desk", "bot/conversation")
SAID_IN = ("bot/web", "bot/conversation")
# A number, a name, and what is named by its kind, are put into these as they are shown.
FILLED_IN = {"2 nye", "Fra Anna:", "Beskeden som helhed lyder som"}
# What young people answer with a button of theirs.
IN_THE_CHAT = {"nej tak"}
# So few words stand somewhere in any text: they must be all that a button, a heading or a sentence says.
FEW = 3
WHOLE = r"[>\"'}},`]\s*{}[ .…?:]*\s*[<\"'{{,`]"


def strings_in(source: str) -> Iterator[str]:
    """What is said in a module: its strings, without those that document it."""
    tree = ast.parse(source)
    parts = [part for whole in ast.walk(tree) if isinstance(whole, ast.JoinedStr) for part in whole.values]
    documents = {each.value for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documents:
            yield node.value if node in parts else f'"{node.value}"'
        elif isinstance(node, ast.JoinedStr):
            whole = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield f'"{"".join(map(str, whole))}"'


def texts_of(file: Path) -> Iterator[str]:
    """Without what is only told to who reads the code."""
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        yield from strings_in(source)
    else:
        yield re.sub(r"\{#.*?#\}|/\*.*?\*/|^\s*//.*?$", "", source, flags=re.DOTALL | re.MULTILINE)


@cache
def said(folders: tuple[str, ...]) -> list[str]:
    files = (file for folder in folders for file in (ROOT / folder).rglob("*") if "vendor" not in file.parts)
    return [text for file in files if file.suffix in {".py", ".html", ".js"} for text in texts_of(file)]


@cache
def as_read() -> str:
    """All of it without marks and the ends of lines."""
    texts = (re.sub(r"<[^>]+>|\{%.*?%\}", "", text) for text in said(SAID_IN))
    return " ".join("\n".join(texts).split()).lower()


def is_said(words: str) -> bool:
    if len(words.split()) > FEW:
        return words.lower() in as_read()
    whole = re.compile(WHOLE.format(re.escape(words)))
    return any(whole.search(text) for text in said(AT_THE_DESK))


def test_what_is_quoted_is_said_by_the_product() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    quoted = {words.rstrip(" …?.") for words in re.findall(r'"([^"]+)"', page)}
    assert len(quoted) > 30
    assert [words for words in sorted(quoted - FILLED_IN - IN_THE_CHAT) if not is_said(words)] == []


def test_a_word_that_only_stands_within_others_is_not_what_a_button_says() -> None:
    for words in ("samtalen", "Tag", "giv", "Journal", "Du har ingen samtaler lige her og nu"):
        assert not is_said(words), words


def test_every_picture_is_there_and_is_described() -> None:
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", PAGE.read_text(encoding="utf-8"))
    assert 5 <= len(pictures) <= 7
    assert all(len(described) > 20 for described, _ in pictures)
    assert [path for _, path in pictures if not (PAGE.parent / path).is_file()] == []
