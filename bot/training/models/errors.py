"""Why a model cannot be used."""

from bot.served import ModelError

__all__ = ["ModelError", "PromotionRefusedError"]


class PromotionRefusedError(ModelError):
    """A model was not put into service; the message says why."""
