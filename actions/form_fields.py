"""Fields the chat page shows below a question; what is written in them is kept apart from the conversation."""

from typing import Any

Field = dict[str, Any]

PHONE: Field = {"name": "phone", "label": "Telefonnummer", "required": True}
FIRST_NAME: Field = {"name": "first_name", "label": "Fornavn (hvis du vil)", "required": False}
MEETING_PLACE: Field = {"name": "meeting_place", "label": "Hvor vil du mødes?", "required": True}

# A helper's own talk: nothing of the young person is asked for.
OWN_PHONE = PHONE | {"label": "Dit eget telefonnummer"}
OWN_FIRST_NAME = FIRST_NAME | {"label": "Dit eget fornavn (hvis du vil)"}


def form(*fields: Field) -> dict[str, Any]:
    """The custom part of a message that asks by fields."""
    return {"kind": "form", "fields": list(fields)}
