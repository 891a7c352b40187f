"""Writes what is decided in a municipality into the data that the robot learns from, for a human to commit."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.casework.free_times import danish_day
from bot.casework.orders import OrderState, Outcome
from bot.municipality.towns import load_municipalities
from bot.settings import ROOT
from bot.teaching.changes import diff
from bot.teaching.decided import Decided, read_decided
from bot.teaching.errors import TeachingError
from bot.teaching.nearness import near
from bot.teaching.teach import teach
from bot.upkeep.misread import learns_in
from bot.upkeep.opened import opened
from bot.upkeep.review_reading import what_is_decided
from bot.upkeep.review_report import taught_lines
from bot.upkeep.workshop.job import Job, Tell

LEARNS_NO_MORE = "Jeres kommune lærer ikke af samtaler længere."
FAULTY = "Noget af det kan ikke skrives ind. Intet er skrevet."


def carry_out(job: Job, tell: Tell) -> Outcome:
    """As `hjemad review decided --municipality … | hjemad teach - --anyway`; what is nearly known already is told.

    Nobody's words are among the lines that are told: what is shown of them goes when one of them is erased.
    """
    tell("Teaching")
    if not learns_in(load_municipalities(), job.municipality):
        return Outcome(OrderState.REFUSED, [LEARNS_NO_MORE])
    try:
        taught = teach(
            _decided(job.municipality), ROOT, danish_day(datetime.now(UTC)), near, anyway=True, dry_run=False
        )
    except TeachingError as error:
        return Outcome(OrderState.REFUSED, [FAULTY], {"faults": str(error).splitlines()})
    shown = {
        "diffs": [diff(change, ROOT, around=0) for change in taught.changes],
        "near": list(taught.near),
        "known": len(taught.skipped),
    }
    return Outcome(OrderState.DONE, shown=shown)


def _decided(municipality: str) -> Sequence[Decided]:
    # By that it is noted as given out, so that whoever undoes it later hears where it went.
    with opened() as (_, store):
        lines = list(taught_lines(what_is_decided(store, load_municipalities(), municipality), rest=False))
    return read_decided("\n".join(map(json.dumps, lines)).encode())
