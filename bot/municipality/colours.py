"""A municipality's own colours, which everybody must be able to read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LEAST_CONTRAST = 4.5
"""Of text (WCAG 2.2, 1.4.3, level AA), which the law on web accessibility asks of a municipality."""

# What stands behind it, as static/base.css has it, in the light and in the dark.
BEHIND = {"main": ("#ffffff", "#f6f3ec"), "main_dark": ("#1f2724", "#131816")}
_ON = ("#ffffff", "#0d201b")
_DARKEST = 0.04045
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Colours:
    """What buttons and own words are drawn in, by `#rrggbb`: in the light, and where the phone is set to dark."""

    main: str
    main_dark: str

    @property
    def on_main(self) -> str:
        """What is written on a button in the light."""
        return _readable_on(self.main)

    @property
    def on_main_dark(self) -> str:
        """What is written on a button in the dark."""
        return _readable_on(self.main_dark)


def colours_from(content: Any) -> Colours | None:
    """What a municipality's file says; None where it says nothing. Raises ValueError."""
    if content is None:
        return None
    if not isinstance(content, Mapping) or content.keys() != BEHIND.keys():
        raise ValueError(f"{content!r} is not one of `main` and one of `main_dark`")
    for name, colour in content.items():
        _refuse_unreadable(name, colour)
    return Colours(**content)


def contrast(one: str, other: str) -> float:
    """From 1, no difference, to 21 (WCAG 2.2, "contrast ratio"); both as `#rrggbb`."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _refuse_unreadable(name: str, colour: Any) -> None:
    if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
        raise ValueError(f"{name}: {colour!r} is no colour such as '#1d5a4b'")
    for behind in BEHIND[name]:
        if (found := contrast(colour, behind)) < LEAST_CONTRAST:
            wanted = "darker" if name == "main" else "lighter"
            raise ValueError(
                f"{name}: {colour} has a contrast of {found:.1f} to {behind}, "
                f"and {LEAST_CONTRAST} is the least that everybody can read; take a {wanted} one"
            )


def _readable_on(colour: str) -> str:
    return max(_ON, key=lambda written: contrast(written, colour))


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= _DARKEST else ((part + 0.055) / 1.055) ** 2.4)
