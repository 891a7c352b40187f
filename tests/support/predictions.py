"""A model that was never trained, and what it is said to have made of messages."""

from pathlib import Path

from bot.training.models.predictions import Prediction
from bot.training.models.trained import Figures, Stories, TrainedModel

INTENTS = ["housing_deposit", "housing_shelter", "money_debt", "crisis_suicide"]
MODEL = TrainedModel(
    archive=Path("models/20261130-120000-abcdef.tar.gz"),
    sha256="a" * 64,
    predictions="b" * 64,
    size=43_000_000,
    code="0123",
    packages={"rasa": "3.6.21"},
    data="4567",
    held_out="89ab",
    seed=0,
    trained_at="2026-11-30T12:00:00+00:00",
    seconds=90.0,
    pace=5.2,
    stories=Stories(52, ()),
    figures=Figures(0.9, 0.88, 0.87, 0.97, 0.02, 0.94, 0.95, 0.8),
)


def read(text: str, label: str | None, as_: str | None, confidence: float = 0.9, *also: str) -> Prediction:
    return Prediction(text, label, (label, *also) if label else (), as_, confidence, sure=True)
