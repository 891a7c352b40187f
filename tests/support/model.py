"""What the tests talk to: the model in service and the danger screen, trained anew when code or data have changed."""

import subprocess
import sys
from functools import cache
from pathlib import Path

from bot.safety.screen import Screen, trained_screen
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
