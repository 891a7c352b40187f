"""Which dialogue servers there are, as they say themselves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, not_, or_, select, update

from bot.store.server_tables import dialogue_servers as servers

LOOPBACK = "http://127."
SAYS_SO_EVERY = timedelta(seconds=3)
SILENT_AFTER = timedelta(seconds=12)
"""A server that has said nothing for so long was killed, or hangs."""
FORGOTTEN_AFTER = timedelta(days=1)


class DialogueServerRows:
    """The servers as one machine sees them, over one transaction: those on its loopback are its own alone."""

    def __init__(self, connection: Connection, machine: str) -> None:
        self._connection = connection
        self._machine = machine

    def serves(self, address: str, model: str, now: datetime) -> None:
        """Says that the server at this address answers with this model; forgets those long gone, on any machine."""
        self._connection.execute(delete(servers).where(servers.c.seen_at < now - FORGOTTEN_AFTER))
        said = {"model": model, "seen_at": now, "leaves": False}
        if not self._connection.execute(update(servers).where(self._own(address)).values(said)).rowcount:
            self._connection.execute(insert(servers).values(machine=self._machine, address=address, **said))

    def leaves(self, address: str) -> None:
        """Says that it is to be asked nothing more."""
        self._connection.execute(update(servers).where(self._own(address)).values(leaves=True))

    def forget(self, address: str) -> None:
        self._connection.execute(delete(servers).where(self._own(address)))

    def serving(self, now: datetime) -> Sequence[str]:
        """The addresses of those that can be asked, in an order of their own."""
        heard = servers.c.seen_at > now - SILENT_AFTER
        rows = select(servers.c.address).where(self._reached(), ~servers.c.leaves, heard)
        return self._connection.scalars(rows.order_by(servers.c.address)).all()

    def silent(self) -> Sequence[str]:
        """The addresses of all that have not said that they leave, whoever was heard last first."""
        rows = select(servers.c.address).where(self._reached(), ~servers.c.leaves)
        return self._connection.scalars(rows.order_by(servers.c.seen_at.desc(), servers.c.address)).all()

    def _reached(self) -> ColumnElement[bool]:
        return or_(servers.c.machine == self._machine, not_(servers.c.address.startswith(LOOPBACK)))

    def _own(self, address: str) -> ColumnElement[bool]:
        return and_(servers.c.machine == self._machine, servers.c.address == address)
