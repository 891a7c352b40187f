"""What the tests talk to: the model in service and the danger screen, trained anew when code or data have changed."""

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from bot.safety.graded import Graded, graded_messages
from bot.safety.in_service import FOLDER
from bot.safety.levels import DangerLevel
from bot.safety.reader import danger_reader
from bot.safety.screen import Assessment, Screen, shipped_screen, trained_screen
from bot.settings import ROOT, Settings
from bot.terminal import errors
from bot.training.danger_models.telling import see_to_danger
from bot.training.models.predictions import predictions_file
from bot.training.models.service import in_service
from bot.training.models.trained import ARCHIVE, SIDECAR, beside
from bot.training.promotion import promote


@cache
def model_in_service() -> Path:
    """The archive of the model in service, which fits this code and these data."""
    subprocess.run([sys.executable, "-m", "bot.cli", "train", "--if-changed"], cwd=ROOT, check=True)
    return in_service(Settings().models)


def copies_of_the_model(folder: Path, *names: str) -> Path:
    """A folder of models in which the one in service lies under each of these names; the first is in service there."""
    archive = model_in_service()
    sidecar = json.loads(beside(archive, SIDECAR).read_text())
    danger_screen()
    folder.mkdir()
    shutil.copytree(archive.with_name(FOLDER), folder / FOLDER)
    for name in names:
        copy = folder / f"{name}{ARCHIVE}"
        shutil.copy(archive, copy)
        shutil.copy(predictions_file(archive), predictions_file(copy))
        beside(copy, SIDECAR).write_text(json.dumps(sidecar | {"archive": copy.name}))
    promote(folder, names[0])
    return folder


@cache
def danger_screen() -> Screen:
    """The danger screen as it is served: its classifier is trained if it does not fit its messages and this code."""
    see_to_danger(errors, Settings().models)
    return trained_screen(Settings().models)


def danger_of(text: str) -> Assessment:
    """What the served screen makes of a message."""
    screen = danger_screen()
    return screen.assess(text, danger_reader().read(screen.mended(text)))


@cache
def found_by_the_classifier_alone() -> Graded:
    """A message it has learnt from in which no pattern finds a danger, and the whole screen does."""
    dangers = (one for one in graded_messages() if one.level >= DangerLevel.CLEAR)
    missed = (one for one in dangers if not shipped_screen().assess(one.text).level)
    return next(one for one in missed if danger_of(one.text).level >= DangerLevel.CLEAR)
