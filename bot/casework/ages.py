"""On which side of eighteen somebody is: more than that is never asked for a place to sleep, and never kept."""

from enum import StrEnum

OF_AGE = 18
"""In years."""


class AgeGroup(StrEnum):
    """In files, the key of what is said to them alone."""

    UNDER_18 = "under_18"
    ADULT = "adult"
