"""The commands of finding what was misread, and of deciding on it."""

import json
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from bot.terminal import console
from bot.upkeep.opened import opened

review = typer.Typer(help="Find what the robot misread, and decide what was meant.", no_args_is_help=True)

SPLIT = "split"
MOST_FOUND = 2**31 - 1
"""More no database numbers a message with."""
BY_HELP = "Which maintainer: what they type at the desk's sign-in."
WHAT_HELP = "confirm, correct, several, new, not-ours, leave-out (nothing learns from it), or split."
WITH_HELP = "The meaning; two or more for several; a new one's name; or the numbers of the messages to split off."


@review.command()
def find(
    days: Annotated[int, typer.Option(min=1, max=365, help="Of how many days.")] = 28,
) -> None:
    """Find what may have been misread where there is a yes to that, by the model in service. For each night."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.training.commands import archive_of
    from bot.training.models.errors import ModelError
    from bot.training.report import shown_progress
    from bot.upkeep.misread import find_misread, forget_others, reads_with, talks_to_learn_from

    with opened(MunicipalityError, ModelError) as (_, store):
        now = datetime.now(UTC)
        talks = talks_to_learn_from(store, load_municipalities())
        # Before a model is looked for: what may not be kept goes also where none can read.
        forget_others(store, talks)
        with shown_progress(console) as progress:
            reader = reads_with(archive_of(None), progress)
            looked = find_misread(store, talks, reader, now - timedelta(days=days), now)
        for one in looked:
            console.print(
                f"{one.municipality}: {one.found} messages in {one.conversations} conversations", markup=False
            )


@review.command()
def talk(
    message: Annotated[int, typer.Argument(min=1, max=MOST_FOUND, help="A found message, as `list` tells it.")],
    *,
    by: Annotated[str, typer.Option(help=BY_HELP)],
) -> None:
    """Print what was meant and done around a message, by names and without any words: for `hjemad story skeleton`."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.misread import ReviewError
    from bot.upkeep.review_deciding import talk_around

    with opened(ReviewError, MunicipalityError) as (_, store):
        sys.stdout.write(talk_around(store, load_municipalities(), by, message) + "\n")


@review.command()
def shadow(
    model: Annotated[str, typer.Argument(help="The model that reads along.")],
    minutes: Annotated[float, typer.Option(min=0, max=7 * 24 * 60, help="For how long.")] = 60,
    pause: Annotated[float, typer.Option(min=0.1, max=60, help="Seconds between two looks.")] = 5,
) -> None:
    """Let a model read along where there is a yes to learning. It answers nobody; printed is where it differs."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.training.commands import archive_of
    from bot.training.models.errors import ModelError
    from bot.training.progress import unwatched
    from bot.upkeep.misread import reads_with
    from bot.upkeep.review_report import print_differs, print_shadow
    from bot.upkeep.shadow import Shadow

    with opened(MunicipalityError, ModelError) as (_, store):
        service, candidate = (reads_with(archive_of(name), unwatched) for name in (None, model))
        along = Shadow(store, load_municipalities(), service, candidate, datetime.now(UTC))
        # What was seen is told, whatever ends it: the store may go away at night.
        try:
            with suppress(KeyboardInterrupt):
                for one in along.follow(minutes * 60, pause):
                    print_differs(console, one)
        finally:
            print_shadow(console, along)


@review.command("list")
def list_groups(
    municipality: Annotated[str, typer.Argument(help="Whose.")],
    most: Annotated[int, typer.Option(min=1, help="So many groups.")] = 20,
    *,
    decided: Annotated[bool, typer.Option("--decided", help="What is decided instead, the newest first.")] = False,
) -> None:
    """List what is to be decided, the dearest and newest first, with its words as they are stored: masked."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.misread import ReviewError
    from bot.upkeep.review_reading import listed
    from bot.upkeep.review_report import print_decided, print_groups

    with opened(ReviewError, MunicipalityError) as (_, store):
        groups = listed(store, load_municipalities(), municipality, decided=decided)
        (print_decided if decided else print_groups)(console, groups, most)


@review.command()
def decide(
    group: Annotated[str, typer.Argument(help="The beginning of its name.")],
    what: Annotated[str, typer.Argument(help=WHAT_HELP)],
    given: Annotated[list[str] | None, typer.Argument(help=WITH_HELP)] = None,
    *,
    by: Annotated[str, typer.Option(help=BY_HELP)],
) -> None:
    """Decide what the messages of a group mean. Danger is decided when a second one says the same, at the desk."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.misread import ReviewError
    from bot.upkeep.review_deciding import decide_by_name, split_by_name

    with opened(ReviewError, MunicipalityError) as (_, store):
        towns = load_municipalities()
        if what == SPLIT:
            told = split_by_name(store, towns, by, group, given or [])
        else:
            told = decide_by_name(store, towns, by, group, what.replace("-", "_"), given or [])
        console.print(told, markup=False, highlight=False)


@review.command()
def undo(
    group: Annotated[str, typer.Argument(help="The beginning of its name, as `list --decided` tells it.")],
    *,
    by: Annotated[str, typer.Option(help=BY_HELP)],
) -> None:
    """Take back what is decided on a group. What two agreed on is undone when a second one says so, at the desk."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.training.files import DataError
    from bot.upkeep.misread import ReviewError
    from bot.upkeep.review_undoing import undo_by_name

    with opened(ReviewError, MunicipalityError, DataError) as (_, store):
        for line in undo_by_name(store, load_municipalities(), by, group):
            console.print(line, markup=False, highlight=False, soft_wrap=True)


@review.command()
def decided(
    municipality: Annotated[str | None, typer.Option(help="One municipality; all if left out.")] = None,
    *,
    rest: Annotated[bool, typer.Option("--rest", help="What means several things or something new instead.")] = False,
) -> None:
    """Print what is decided, one JSON object a line: text, intent and set (train or held_out), for `hjemad teach`."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.misread import ReviewError
    from bot.upkeep.review_reading import what_is_decided
    from bot.upkeep.review_report import taught_lines

    with opened(ReviewError, MunicipalityError) as (_, store):
        for line in taught_lines(what_is_decided(store, load_municipalities(), municipality, rest=rest), rest=rest):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
