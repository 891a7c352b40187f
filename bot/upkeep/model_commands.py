"""The commands that change which model is in service: here, because an override is noted in the store's audit log."""

from typing import Annotated

import typer

from bot.settings import load_settings
from bot.terminal import console, told_plainly
from bot.training.commands import OfDanger

serving = typer.Typer()


@serving.command()
def promote(
    model: Annotated[str | None, typer.Argument(help="A model; the one trained last if left out.")] = None,
    override: Annotated[
        str | None, typer.Option(help="Why it goes into service although a gate refuses it. Is kept for good.")
    ] = None,
    *,
    danger: OfDanger = False,
) -> None:
    """Put a model into service; refuses one that is worse, does not fit this code or is not the file that was trained.

    The gates of danger cannot be overridden.
    """
    from bot.safety.graded import GradedError
    from bot.safety.in_service import FOLDER
    from bot.training.danger_models import telling
    from bot.training.files import DataError
    from bot.training.models.errors import ModelError
    from bot.training.promoting import promote_and_tell
    from bot.training.promotion import Override
    from bot.upkeep.overriding import note_override

    with told_plainly(ModelError, DataError, GradedError):
        models = load_settings().models
        if danger:
            given = None if override is None else Override(override, lambda name: note_override(f"{FOLDER}/{name}"))
            telling.promote_and_tell(console, models / FOLDER, model, override=given)
        else:
            given = None if override is None else Override(override, note_override)
            promote_and_tell(console, models, model, override=given)


@serving.command()
def rollback(*, danger: OfDanger = False) -> None:
    """Put the model before this one back into service."""
    from bot.safety.in_service import FOLDER
    from bot.training.danger_models import promotion as of_danger
    from bot.training.models import service
    from bot.training.models.errors import ModelError

    with told_plainly(ModelError):
        folder = load_settings().models
        back = of_danger.rollback(folder / FOLDER) if danger else service.rollback(folder)
        console.print(f"{back.name} is in service")


@serving.command()
def workshop(
    *,
    keep_on: Annotated[
        bool, typer.Option("--keep-on", help="Look again every two seconds, until it is stopped.")
    ] = False,
) -> None:
    """Carry out what maintainers ordered at the desk, one order after the other. `hjemad run` starts it by itself."""
    import logging
    import signal

    from bot.logs import set_up
    from bot.upkeep.opened import opened
    from bot.upkeep.workshop.shop import Workshop

    with opened() as (settings, store):
        set_up("workshop", settings.log_format)
        logging.getLogger("bot.upkeep.workshop").setLevel(logging.INFO)
        shop = Workshop(store)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, shop.stop)
        shop.run(keep_on=keep_on)
