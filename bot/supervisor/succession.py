"""Another model in service wants another dialogue server. ADR 0036."""

from contextlib import suppress
from pathlib import Path

from bot.settings import LOOPBACK
from bot.supervisor.part import Part
from bot.supervisor.supervisor import dialogue_with
from bot.training.models.errors import ModelError
from bot.training.models.service import current, name_in_service


class Succession:
    """Tells once of each model that is put into service from now on: the part that is to take over with it.

    `model` is the one that was in service at the beginning.
    """

    def __init__(self, models: Path, host: str = LOOPBACK) -> None:
        """`host` is where its dialogue servers listen."""
        self._models = models
        self._host = host
        self._told: str | None = None
        self.model = self._told = self._another()

    def __call__(self) -> Part | None:
        now = self._another()
        if now is None:
            return None
        self._told = now
        return dialogue_with(now, self._host)

    def _another(self) -> str | None:
        """The model in service where it is another than was told; what is kept of all of them is read only then."""
        # A list of models that cannot be read changes nothing: whoever wrote it is told, and what serves goes on.
        with suppress(ModelError, OSError):
            if name_in_service(self._models) != self._told:
                model = current(self._models)
                return model.name if model and model.name != self._told else None
        return None
