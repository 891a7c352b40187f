"""The commands of the retraining loop: from the data to a model in service, and back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings, load_settings
from bot.terminal import console, told_plainly

learning = typer.Typer()
OfDanger = Annotated[bool, typer.Option("--danger", help="Of the danger screen instead of the dialogue.")]


@learning.command()
def train(
    *,
    if_needed: Annotated[bool, typer.Option(help="Only when no model in service fits this code.")] = False,
    if_changed: Annotated[bool, typer.Option(help="As --if-needed, and when the data has changed too.")] = False,
    danger: OfDanger = False,
) -> None:
    """Validate the data, train, evaluate; write a model and its report. With a condition: promote it as well.

    What is hard to tell apart is named, unless there is a condition. The classifier of the danger screen is trained
    apart, and only when its messages or its code have changed; then it serves, unless it is worse. With --danger it
    alone is trained, and told what the gates say of it.
    """
    from bot.safety.graded import GradedError
    from bot.training.danger_models.telling import see_to_danger, train_and_tell
    from bot.training.doubts import doubts
    from bot.training.files import DataError
    from bot.training.models.errors import ModelError
    from bot.training.promoting import promote_and_tell
    from bot.training.report import print_evaluation, shown_progress
    from bot.training.train import TrainingError, train_model

    if danger and (if_needed or if_changed):
        raise typer.BadParameter("--danger goes with neither --if-needed nor --if-changed")
    settings = load_settings()
    with told_plainly(DataError, TrainingError, ModelError, GradedError):
        if danger:
            train_and_tell(console, settings.models)
            return
        see_to_danger(console, settings.models)
        if (if_needed or if_changed) and _fits(settings, even_data=if_changed):
            return
        with shown_progress(console) as progress:
            # Nobody reads them where it trains by itself, and they cost some ten seconds.
            told = [] if if_needed or if_changed else doubts(progress)
            model, evaluation = train_model(settings.models, progress)
        for line in told:
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        print_evaluation(console, model.name, evaluation)
        if if_needed or if_changed:
            promote_and_tell(console, settings.models, model.name, by_itself=True)


@learning.command()
def tune_danger(
    fresh: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of messages that are new: read whole, and an eighth of the others a round."),
    ] = None,
    *,
    anew: Annotated[bool, typer.Option(help="Forget what was learnt before.")] = False,
) -> None:
    """Tune the encoder's upper layers to danger, for an hour, or a quarter of one where only some files are new.

    What was learnt, `data/safety/tuned.npz`, is kept with the code.
    """
    from bot.language.e5.tuning import Tuning, TuningError
    from bot.safety.graded import SHIPPED_MESSAGES, GradedError, graded_messages, messages_of
    from bot.safety.reader import SHIPPED_TUNING
    from bot.training.report import shown_progress
    from bot.training.tune import ROUNDS, ROUNDS_ANEW, ROUNDS_OF_FRESH, tune

    with told_plainly(GradedError, TuningError), shown_progress(console) as progress:
        begin = None if anew else Tuning.load(SHIPPED_TUNING)
        texts = {message.text for file in fresh or () for message in messages_of(file)}
        graded = graded_messages()
        if unread := texts - {message.text for message in graded if not message.apart}:
            raise GradedError(f"{len(unread)} messages are not learnt from; move their file to {SHIPPED_MESSAGES}")
        rounds = ROUNDS_ANEW if anew else ROUNDS_OF_FRESH if texts else ROUNDS
        tune(graded, SHIPPED_TUNING, progress, rounds, begin, texts)


@learning.command()
def keep_danger() -> None:
    """Keep the classifier of danger of today's messages with the code: a first start need not learn or measure it."""
    from bot.safety.graded import GradedError
    from bot.training.danger_models.making import as_heard_today, keep_with_code, model_of_today
    from bot.training.models.errors import ModelError
    from bot.training.report import shown_progress
    from bot.training.train import TrainingError

    with told_plainly(GradedError, TrainingError, ModelError), shown_progress(console) as progress:
        model, _ = model_of_today(load_settings().models, progress)
        keep_with_code(as_heard_today(model, progress))


@learning.command()
def evaluate(
    model: Annotated[str | None, typer.Argument(help="A model; the one in service if left out.")] = None,
    *,
    respelled: Annotated[bool, typer.Option(help="With two to four slips of the fingers in each message.")] = False,
    from_conversations: Annotated[
        bool, typer.Option("--from-conversations", help="On what was gathered from conversations, not the written.")
    ] = False,
    version: Annotated[int | None, typer.Option(help="Of those from conversations: the version; the newest.")] = None,
) -> None:
    """Print accuracy, macro F1 and the worst pairs on the held-out messages."""
    from bot.training.evaluate import evaluate as evaluate_model
    from bot.training.files import DataError
    from bot.training.gathered import gathered_held_out, held_out_versions
    from bot.training.held_out import held_out, respelled_held_out
    from bot.training.models.errors import ModelError
    from bot.training.report import print_evaluation, shown_progress
    from bot.training.understanding import Understanding

    if (respelled and from_conversations) or (version is not None and not from_conversations):
        raise typer.BadParameter("--respelled goes with the written messages, --version with --from-conversations")
    with told_plainly(DataError, ModelError):
        archive = archive_of(model)
        written = respelled_held_out if respelled else held_out
        messages = gathered_held_out(version) if from_conversations else written()
        console.print(f"Held-out messages: {held_out_versions()}", highlight=False)
        with shown_progress(console) as progress:
            progress("Loading the model")
            evaluation = evaluate_model(Understanding(archive), messages, progress)
        print_evaluation(console, archive.name, evaluation)


@learning.command()
def compare(first: str, second: str, *, danger: OfDanger = False) -> None:
    """Print the figures of two models side by side, and what the gates would say of the second after the first."""
    from bot.safety.graded import GradedError
    from bot.safety.in_service import FOLDER
    from bot.training import promotion
    from bot.training.danger_models.telling import compare_and_tell
    from bot.training.gate_report import print_judgement
    from bot.training.models.errors import ModelError
    from bot.training.models.trained import find
    from bot.training.report import print_models

    with told_plainly(ModelError, GradedError):
        folder = load_settings().models
        if danger:
            compare_and_tell(console, folder / FOLDER, first, second)
            return
        print_models(console, [find(folder, first), find(folder, second)], None)
        print_judgement(console, promotion.compare(folder, first, second))


@learning.command()
def report(
    model: Annotated[str | None, typer.Argument(help="A model; the one trained last if left out.")] = None,
    *,
    beside: Annotated[str | None, typer.Option(help="Held against this one; the one in service if left out.")] = None,
) -> None:
    """Write the page on a model beside it: what changes, topics, confusions, calibration, what it was made from."""
    from bot.training.models.errors import ModelError
    from bot.training.models.trained import find
    from bot.training.reporting.page import write_page

    with told_plainly(ModelError):
        folder = load_settings().models
        page = write_page(find(folder, model), find(folder, beside) if beside else None, anew=True)
        console.print(page, soft_wrap=True)


@learning.command()
def models(*, danger: OfDanger = False) -> None:
    """List the models and which one is in service."""
    from bot.training.danger_models.telling import list_and_tell
    from bot.training.models.errors import ModelError
    from bot.training.models.service import current
    from bot.training.models.trained import models as known_models
    from bot.training.models.trained import unusable
    from bot.training.report import print_models

    with told_plainly(ModelError):
        folder = load_settings().models
        if danger:
            list_and_tell(console, folder)
            return
        print_models(console, known_models(folder), current(folder))
        for name, why in unusable(folder).items():
            console.print(f"{name} {why}; `hjemad train` makes a new one", markup=False, highlight=False)


def archive_of(name: str | None) -> Path:
    """The file of this model, or of the one in service. Raises ModelError, also for one of other code."""
    from bot.training.models.errors import ModelError
    from bot.training.models.fits import code_digest
    from bot.training.models.service import in_service
    from bot.training.models.trained import find

    folder = load_settings().models
    if name is None:
        return in_service(folder)
    model = find(folder, name)
    if model.code != code_digest():
        raise ModelError(f"{model.name} was trained with other code than this; train again")
    return model.archive


def _fits(settings: Settings, *, even_data: bool) -> bool:
    """Whether the model in service can be used as it is; says so when the data has changed since."""
    from bot.training.models.errors import ModelError
    from bot.training.models.fits import code_digest, data_digest
    from bot.training.models.service import current
    from bot.training.models.trained import checked

    model = current(settings.models)
    if model is None or model.code != code_digest():
        return False
    try:
        checked(model)
    except ModelError as error:
        console.print(f"{error}. Now a new one is trained.", markup=False, soft_wrap=True)
        return False
    if model.data == data_digest():
        return True
    if not even_data:
        console.print(f"The data has changed since {model.name} was trained; `hjemad train` makes a new one.")
    return not even_data
