"""Which dialogue servers there are, as they say themselves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.server_tables import dialogue_servers as servers

SAYS_SO_EVERY = timedelta(seconds=3)
SILENT_AFTER = timedelta(seconds=12)
"""A server that has said nothing for so long is not asked: it was killed, or hangs."""
FORGOTTEN_AFTER = timedelta(days=1)


class DialogueServerRows:
    """The servers, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def serves(self, address: str, model: str, now: datetime) -> None:
        """Says that the server at this address answers with this model; forgets those long gone."""
        self._connection.execute(delete(servers).where(servers.c.seen_at < now - FORGOTTEN_AFTER))
        said = {"model": model, "seen_at": now, "leaves": False}
        if not self._connection.execute(update(servers).where(servers.c.address == address).values(said)).rowcount:
            self._connection.execute(insert(servers).values(address=address, **said))

    def leaves(self, address: str) -> None:
        """Says that it is to be asked nothing more."""
        self._connection.execute(update(servers).where(servers.c.address == address).values(leaves=True))

    def forget(self, address: str) -> None:
        self._connection.execute(delete(servers).where(servers.c.address == address))

    def serving(self, now: datetime) -> Sequence[str]:
        """The addresses of those that can be asked, in an order of their own."""
        heard = servers.c.seen_at > now - SILENT_AFTER
        rows = select(servers.c.address).where(heard, ~servers.c.leaves).order_by(servers.c.address)
        return self._connection.scalars(rows).all()
