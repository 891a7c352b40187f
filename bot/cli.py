"""The command `hjemad`."""

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from bot.benchmark.commands import benchmarks
from bot.logs import set_up
from bot.settings import Settings, SettingsError, load_settings
from bot.teaching.commands import teaching
from bot.terminal import QUIET, console, told_plainly
from bot.training.commands import archive_of, learning
from bot.upkeep.commands import upkeep
from bot.upkeep.copy_commands import copies
from bot.upkeep.model_commands import serving
from bot.upkeep.review_commands import review
from bot.upkeep.staff_commands import staff

app = typer.Typer(
    help="Hjemad: a Danish chat assistant for young people without a home.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(benchmarks)
app.add_typer(learning)
app.add_typer(serving)
app.add_typer(teaching)
app.add_typer(upkeep)
app.add_typer(copies)
app.add_typer(staff)
app.add_typer(review, name="review")

DEMO = "eksempel"

log = logging.getLogger(__name__)


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="The port of the web process.")] = None,
    workers: Annotated[int | None, typer.Option(help="How many web processes share it.")] = None,
) -> None:
    """Serve everything: migrate the store, see to a model, start actions, dialogue and web."""
    from bot.municipality.demo import DemoInProductionError
    from bot.store.database import StoreUnreachableError
    from bot.store.migrate import MigrationError
    from bot.store.store import Store
    from bot.supervisor.errands import Errands
    from bot.supervisor.part import PartFailedError
    from bot.supervisor.succession import Succession
    from bot.supervisor.supervisor import PortTakenError, Supervisor, check_port, parts

    with told_plainly(StoreUnreachableError, MigrationError, PartFailedError, PortTakenError, DemoInProductionError):
        settings, environment = _settings_to_run(port, workers)
        check_port(settings.host, settings.port, "HJEMAD_PORT or --port")
        greeting = f"Hjemad is at {settings.address}\n{_prepare_store(settings)}"
        _prepare_model()
        succession = Succession(settings.models, settings.dialogue_host)
        supervisor = Supervisor(
            parts(settings, settings.workers, succession.model),
            environment,
            _saying(settings),
            succession,
            Errands(Store(settings.store_url, settings.key())) if settings.workshop else None,
        )
        asyncio.run(supervisor.run(greeting))


def _saying(settings: Settings) -> Callable[[str], None]:
    """Where what the supervisor tells goes, and what its parts do."""
    if settings.log_format == "plain":
        return lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True)
    set_up("run", settings.log_format, logging.INFO)
    return lambda line: print(line, flush=True) if line.startswith("{") else log.info(line)  # noqa: T201


@app.command()
def web(
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="How many processes share the port.")] = None,
) -> None:
    """Serve the web process alone."""
    _reckon_in_one_thread()
    if port is not None:
        os.environ["HJEMAD_PORT"] = str(port)
    if workers is not None:
        # Each of them must know that there are others.
        os.environ["HJEMAD_WORKERS"] = str(workers)
    from bot.municipality.demo import DemoInProductionError

    with told_plainly(DemoInProductionError):
        settings = load_settings()
        from bot.web.serve import serve

        serve(settings, settings.workers)


def _reckon_in_one_thread() -> None:
    """To be called before numpy is imported. Messages are read side by side; threads that share one would only wait."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")


@app.command()
def dialogue(
    model: Annotated[str | None, typer.Option(help="A model; the one in service if left out.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
) -> None:
    """Serve the dialogue server (Rasa) alone."""
    _reckon_in_one_thread()
    if port is not None:
        os.environ["HJEMAD_DIALOGUE_PORT"] = str(port)
    from bot.dialogue.left_out import leave_out

    leave_out()
    from bot.dialogue.launch import DialogueError, serve
    from bot.training.models.errors import ModelError

    with told_plainly(DialogueError, ModelError):
        serve(load_settings(), archive_of(model))


@app.command()
def actions() -> None:
    """Serve the custom actions alone."""
    from actions.serve import serve

    with told_plainly():
        serve(load_settings())


@app.command()
def parse(model: Annotated[str | None, typer.Option(help="A model; the one in service if left out.")] = None) -> None:
    """Print what is understood of each line of the standard input, as one JSON object a line."""
    from bot.language.e5.tuning import TuningError
    from bot.safety.classifier import ClassifierError
    from bot.safety.screen import trained_screen
    from bot.training.models.errors import ModelError
    from bot.training.parse import parse_lines

    with told_plainly(ModelError, ClassifierError, TuningError):
        if model is None:
            _prepare_model()
        screen = trained_screen(load_settings().models)
        for understood in parse_lines(sys.stdin, archive_of(model), screen):
            sys.stdout.write(json.dumps(understood, ensure_ascii=False) + "\n")


@app.command()
def facts(
    number: Annotated[str | None, typer.Argument(help="A fact to show whole; all that are due if left out.")] = None,
    *,
    due_by: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Also what is due by this day.")] = None,
    checked: Annotated[list[str] | None, typer.Option(help="Record that a human checked it; repeatable.")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the check; today.")] = None,
    answers: Annotated[bool, typer.Option("--answers", help="Hold every answer against its facts instead.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when people are told what is overdue.")] = False,
) -> None:
    """List the facts a human must check on the living page, what rests on them, and the places for tonight."""
    from bot.knowledge.facts import SHIPPED_FACTS, FactError
    from bot.knowledge.recording import record_check
    from bot.knowledge.report import answers_hold, show_due, show_fact
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.places_due import show_places_due

    today = _today()
    if (on and not checked) or (number and checked):
        raise typer.BadParameter("--on goes with --checked, and --checked A05 takes the place of a number alone")
    with told_plainly(FactError, MunicipalityError):
        if checked:
            day = on.date() if on else today
            record_check(SHIPPED_FACTS, checked, day, today)
            console.print(f"{', '.join(checked)}: checked on {day}")
        elif answers:
            if not answers_hold(console):
                raise typer.Exit(1)
        elif number:
            show_fact(console, number)
        else:
            # What is due today is good today.
            by = due_by.date() if due_by else today - timedelta(days=1)
            overdue = [show_due(console, by), show_places_due(console, load_municipalities().values(), by)]
            if strict and any(overdue):
                raise typer.Exit(1)


@app.command("migrate")
def migrate_command() -> None:
    """Bring the store to the schema of this version. Every process does so at its start; this does nothing else."""
    from bot.store.database import StoreUnreachableError
    from bot.store.migrate import MigrationError
    from bot.store.store import Store

    with told_plainly(StoreUnreachableError, MigrationError):
        settings = load_settings()
        store = Store(settings.store_url, settings.key())
        store.migrate()
        store.close()
        console.print("The store has the schema of this version.")


@app.command("seed-demo")
def seed_demo_command() -> None:
    """Add the invented municipality with its boligagent, free times and the desk user "demo"."""
    from bot.store.database import StoreUnreachableError
    from bot.store.migrate import MigrationError

    with told_plainly(StoreUnreachableError, MigrationError):
        console.print(_seed(load_settings()), markup=False)


def _today() -> date:
    from bot.casework.free_times import DANISH_TIME

    return datetime.now(DANISH_TIME).date()


def _settings_to_run(port: int | None, workers: int | None) -> tuple[Settings, dict[str, str]]:
    """The settings of this run, and the environment by which the three processes get the same."""
    from bot.supervisor.supervisor import free_port

    given = load_settings()
    changes: dict[str, int] = {}
    if port is not None:
        changes["port"] = port
    if workers is not None:
        changes["workers"] = workers
    for name in ("dialogue_port", "actions_port"):
        if name not in given.model_fields_set:
            # Two installations on one machine must not meet on loopback.
            changes[name] = free_port()
    settings = given.model_copy(update=changes)
    return settings, QUIET | {f"HJEMAD_{name.upper()}": str(value) for name, value in changes.items()}


def _prepare_store(settings: Settings) -> str:
    from bot.municipality.demo import DEMO_USER, refuse_demo
    from bot.store.store import Store
    from bot.store.whose import Across

    store = Store(settings.store_url, settings.key())
    store.migrate()
    if settings.production:
        refuse_demo(store)
    with store.read(Across("whether there is any municipality in the store")) as work:
        empty, demo = not work.people.municipalities(), work.people.user(DEMO_USER) is not None
    store.close()
    return _seed(settings) if (empty or demo) and not settings.production else ""


def _seed(settings: Settings) -> str:
    from bot.municipality.demo import seed_demo
    from bot.municipality.towns import load_municipalities
    from bot.store.store import Store

    if settings.production:
        raise SettingsError("HJEMAD_PRODUCTION is set, and the demo is not for production.")
    store = Store(settings.store_url, settings.key())
    store.migrate()
    sign_in = seed_demo(store, load_municipalities()[DEMO], settings.demo_password.get_secret_value())
    store.close()
    return f"Demo desk: {settings.address}/desk/ - user {sign_in.user}, password {sign_in.password}"


def _prepare_model() -> None:
    # In a process of its own: training needs half a gigabyte that serving does not.
    command = [sys.executable, "-m", "bot.cli", "train", "--if-needed"]
    done = subprocess.run(  # noqa: S603 - our own command
        command, stdout=sys.stderr, env=os.environ | QUIET, check=False
    )
    if done.returncode:
        raise typer.Exit(done.returncode)


if __name__ == "__main__":
    app()
