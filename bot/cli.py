"""The command `hjemad`."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console

from bot.settings import Settings, SettingsError, load_settings

app = typer.Typer(
    help="Hjemad: a Danish chat assistant for young people without a home.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
console = Console()
errors = Console(stderr=True)

DEMO = "eksempel"


@contextmanager
def _told_plainly(*expected: type[Exception]) -> Iterator[None]:
    """Turns what a person can mend into one line and exit code 1; all else keeps its traceback."""
    try:
        yield
    except (SettingsError, *expected) as error:
        errors.print(f"[red]{type(error).__name__}[/red]: {error}", highlight=False)
        raise typer.Exit(1) from error


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="The port of the web process.")] = None,
    workers: Annotated[int | None, typer.Option(help="How many web processes share it.")] = None,
) -> None:
    """Serve everything: migrate the store, see to a model, start actions, dialogue and web."""
    from bot.store.database import StoreUnreachableError
    from bot.store.migrate import MigrationError
    from bot.supervisor.part import PartFailedError
    from bot.supervisor.supervisor import PortTakenError, Supervisor, check_port, parts

    with _told_plainly(StoreUnreachableError, MigrationError, PartFailedError, PortTakenError):
        settings, environment = _settings_to_run(port, workers)
        check_port(settings.host, settings.port, "HJEMAD_PORT or --port")
        greeting = f"Hjemad is at {settings.address}\n{_prepare_store(settings)}"
        _prepare_model()
        supervisor = Supervisor(
            parts(settings, settings.workers),
            environment,
            lambda line: console.print(line, markup=False, highlight=False),
        )
        asyncio.run(supervisor.run(greeting))


@app.command()
def web(
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(help="How many processes share the port.")] = None,
) -> None:
    """Serve the web process alone."""
    if port is not None:
        os.environ["HJEMAD_PORT"] = str(port)
    with _told_plainly():
        settings = load_settings()
        from bot.web.serve import serve

        serve(settings, workers or settings.workers)


@app.command()
def dialogue() -> None:
    """Serve the dialogue server (Rasa) alone, on loopback, with the model in service."""
    from bot.dialogue.launch import DialogueError, serve
    from bot.training.registry import ModelError, in_service

    with _told_plainly(DialogueError, ModelError):
        settings = load_settings()
        serve(settings, in_service(settings.models))


@app.command()
def actions() -> None:
    """Serve the custom actions alone, on loopback."""
    from actions.serve import serve

    with _told_plainly():
        serve(load_settings())


@app.command()
def benchmark() -> None:
    """Measure message to reply with 1 and with 10 people, and the memory of each process."""
    from bot.benchmark.product import ProductError
    from bot.benchmark.report import measure

    with _told_plainly(ProductError):
        measure(console)


@app.command("seed-demo")
def seed_demo_command() -> None:
    """Add the invented municipality with its boligagent, free times and the desk user "demo"."""
    from bot.store.database import StoreUnreachableError
    from bot.store.migrate import MigrationError

    with _told_plainly(StoreUnreachableError, MigrationError):
        console.print(_seed(load_settings()), markup=False)


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
    return settings, {f"HJEMAD_{name.upper()}": str(value) for name, value in changes.items()}


def _prepare_store(settings: Settings) -> str:
    from bot.municipality.demo import DEMO_USER
    from bot.store.store import Store

    store = Store(settings.store_url, settings.key())
    store.migrate()
    with store.read() as work:
        empty, demo = not work.people.municipalities(), work.people.user(DEMO_USER) is not None
    store.close()
    return _seed(settings) if (empty or demo) and not settings.production else ""


def _seed(settings: Settings) -> str:
    from bot.municipality.demo import seed_demo
    from bot.municipality.towns import load_municipalities
    from bot.store.store import Store

    store = Store(settings.store_url, settings.key())
    store.migrate()
    sign_in = seed_demo(store, load_municipalities()[DEMO], settings.demo_password.get_secret_value())
    store.close()
    return f"Demo desk: {settings.address}/desk/ - user {sign_in.user}, password {sign_in.password}"


def _prepare_model() -> None:
    # In a process of its own: training needs half a gigabyte that serving does not.
    subprocess.run([sys.executable, "-m", "bot.cli", "train", "--if-needed"], check=True)


if __name__ == "__main__":
    app()
