"""What is raised where a statement could mix municipalities."""


class ApartError(Exception):
    """A statement that cannot be about one municipality alone. Tells its shape, and never a value in it."""

    def __init__(self, shape: str, why: str) -> None:
        super().__init__(f"in a transaction of one municipality: {shape} {why}")
