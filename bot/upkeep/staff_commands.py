"""The commands by which an installation comes to serve a municipality, and somebody to work at its desk."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import load_settings
from bot.terminal import console, told_plainly

if TYPE_CHECKING:
    from bot.store.store import Store

staff = typer.Typer()


@staff.command()
def add_municipality(
    slug: Annotated[str, typer.Argument(help="The name of its file in bot/municipality/towns.")],
) -> None:
    """Serve a municipality from now on, with the boligagenter of its file."""
    from bot.municipality.towns import load_municipalities
    from bot.upkeep.staff import add_municipality as add

    with _opened() as store:
        agents = add(store, load_municipalities(), slug, production=load_settings().production)
        console.print(f"{slug} is served, with {agents} boligagenter", highlight=False)


@staff.command()
def add_user(
    municipality: Annotated[str, typer.Argument(help="The municipality whose desk it is.")],
    name: Annotated[str, typer.Argument(help="What is typed at the sign-in, such as an e-mail address.")],
    shown_name: Annotated[str, typer.Option(help="What young people read beside the messages.")],
    role: Annotated[str, typer.Option(help="What young people are told that the reader is.")] = "boligagent",
) -> None:
    """Let somebody sign in at the desk. The password is asked for, or read as one line of the standard input."""
    from bot.upkeep.staff import NewUser, check_user
    from bot.upkeep.staff import add_user as add

    new = NewUser(municipality, name, shown_name, role)
    with _opened() as store:
        check_user(store, new)
        add(store, new, _password())
        console.print(f"{name} can sign in at the desk of {municipality}", markup=False, highlight=False)


@contextmanager
def _opened() -> Iterator["Store"]:
    """The migrated store; what somebody can mend is told in a line."""
    from bot.municipality.towns import MunicipalityError
    from bot.store.database import StoreUnreachableError
    from bot.store.migrate import MigrationError
    from bot.store.store import Store
    from bot.upkeep.staff import NotAddedError

    with told_plainly(StoreUnreachableError, MigrationError, MunicipalityError, NotAddedError):
        settings = load_settings()
        store = Store(settings.store_url, settings.key())
        store.migrate()
        try:
            yield store
        finally:
            store.close()


def _password() -> str:
    """Never an argument: those stand in the shell's history and in the list of processes."""
    if sys.stdin.isatty():
        asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")
