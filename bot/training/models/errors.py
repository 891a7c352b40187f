"""Why a model cannot be used."""


class ModelError(Exception):
    """A model that is asked for cannot be used; the message names it and says why."""


class PromotionRefusedError(ModelError):
    """A model was not put into service; the message says why."""
