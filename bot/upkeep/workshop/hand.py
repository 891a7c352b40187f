"""A process that carries out one order: it may need a gigabyte, or be killed, and the workshop goes on.

The order comes by its standard input, and what it tells goes to its standard output. What libraries print there goes
to the log instead.
"""

import os
import sys
from importlib import import_module

from bot.upkeep.workshop.job import Job, Tell


def main() -> None:
    """Each kind of order has a module of its name in `deeds`, so that none loads what another one needs."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as told:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        job, tell = Job.read(sys.stdin.read()), Tell(told)
        tell.end(import_module(f"bot.upkeep.workshop.deeds.{job.kind}").carry_out(job, tell))


if __name__ == "__main__":
    main()
