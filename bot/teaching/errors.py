"""What keeps something decided from becoming data."""


class TeachingError(Exception):
    """Nothing, or not all, was written; each line of the message says what is in the way and how to mend it."""
