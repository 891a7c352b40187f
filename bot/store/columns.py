"""Columns that many tables have."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, String, TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite forgets time zones, so they are given back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def municipality_column() -> Column[Any]:
    """Whose row it is."""
    return Column("municipality", String(64), ForeignKey("municipalities.slug"), nullable=False, index=True)


def conversation_column(*, primary_key: bool = False, index: bool | None = None) -> Column[Any]:
    """The conversation that the row goes with."""
    return Column(
        "conversation",
        String(36),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=index,
    )
