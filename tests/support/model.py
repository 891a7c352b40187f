"""What the tests talk to: the model in service and the danger screen, trained anew when code or data have changed."""

import subprocess
import sys
from functools import cache
from pathlib import Path

from bot.language.encoder import sentence_encoder
from bot.safety.graded import Graded, graded_messages
from bot.safety.levels import DangerLevel
from bot.safety.screen import Screen, shipped_screen, trained_screen
from bot.settings import ROOT, Settings
from bot.training.danger import see_to_danger_classifier
from bot.training.progress import unwatched
from bot.training.registry import in_service


@cache
def model_in_service() -> Path:
    """The archive of the model in service, which fits this code and these data."""
    subprocess.run([sys.executable, "-m", "bot.cli", "train", "--if-changed"], cwd=ROOT, check=True)
    return in_service(Settings().models)


@cache
def danger_screen() -> Screen:
    """The danger screen as it is served: its classifier is trained if it does not fit its messages and this code."""
    see_to_danger_classifier(Settings().models, unwatched)
    return trained_screen(Settings().models)


@cache
def found_by_the_classifier_alone() -> Graded:
    """A message it has learnt from in which no pattern finds a danger, and the whole screen does."""
    patterns = shipped_screen()
    missed = [
        one for one in graded_messages() if one.level >= DangerLevel.CLEAR and not patterns.assess(one.text).level
    ]
    vectors = sentence_encoder().encode([one.text for one in missed[:50]])
    return next(
        one
        for one, vector in zip(missed, vectors, strict=False)
        if danger_screen().assess(one.text, vector).level >= DangerLevel.CLEAR
    )
