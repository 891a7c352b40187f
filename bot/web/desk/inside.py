"""Where a sign-in may lead to."""

from bot.web.desk.guard import SIGN_IN

HOME = "/desk/"
# What browsers read as a step up, or as a slash.
WAYS_OUT = ("..", "%2e", "\\")


def inside(path: str) -> str:
    """The path when it leads into the desk and to no other site, else the first page."""
    way_out = any(part in path.lower() for part in WAYS_OUT)
    return path if path.startswith(HOME) and not way_out and not path.startswith(SIGN_IN) else HOME
