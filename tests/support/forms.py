"""The forms of a page, and the fields somebody can fill or a stranger can send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

FIELDS = ("input", "textarea", "select", "button")


@dataclass
class Form:
    """`fields` are what a browser would send of it, untouched; `bounds` how many characters some of them take."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    bounds: dict[str, int] = field(default_factory=dict)


def forms_in(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag in FIELDS and self.forms and given.get("name"):
            # Nothing is chosen: a form that lacks something comes back with what was filled in.
            self.forms[-1].fields[given["name"]] = "" if given.get("type") == "radio" else given.get("value", "")
            if bound := given.get("maxlength") or given.get("data-longest"):
                self.forms[-1].bounds[given["name"]] = int(bound)
