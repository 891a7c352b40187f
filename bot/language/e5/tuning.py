"""What the last layers of the encoder have learnt beyond its package, to read for one purpose."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class TuningError(Exception):
    """The file of a tuning is missing or broken; the message names it."""


@dataclass(frozen=True)
class Tuning:
    """Numbers by their names in the package's file, for the layers from TUNED_FROM on.

    Biases and norms stand instead of the package's. Of a matrix the product of `.down` and `.up` is added to it
    (low-rank adaptation, Hu et al. 2021): a hundredth of its size.
    """

    numbers: dict[str, NDArray[np.float32]]

    @classmethod
    def load(cls, file: Path) -> "Tuning":
        """Raises TuningError."""
        try:
            with np.load(file) as kept:
                return cls({name: kept[name].astype(np.float32) for name in kept.files})
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise TuningError(f"{file}: {error}") from error
