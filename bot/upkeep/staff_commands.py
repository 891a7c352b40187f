"""The commands by which an installation comes to serve a municipality, and somebody to work at its desk or no more."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.terminal import console, told_plainly
from bot.upkeep.opened import opened

staff = typer.Typer()

ROLE_HELP = "caseworker, boligagent, lead, maintainer or administrator."
AGENT_HELP = "Which boligagent somebody with that role is, by name, or by number where two share it."
TITLE_HELP = "What young people are told that the reader is: boligagent or ungerådgiver."


@staff.command()
def add_municipality(
    town: Annotated[str, typer.Argument(help="Its file, or the name of its file in HJEMAD_TOWNS without .yml.")],
) -> None:
    """Serve a municipality, with the boligagenter of its file, from the next start of what runs."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.staff import NotAddedError
    from bot.upkeep.staff import add_municipality as add
    from bot.upkeep.town_files import brought_in

    with opened(MunicipalityError, NotAddedError) as (settings, store):
        slug = brought_in(town, settings.towns, production=settings.production)
        agents = add(store, load_municipalities(), slug, production=settings.production)
        console.print(f"{slug} is served, with {agents} boligagenter", highlight=False)
        console.print("What runs takes it up at its next start.")


@staff.command()
def check_municipality(
    files: Annotated[list[Path], typer.Argument(help="Files of municipalities, or folders of them.")],
) -> None:
    """Read the files of municipalities and tell all that is wrong in each; changes nothing."""
    from bot.municipality.towns import MunicipalityError
    from bot.upkeep.town_files import checked

    with told_plainly(MunicipalityError):
        for line in checked(files):
            console.print(line, markup=False, highlight=False, soft_wrap=True)


@staff.command()
def municipalities() -> None:
    """List the municipalities of HJEMAD_TOWNS, and which of them are served."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.town_files import listed

    with opened(MunicipalityError) as (_, store):
        for line in listed(store, load_municipalities()):
            console.print(line, markup=False, highlight=False, soft_wrap=True)


@staff.command()
def add_user(
    municipality: Annotated[str, typer.Argument(help="The municipality whose desk it is.")],
    name: Annotated[str, typer.Argument(help="What is typed at the sign-in, such as an e-mail address.")],
    shown_name: Annotated[str, typer.Option(help="What young people read beside the messages.")],
    role: Annotated[list[str], typer.Option(help=f"{ROLE_HELP} Give it again for each.")] = ["caseworker"],  # noqa: B006
    agent: Annotated[str, typer.Option(help=AGENT_HELP)] = "",
    title: Annotated[str, typer.Option(help=TITLE_HELP)] = "",
) -> None:
    """Let somebody sign in at the desk. The password is asked for, or read as one line of the standard input."""
    from bot.upkeep.roles import RolesError, Wanted
    from bot.upkeep.staff import NewUser, NotAddedError, check_user
    from bot.upkeep.staff import add_user as add

    new = NewUser(municipality, name, shown_name, Wanted(role, agent, title))
    with opened(NotAddedError, RolesError) as (_, store):
        check_user(store, new)
        add(store, new, _password())
        console.print(f"{name} can sign in at the desk of {municipality}", markup=False, highlight=False)


@staff.command()
def set_roles(
    name: Annotated[str, typer.Argument(help="What is typed at the sign-in.")],
    roles: Annotated[list[str], typer.Argument(help=f"All that they are from now on. {ROLE_HELP}")],
    agent: Annotated[str, typer.Option(help=AGENT_HELP)] = "",
    title: Annotated[str, typer.Option(help=TITLE_HELP)] = "",
) -> None:
    """Say what somebody may do at the desk: these roles and no others, at once, also if they are signed in."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.roles import RolesError, Wanted
    from bot.upkeep.roles import set_roles as give

    with opened(MunicipalityError, RolesError) as (_, store):
        given = give(store, load_municipalities(), name, Wanted(roles, agent, title))
        console.print(f"{name} is from now on: {', '.join(sorted(given))}", markup=False, highlight=False)


@staff.command()
def set_team(
    name: Annotated[str, typer.Argument(help="What is typed at the sign-in.")],
    team: Annotated[str, typer.Argument(help="A team of the municipality's file; none if left out.")] = "",
) -> None:
    """Say which team somebody is in: conversations given to it are shown to them first."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.teams import TeamsError
    from bot.upkeep.teams import set_team as put

    with opened(MunicipalityError, TeamsError) as (_, store):
        put(store, load_municipalities(), name, team)
        console.print(f"{name} is in {f'the team {team}' if team else 'no team'}", markup=False, highlight=False)


@staff.command()
def users(
    municipality: Annotated[str | None, typer.Argument(help="Whose desk; all of them if left out.")] = None,
) -> None:
    """List who works at the desk, with their roles."""
    from bot.upkeep.roles import RolesError
    from bot.upkeep.roles import users as listed

    with opened(RolesError) as (_, store):
        for line in listed(store, municipality):
            console.print(line, markup=False, highlight=False, soft_wrap=True)


@staff.command()
def reset_second_factor(name: Annotated[str, typer.Argument(help="What is typed at the sign-in.")]) -> None:
    """Let somebody who has lost phone and codes set up a second factor anew when they sign in the next time."""
    from bot.upkeep.staff import NotResetError
    from bot.upkeep.staff import reset_second_factor as reset

    with opened(NotResetError) as (_, store):
        reset(store, name)
        console.print(f"{name} sets up a second factor at the next sign-in", markup=False, highlight=False)


@staff.command()
def remove_user(name: Annotated[str, typer.Argument(help="What is typed at the sign-in.")]) -> None:
    """Take somebody's access to the desk at once. What they held goes back to the queue; what they did stays noted."""
    from bot.municipality.towns import MunicipalityError, load_municipalities
    from bot.upkeep.staff import NotRemovedError
    from bot.upkeep.staff import remove_user as remove

    with opened(MunicipalityError, NotRemovedError) as (_, store):
        remove(store, load_municipalities(), name)
        console.print(
            f"{name} is signed out and can no longer sign in; whoever wrote with them is in the queue",
            markup=False,
            highlight=False,
        )


def _password() -> str:
    """Never an argument: those stand in the shell's history and in the list of processes."""
    if sys.stdin.isatty():
        asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")
