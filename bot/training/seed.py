"""Where chance begins in a training: always at the same place, so that the same data give the same model."""

import random

import numpy as np

SEED = 0
"""The components draw from generators of their own that begin at 0 too; this is for whatever draws from the shared."""


def sow() -> None:
    """Call it before a training."""
    random.seed(SEED)
    np.random.seed(SEED)  # noqa: NPY002 -- the libraries underneath draw from the old generator
