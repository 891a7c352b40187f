"""The model the tests talk to: the one in service, trained first when none fits this code."""

import subprocess
import sys
from functools import cache
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.training.registry import ModelError, in_service


@cache
def model_in_service() -> Path:
    """The archive of the model in service."""
    folder = Settings().models
    try:
        return in_service(folder)
    except ModelError:
        subprocess.run([sys.executable, "-m", "bot.cli", "train", "--if-needed"], cwd=ROOT, check=True)
    return in_service(folder)
