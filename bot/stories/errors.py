"""What keeps a conversation from becoming a story."""


class StoryError(Exception):
    """There is no story in what was given; the message says why."""
