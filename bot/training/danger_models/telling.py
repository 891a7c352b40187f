"""Learns, judges and serves classifiers of danger for whoever types it or starts the bot, and tells of it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from bot.safety.classifier import ClassifierError, code_fingerprint
from bot.safety.graded import SHIPPED_MESSAGES
from bot.safety.in_service import FOLDER, in_service
from bot.safety.levels import DangerLevel
from bot.served import How
from bot.training.danger import fits
from bot.training.danger_models.gates import ALARM, is_danger, met, met_by_slips
from bot.training.danger_models.heard import Heard
from bot.training.danger_models.making import model_of_today
from bot.training.danger_models.promotion import compare, heard_anew, judge, names_of, promote, serving
from bot.training.danger_models.versions import DangerModel, remembered
from bot.training.gate_report import print_judgement, refusal_told
from bot.training.promotion import Override, RefusedByGatesError
from bot.training.report import shown_progress


def see_to_danger(console: Console, models: Path, messages: Path = SHIPPED_MESSAGES) -> None:
    """Sees that what serves has learnt from these messages by this code; what is worse at danger is told and not taken.

    Where nothing fits this code, what every classifier must reach is enough.
    Raises GradedError, TrainingError, ModelError.
    """
    folder = models / FOLDER
    # Before anything is learnt: a history that cannot be read is mended by a person.
    names_of(folder)
    for fault in _passed_over(models):
        console.print(fault, markup=False, highlight=False, soft_wrap=True)
    now = serving(folder)
    if now and fits(now.file, messages):
        return
    with shown_progress(console) as progress:
        model, fresh = model_of_today(models, progress, messages)
    if now and not fresh:
        # It was refused, or taken out of service again: only a person may change that.
        console.print(f"{model.name} has learnt from the messages of danger of today, and {now.name} is in service")
        return
    try:
        promote_and_tell(console, folder, model.name, by_itself=True)
    except RefusedByGatesError as error:
        serves = f"{now.name} goes on" if now else "Nothing else fits this code, so the chat stays closed"
        console.print(f"{error}. {serves}", markup=False, highlight=False, soft_wrap=True)


def train_and_tell(console: Console, models: Path) -> None:
    """Learns and measures one, and tells what the gates say of it; nothing is put into service.

    Raises GradedError, TrainingError, ModelError.
    """
    folder = models / FOLDER
    with shown_progress(console) as progress:
        model, fresh = model_of_today(models, progress)
        judgement = judge(folder, model, partial(heard_anew, progress=progress))
    if not fresh:
        console.print(f"Nothing has changed since {model.name} was learnt, so it is not learnt again", highlight=False)
    print_danger_models(console, [model], _in_service(folder))
    if names_of(folder)[:1] != [model.name]:
        print_judgement(console, judgement)
        console.print(f"`hjemad promote --danger {model.name}` puts it into service", highlight=False)


def promote_and_tell(
    console: Console,
    folder: Path,
    name: str | None,
    *,
    override: Override | None = None,
    by_itself: bool = False,
) -> None:
    """As `promote`; what it raises is raised, after the gates were told."""
    with refusal_told(console), shown_progress(console) as progress:
        anew = partial(heard_anew, progress=progress)
        judgement = promote(folder, name, rehear=anew, override=override, by_itself=by_itself)
    if not by_itself or judgement.how is How.BY_BARS_ALONE:
        print_judgement(console, judgement)
    console.print(f"{judgement.model.name} is in service: it hears danger", highlight=False)


def compare_and_tell(console: Console, folder: Path, first: str, second: str) -> None:
    """What the gates would say of the second after the first. Raises ModelError, GradedError."""
    with shown_progress(console) as progress:
        judgement = compare(folder, first, second, partial(heard_anew, progress=progress))
    print_judgement(console, judgement)


def list_and_tell(console: Console, models: Path) -> None:
    """All that is known of. Raises ModelError."""
    folder = models / FOLDER
    print_danger_models(console, remembered(folder), _in_service(folder))
    for fault in _passed_over(models):
        console.print(fault, markup=False, highlight=False, soft_wrap=True)


def print_danger_models(console: Console, models: Sequence[DangerModel], in_service: str | None) -> None:
    """A row each: what is heard of each level and through slips, what alarms for nothing, which one is in service."""
    name, remark = Column("danger", no_wrap=True), Column("", no_wrap=True)
    title = "Heard of level 1, 2, 3 and through slips, and alarms at what only sounds so, in %"
    table = Table(name, "1", "2", "3", "slips", "alarms", remark, title=title)
    for model in models:
        levels = [[one for one in model.heard if one.level == level] for level in DangerLevel if level]
        table.add_row(
            model.name,
            *(_share(own, is_danger, met) for own in levels),
            _share(model.heard, is_danger, met_by_slips),
            _share(model.heard, lambda one: not is_danger(one), lambda one: one.found >= ALARM),
            "in service" if model.name == in_service else "" if model.code == code_fingerprint() else "other code",
        )
    console.print(table)


def _share(heard: Sequence[Heard], about: Callable[[Heard], bool], of: Callable[[Heard], bool]) -> str:
    own = [one for one in heard if about(one)]
    return f"{100 * sum(map(of, own)) / len(own):.1f}" if own else "-"


def _in_service(folder: Path) -> str | None:
    model = serving(folder)
    return model.name if model else None


def _passed_over(models: Path) -> tuple[str, ...]:
    """Why what should serve does not, where something else does."""
    try:
        return in_service(models).passed_over
    except ClassifierError:
        return ()
