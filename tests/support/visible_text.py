"""What somebody reads on a page, without its markup."""

from html.parser import HTMLParser

from httpx import Response


class _Visible(HTMLParser):
    """The text somebody reads, a block a line; without what is not ours to word: sources, dates and the three words."""

    BLOCKS = ("p", "li", "h1", "h2", "legend", "summary", "label", "button")
    UNWORDED = frozenset({"source", "day", "when", "code"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._in_main = False
        self._unworded = 0
        self._unworded_tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_main = self._in_main or tag == "main"
        classes = set((dict(attrs).get("class") or "").split())
        if self._unworded:
            self._unworded += tag == self._unworded_tag
        elif classes & self.UNWORDED:
            self._unworded, self._unworded_tag = 1, tag
        if tag in self.BLOCKS or "button" in classes:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_main = self._in_main and tag != "main"
        self._unworded -= bool(self._unworded) and tag == self._unworded_tag

    def handle_data(self, data: str) -> None:
        if self._in_main and not self._unworded:
            self.parts.append(" ".join(data.split()) + " ")


def visible_text(answer: Response) -> str:
    reader = _Visible()
    reader.feed(answer.text)
    return "".join(reader.parts)
