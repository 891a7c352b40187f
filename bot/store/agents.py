"""Boligagenter and their hours in the store."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.casework.feeds import Feed, Shows
from bot.casework.free_times import Agent, Opening
from bot.store.tables import agent_days, agents, openings
from bot.store.vault import Vault


class AgentRows:
    """The `Agents` of casework, over one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def of(self, municipality: str, since: date) -> Sequence[Agent]:
        """All who work for a municipality, with their exceptions from that date on."""
        weekly, days = self._weekly(municipality), self._days(municipality, since)
        people = self._connection.execute(
            select(agents.c.id, agents.c.name, agents.c.talks_a_day)
            .where(agents.c.municipality == municipality, agents.c.left_at.is_(None))
            .order_by(agents.c.id)
        )
        return [
            Agent(number, municipality, name, tuple(weekly[number]), days[number], most)
            for number, name, most in people
        ]

    def add(self, municipality: str, name: str, hours: Sequence[Opening], talks_a_day: int | None = None) -> int:
        """The new agent's number."""
        row = self._connection.execute(
            insert(agents).values(municipality=municipality, name=name, talks_a_day=talks_a_day).returning(agents.c.id)
        )
        number: int = row.scalar_one()
        self._write_weekly(municipality, number, hours)
        return number

    def names(self, municipality: str, *, working: bool = False) -> Mapping[int, str]:
        """Of all who work there or have, by their number; or only of those who work there now."""
        statement = select(agents.c.id, agents.c.name).where(agents.c.municipality == municipality)
        rows = self._connection.execute(statement.where(agents.c.left_at.is_(None)) if working else statement)
        return {row.id: row.name for row in rows}

    def leave(self, agent: Agent, now: datetime) -> None:
        """Works there no more: no time is offered, and the calendar is closed. What was booked keeps the name."""
        gone = {"left_at": now, "feed_digest": None, "feed_shows": None}
        self._connection.execute(update(agents).where(agents.c.id == agent.id).values(gone))

    def set_week(self, agent: Agent, hours: Sequence[Opening], talks_a_day: int | None) -> None:
        """The weekly hours and the limit from now on."""
        self._connection.execute(update(agents).where(agents.c.id == agent.id).values(talks_a_day=talks_a_day))
        self._connection.execute(delete(openings).where(openings.c.agent == agent.id))
        self._write_weekly(agent.municipality, agent.id, hours)

    def set_day(self, agent: Agent, day: date, hours: Sequence[Opening] | None) -> None:
        """The hours of one date instead of the week's: none of them is away, None is as every week again."""
        self._connection.execute(delete(agent_days).where(agent_days.c.agent == agent.id, agent_days.c.day == day))
        if hours is None:
            return
        stretches: list[tuple[object, object]] = [(hour.start, hour.end) for hour in hours] or [(None, None)]
        self._connection.execute(
            insert(agent_days),
            [
                {"agent": agent.id, "municipality": agent.municipality, "day": day, "starts": starts, "ends": ends}
                for starts, ends in stretches
            ],
        )

    def set_feed(self, agent: Agent, secret: str | None, shows: Shows = Shows.TIME) -> None:
        """The one secret by which the agent's calendar is read from now on; None closes it."""
        digest = self._vault.digest(secret) if secret else None
        values = {"feed_digest": digest, "feed_shows": shows if secret else None}
        self._connection.execute(update(agents).where(agents.c.id == agent.id).values(values))

    def feeds(self, municipality: str) -> Mapping[int, Shows]:
        """The agents whose calendar can be read from outside, and what it shows."""
        rows = self._connection.execute(
            select(agents.c.id, agents.c.feed_shows).where(
                agents.c.municipality == municipality, agents.c.feed_digest.is_not(None)
            )
        )
        return {number: Shows(shows) for number, shows in rows}

    def feed(self, secret: str) -> Feed | None:
        """The calendar that is read by this secret."""
        row = self._connection.execute(
            select(agents.c.id, agents.c.municipality, agents.c.feed_shows).where(
                agents.c.feed_digest == self._vault.digest(secret)
            )
        ).first()
        return Feed(row.id, row.municipality, Shows(row.feed_shows)) if row else None

    def lock(self, municipality: str) -> None:
        """Makes others who book here wait. On SQLite a writing transaction is the only one anyway."""
        self._connection.execute(
            select(agents.c.id).where(agents.c.municipality == municipality).order_by(agents.c.id).with_for_update()
        )

    def _weekly(self, municipality: str) -> Mapping[int, list[Opening]]:
        rows = self._connection.execute(
            select(openings.c.agent, openings.c.weekday, openings.c.starts, openings.c.ends)
            .where(openings.c.municipality == municipality)
            .order_by(openings.c.weekday, openings.c.starts)
        )
        found: defaultdict[int, list[Opening]] = defaultdict(list)
        for agent, weekday, starts, ends in rows:
            found[agent].append(Opening(weekday, starts, ends))
        return found

    def _days(self, municipality: str, since: date) -> Mapping[int, dict[date, tuple[Opening, ...]]]:
        rows = self._connection.execute(
            select(agent_days.c.agent, agent_days.c.day, agent_days.c.starts, agent_days.c.ends)
            .where(agent_days.c.municipality == municipality, agent_days.c.day >= since)
            .order_by(agent_days.c.day, agent_days.c.starts)
        )
        found: defaultdict[int, dict[date, tuple[Opening, ...]]] = defaultdict(dict)
        for agent, day, starts, ends in rows:
            stretch = (Opening(day.weekday(), starts, ends),) if starts else ()
            found[agent][day] = found[agent].get(day, ()) + stretch
        return found

    def _write_weekly(self, municipality: str, agent: int, hours: Iterable[Opening]) -> None:
        rows = [
            {"agent": agent, "municipality": municipality, "weekday": hour.weekday}
            | {"starts": hour.start, "ends": hour.end}
            for hour in hours
        ]
        if rows:
            self._connection.execute(insert(openings), rows)
