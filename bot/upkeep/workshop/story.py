"""Holds what a maintainer wrote as a story or a rule against the data, and puts it there."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bot.casework.orders import OrderState, Outcome
from bot.municipality.towns import load_municipalities
from bot.settings import ROOT
from bot.store.store import Store
from bot.store.whose import Town
from bot.teaching.changes import diff
from bot.teaching.errors import TeachingError
from bot.teaching.telling import FindContradictions, add_file
from bot.training.contradictions import contradictions
from bot.upkeep.misread import learns_in
from bot.upkeep.opened import opened
from bot.upkeep.workshop.job import Job
from bot.upkeep.workshop.story_words import TEXT, in_danish

GONE = "Samtalen er her ikke mere, eller robotten må ikke lære af den mere. Intet er skrevet."


def carry_out(job: Job, *, dry_run: bool) -> Outcome:
    """As `hjemad story add` of the text `given["text"]`, where its conversation may still be learnt from."""
    with opened() as (_, store):
        if not _may_be_learnt_from(store, job):
            return Outcome(OrderState.REFUSED, [GONE])
    return told(job.given["text"], ROOT, contradictions, dry_run=dry_run)


def told(text: str, root: Path, find: FindContradictions, *, dry_run: bool) -> Outcome:
    """What is wrong with a text, or what changes in the checkout `root` by it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "text.yml"
        file.write_text(text, encoding="utf-8")
        try:
            added = add_file(file, root, find, None, dry_run=dry_run)
        except TeachingError as error:
            faults = str(error).replace(str(file), TEXT).replace(f"{root}/", "")
            return Outcome(OrderState.REFUSED, in_danish(faults.splitlines()))
    known = [line.replace(f"{root}/", "") for line in added.skipped]
    return Outcome(OrderState.DONE, in_danish(known), {"diffs": [diff(one, root) for one in added.changes]})


def _may_be_learnt_from(store: Store, job: Job) -> bool:
    if not learns_in(load_municipalities(), job.municipality):
        return False
    with store.read(Town(job.municipality)) as work:
        return job.conversation in work.found.conversations(job.municipality)
