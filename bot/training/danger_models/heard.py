"""How a danger screen hears each held-out message: as it stands, and through slips of the fingers."""

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from bot.safety.classifier import DangerClassifier
from bot.safety.graded import Graded, messages_of
from bot.safety.patterns import shipped_patterns
from bot.safety.reader import danger_reader
from bot.safety.screen import Assessment, Screen
from bot.settings import ROOT
from bot.training.files import digest_of
from bot.training.noise import respelled
from bot.training.pace import yardstick
from bot.training.progress import Progress, unwatched

FOLDER = Path("tests", "held_out")
FILES = ("danger.yml", "danger_in_other_voices.yml", "danger_seldom.yml", "danger_of_two_more_writers.yml")
# What else decides how a message is heard: the code of the screen, its patterns, the tuned layers and the slips.
READ_WITH = (
    *("bot/safety/*.py", "bot/language/*.py", "bot/language/e5/*.py", "bot/training/noise.py", "bot/training/pace.py"),
    *("data/safety/*.yml", "data/safety/tuned.npz"),
)
TIMED_EACH = 4
STEP = "Hearing the held-out messages of danger"

Result = TypeVar("Result")


@dataclass(frozen=True)
class Heard:
    """One held-out message by its digest, what it tells of, and what was found in it; `slips`: when respelled.

    Texts are not kept here: who may show them looks them up among those held out.
    """

    message: str
    level: int
    kinds: tuple[str, ...]
    found: int
    kind: str | None
    slips: int


@dataclass(frozen=True)
class Hearing:
    """All that a screen made of the held-out messages, and how many times as long as the yardstick one took."""

    heard: tuple[Heard, ...]
    pace: float


def held_out_dangers(root: Path = ROOT) -> dict[str, Graded]:
    """By digest each message of danger, or that only sounds so, that nothing learns from. Raises GradedError."""
    return {digest(one.text): one for name in FILES for one in messages_of(root / FOLDER / name)}


def digest(text: str) -> str:
    """By what a message is known where its text must not be kept."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_with(root: Path = ROOT) -> str:
    """Another digest when a classifier would be heard through another screen, or held against other messages."""
    files = [root / FOLDER / name for name in FILES]
    return digest_of([*files, *sorted(file for pattern in READ_WITH for file in root.glob(pattern))])


def hearing(classifier: DangerClassifier, progress: Progress = unwatched, root: Path = ROOT) -> Hearing:
    """Has the screen of this checkout's patterns and that classifier read each message twice. Raises GradedError."""
    screen, held_out = Screen(shipped_patterns(), classifier), held_out_dangers(root)
    written = [one.text for one in held_out.values()]
    progress(STEP)
    texts = [*written, *map(respelled, written)]
    read, ratios = _read(screen, texts, progress)
    heard = (
        _heard(key, one, plain, slips)
        for (key, one), plain, slips in zip(held_out.items(), read[: len(written)], read[len(written) :], strict=True)
    )
    return Hearing(tuple(heard), median(ratios))


def _heard(key: str, meant: Graded, plain: Assessment, slips: Assessment) -> Heard:
    kind = plain.kinds[0] if plain.kinds else None
    return Heard(key, int(meant.level), meant.kinds, int(plain.level), kind, int(slips.level))


def _read(screen: Screen, texts: Sequence[str], progress: Progress) -> tuple[list[Assessment], list[float]]:
    """What is made of each, and how long the screen took for it beside the yardstick; the encoder is no part of it."""
    found: list[Assessment] = []
    ratios: list[float] = []
    with ThreadPoolExecutor(os.cpu_count()) as readers:
        # All of them first: what reads beside it would be timed as well.
        meanings = list(readers.map(lambda text: danger_reader().read(screen.mended(text)), texts))
    for text, meaning in zip(texts, meanings, strict=True):
        took, assessed = _timed(partial(screen.assess, text, meaning))
        if len(found) % TIMED_EACH == 0:
            ratios.append(took / _timed(yardstick)[0])
        found.append(assessed)
        progress(STEP, len(found), len(texts))
    return found, ratios


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    began = perf_counter()
    done = work()
    return perf_counter() - began, done
