"""A caseworker's report of concern for somebody under 18 (*underretning*), made in the municipality's own channel."""

from dataclasses import dataclass
from datetime import datetime

REPORT = "report"
"""The action of the audit log by which one was noted."""


class NotConfirmedError(Exception):
    """It was not confirmed that one is being made."""


class ReportNotAllowedError(Exception):
    """Whoever may read nothing in a conversation reports nothing out of it."""


@dataclass(frozen=True)
class Report:
    """That one was noted: by whom, and when."""

    by_name: str
    at: datetime
