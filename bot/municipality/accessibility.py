"""Whom somebody can tell that a page does not work for them; each municipality says that for itself."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Accessibility:
    """What the law on web accessibility asks a municipality to say; None is what it has not said yet.

    `statement`: where the statement that it has made in WAS-Tool stands.
    """

    statement: str | None = None
    phone: str | None = None
    email: str | None = None

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value is not None and not (isinstance(value, str) and value.strip()):
                raise ValueError(f"accessibility: {name} {value!r} is no text; write it in quotes")
        if self.statement and not self.statement.startswith("https://"):
            raise ValueError(f"accessibility: statement {self.statement!r} is no https address")
        if self.email and "@" not in self.email:
            raise ValueError(f"accessibility: email {self.email!r} is no e-mail address")

    @property
    def reachable(self) -> bool:
        """Whether anybody is named whom one can ring or write to."""
        return bool(self.phone or self.email)


def accessibility_from(content: Mapping[str, Any]) -> Accessibility:
    """What a municipality's file says. Raises ValueError."""
    if not isinstance(content, Mapping) or content.keys() - {each.name for each in fields(Accessibility)}:
        raise ValueError(f"accessibility: {content!r} may hold statement, phone and email")
    return Accessibility(**content)
