"""Decided messages, and a small checkout with something to teach."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.teaching.decided import Decided, Use, read_decided
from bot.teaching.teach import Taught, teach

DAY = date(2026, 11, 30)


def lines(*rows: tuple[str, str, str]) -> bytes:
    """Lines of JSON as whoever decides writes them."""
    keys = ("text", "intent", "set")
    return b"".join(json.dumps(dict(zip(keys, row, strict=True))).encode() + b"\n" for row in rows)


def decided(*rows: tuple[str, str, str]) -> list[Decided]:
    return read_decided(lines(*rows))


def nothing_near(_new: object, _known: object) -> list[str]:
    return []


def taught(root: Path, given: Sequence[Decided], day: date = DAY, *, dry_run: bool = False) -> Taught:
    return teach(given, root, day, nothing_near, anyway=False, dry_run=dry_run)


def contents(root: Path) -> dict[str, bytes]:
    """Every file of the checkout with what is in it."""
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


SOFA = ("jeg låner sofaen hos en fra arbejdet", "housing_couch_surfing", Use.TRAIN.value)
TIME = ("har I en time til mig i næste uge", "booking_request", Use.TRAIN.value)
HELLO = ("dav i stuen", "chat_greet", Use.HELD_OUT.value)
