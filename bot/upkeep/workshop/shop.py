"""Carries out what maintainers order at the desk, one order after the other, each in a process of its own."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import IO, Any

from bot.casework.orders import SILENT_AFTER, STOPPED, Order, OrderState, Outcome
from bot.casework.rights import Right
from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from bot.store.whose import Across, Town
from bot.supervisor.part import die_with_parent
from bot.terminal import QUIET
from bot.upkeep.workshop.job import Job, outcome_from
from bot.upkeep.workshop.progress import Lines

log = logging.getLogger(__name__)

HAND = (sys.executable, "-m", "bot.upkeep.workshop.hand")
LOOK_SECONDS = 2.0
TELL_SECONDS = 1.0
LIVES_SECONDS = 5.0
"""How often it says that it works, where there is nothing new to tell."""
STOP_SECONDS = 5.0
KILLED = "Arbejdet blev afbrudt af maskinen. Måske var der ikke hukommelse nok. Prøv igen, når der er mere ro på."
BROKE = "Noget gik i stykker, så arbejdet blev ikke færdigt. Jeres drift kan se hvorfor i loggen."
NOT_ANY_MORE = "Den, der bad om det, har ikke længere lov til det."


class Workshop:
    """Carries orders out until none waits, or, with `keep_on`, until it is stopped."""

    def __init__(self, store: Store, hand: Sequence[str] = HAND) -> None:
        self._store = store
        self._hand = hand
        self._stopping = Event()

    def stop(self, *_signal: object) -> None:
        """Ends what is being done, which is told as stopped, and then the run."""
        self._stopping.set()

    def run(self, *, keep_on: bool = False) -> None:
        """Raises StoreUnreachableError where the store is not there at the beginning, or when nothing is being done."""
        while not self._stopping.is_set():
            with self._store.write(Across("a workshop works for every municipality")) as work:
                order = work.orders.take(datetime.now(UTC))
            if order:
                self._carry_out(order)
            elif keep_on:
                self._stopping.wait(LOOK_SECONDS)
            else:
                return

    def _carry_out(self, order: Order) -> None:
        log.info("order %s begins: %s", order.id, order.kind)
        outcome = self._outcome(order)
        if outcome:
            _written(self._store, order, outcome)
        log.info("order %s ended: %s", order.id, outcome.state if outcome else "given up meanwhile")

    def _outcome(self, order: Order) -> Outcome | None:
        if not self._may(order):
            return Outcome(OrderState.REFUSED, [NOT_ANY_MORE])
        try:
            return _Carried(self._store, order, self._stopping, self._hand).outcome()
        except OSError as error:
            log.error("order %s cannot be begun: %s", order.id, error)  # noqa: TRY400 - the system's words say all
            return Outcome(OrderState.FAILED, [BROKE])

    def _may(self, order: Order) -> bool:
        """Whether whoever ordered it still may: roles are taken while orders wait."""
        with self._store.read(Town(order.municipality)) as work:
            user = next((one for one in work.people.users(order.municipality) if one.id == order.by), None)
        return user is not None and user.removed_at is None and user.access.may(Right.RETRAINING)


class _Carried:
    """One order under way."""

    def __init__(self, store: Store, order: Order, stopping: Event, hand: Sequence[str]) -> None:
        self._store, self._order, self._stopping = store, order, stopping
        self._lines, self._ended = Lines(), dict[str, Any]()
        self._told: SimpleQueue[dict[str, Any]] = SimpleQueue()
        # In a session of its own: Ctrl-C reaches the workshop alone, which ends it.
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            hand,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=os.environ | QUIET,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no thread of ours holds a lock that it needs
        )

    def outcome(self) -> Outcome | None:
        """How it ended; None where it was given up meanwhile."""
        reader = Thread(target=self._read, daemon=True)
        reader.start()
        try:
            if not self._watch():
                return None
        finally:
            self._kill()
            reader.join(STOP_SECONDS)
        self._drain()
        return self._judged()

    def _judged(self) -> Outcome:
        if self._ended:
            last = outcome_from(self._ended)
            return Outcome(last.state, [*self._lines.done, *last.told], last.shown, last.page)
        if self._stopping.is_set():
            return Outcome(OrderState.FAILED, [*self._lines.now, STOPPED])
        killed = self._process.returncode == -signal.SIGKILL
        return Outcome(OrderState.FAILED, [*self._lines.now, KILLED if killed else BROKE])

    def _watch(self) -> bool:
        """Tells how far it is until it ends, or is to end; False when the order was given up meanwhile."""
        said, said_at = None, float("-inf")
        while self._process.poll() is None and not self._stopping.is_set():
            self._drain()
            now, lines = time.monotonic(), self._lines.now
            if now - said_at >= (TELL_SECONDS if lines != said else LIVES_SECONDS):
                said, said_at = lines, now
                if not self._works(lines):
                    return False
            self._stopping.wait(TELL_SECONDS / 10)
        return True

    def _works(self, lines: Sequence[str]) -> bool:
        try:
            with self._store.write(Town(self._order.municipality)) as work:
                return work.orders.works(self._order.id, lines, datetime.now(UTC))
        except StoreUnreachableError as error:
            log.warning("order %s goes on, though nothing can be told of it: %s", self._order.id, error)
            return True

    def _read(self) -> None:
        """Gives the order and takes all that is told, in a thread: neither side waits for the other's pipe."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        with suppress(BrokenPipeError), stdin:
            stdin.write(Job.of(self._order).written)
        self._take_all(stdout)

    def _take_all(self, stdout: IO[str]) -> None:
        for line in stdout:
            try:
                self._told.put(json.loads(line))
            except ValueError:
                log.warning("order %s: a line that is none of ours", self._order.id)

    def _drain(self) -> None:
        with suppress(Empty):
            while True:
                told = self._told.get_nowait()
                self._ended = told.get("end", self._ended)
                self._lines.take(told)

    def _kill(self) -> None:
        """Ends it and whatever it started; one that has ended by itself is only cleared up after."""
        if self._process.poll() is None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _written(store: Store, order: Order, outcome: Outcome) -> None:
    """Tells how it ended, for as long as anybody waits for that: what was done must not be told as failed."""
    until = time.monotonic() + SILENT_AFTER.total_seconds()
    while time.monotonic() < until:
        try:
            with store.write(Town(order.municipality)) as work:
                work.orders.end(order.id, outcome, datetime.now(UTC))
        except StoreUnreachableError as error:
            log.warning("how order %s ended cannot be told yet: %s", order.id, error)
            time.sleep(LOOK_SECONDS)
        else:
            return
