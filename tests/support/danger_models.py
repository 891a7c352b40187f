"""Classifiers of danger that learnt nothing, and what a screen is said to have heard with them."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.language.encoder import DIMENSIONS
from bot.safety.classifier import LEVELS, DangerClassifier, code_fingerprint
from bot.safety.features import COLUMNS, HALF
from bot.safety.levels import KINDS
from bot.training.danger_models.heard import Heard, read_with
from bot.training.danger_models.versions import DangerModel, keep

OF_EACH = 20
CALM = 300


def heard_well() -> tuple[Heard, ...]:
    """What a good one makes of twenty messages of each kind and level, of which it misses a few, and 300 calm ones."""
    dangers = [
        Heard(f"{kind} {level} {number}", level, (kind,), 0 if level < 3 and number == 7 else level, kind, level)
        for kind in KINDS
        for level in (1, 2, 3)
        for number in range(OF_EACH)
    ]
    calm = [
        Heard(f"calm {n}", 0, (), 2 if n % 50 == 0 else 0, "threat" if n % 50 == 0 else None, 0) for n in range(CALM)
    ]
    return tuple(replace(one, message=one.message.replace(" ", "-")) for one in (*dangers, *calm))


def heard_otherwise(
    heard: Sequence[Heard], which: Callable[[Heard], bool], most: int, **changed: int
) -> tuple[Heard, ...]:
    """The same with so many of those that are heard as they are meant and are `which` heard otherwise."""
    left = iter(range(most))
    return tuple(
        replace(one, **changed) if one.found == one.level and which(one) and next(left, None) is not None else one
        for one in heard
    )


def always(level: int, learnt_from: str = "a test") -> DangerClassifier:
    """One to which every message is a danger of that level."""
    kinds = np.array([kind == "violence" for kind in KINDS], np.float32)
    at_least = np.array([5 if number < level else -5 for number in range(LEVELS)], np.float32)
    return DangerClassifier(
        learnt_from=learnt_from,
        mean=np.zeros(DIMENSIONS, np.float32),
        scale=np.ones(DIMENSIONS, np.float32),
        rarity=np.ones(2 * HALF, np.float32),
        weights=np.zeros((LEVELS + len(KINDS), COLUMNS), np.float32),
        bias=np.concatenate([at_least, kinds]) * 20,
        limits=np.full(LEVELS, 0.5, np.float32),
        doubt=np.zeros(2, np.float32),
        words=np.array(["hej"]),
        often=np.array([9]),
    )


def put(folder: Path, name: str, heard: Sequence[Heard] | None = None, **told: object) -> DangerModel:
    """One of this code; `told` is what its sidecar says otherwise than usual."""
    folder.mkdir(parents=True, exist_ok=True)
    learnt = folder / "learnt"
    learnt.write_bytes(f"the classifier {name}".encode())
    return kept(folder, name, learnt, heard, **told)


def put_real(
    folder: Path, name: str, classifier: DangerClassifier, heard: Sequence[Heard] | None = None, **told: object
) -> DangerModel:
    """The same, of one that can be loaded."""
    folder.mkdir(parents=True, exist_ok=True)
    learnt = folder / "learnt"
    classifier.save(learnt)
    size = learnt.stat().st_size
    return kept(folder, name, learnt, heard, **{"data": classifier.learnt_from, "size": size} | told)


def kept(folder: Path, name: str, learnt: Path, heard: Sequence[Heard] | None, **told: object) -> DangerModel:
    model = DangerModel(
        folder=folder,
        name=name,
        sha256=hashlib.sha256(learnt.read_bytes()).hexdigest(),
        size=4_000_000,
        code=code_fingerprint(),
        data="a test",
        layers="89ab",
        packages={"numpy": "1.26"},
        seed=0,
        trained_at=f"2026-11-30T12:00:0{len(list(folder.glob('*.npz')))}+00:00",
        seconds=600.0,
        read_with=read_with(),
        pace=2.0,
        heard=tuple(heard_well() if heard is None else heard),
    )
    keep(replace(model, **told), learnt)
    return replace(model, **told)
