"""The names of meanings by which more than one room tells something."""

CRISIS = "crisis_"
"""How those begin that are danger."""
OUT_OF_SCOPE = "chat_out_of_scope"
"""What a message about something else than ours is rightly read as."""
