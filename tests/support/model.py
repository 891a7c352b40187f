"""The model the tests talk to: the one in service, trained anew when code or data have changed since."""

import subprocess
import sys
from functools import cache
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.training.registry import in_service


@cache
def model_in_service() -> Path:
    """The archive of the model in service, which fits this code and these data."""
    subprocess.run([sys.executable, "-m", "bot.cli", "train", "--if-changed"], cwd=ROOT, check=True)
    return in_service(Settings().models)
