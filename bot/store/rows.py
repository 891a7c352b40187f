"""From rows to what casework knows, and back."""

from typing import Any

from sqlalchemy import RowMapping

from bot.casework.conversations import Button, Conversation, Danger, Holder, Kind, Message, Sender, Writer


def conversation_from(row: RowMapping) -> Conversation:
    """One row of `conversations` as casework knows it."""
    return Conversation(
        id=row["id"],
        municipality=row["municipality"],
        locale=row["locale"],
        holder=Holder(row["holder"]),
        held_by=row["held_by"],
        danger=Danger(row["danger_level"], tuple(row["danger_kinds"])),
        waiting_since=row["waiting_since"],
        asks=row["asks"],
        writer=Writer(row["writer"]) if row["writer"] else None,
        created_at=row["created_at"],
        safe_said_at=row["safe_said_at"],
        eased_at=row["eased_at"],
        kept_form=row["kept_form"],
        back_at=row["back_at"],
        team=row["team"],
    )


def message_from(row: RowMapping) -> Message:
    """One row of `messages` as casework knows it."""
    return Message(
        **dict(row)
        | {
            "sender": Sender(row["sender"]),
            "kind": Kind(row["kind"]),
            "buttons": tuple(Button(**button) for button in row["buttons"]),
            "sources": tuple(row["sources"]),
        }
    )


def message_values(message: Message) -> dict[str, Any]:
    """What a message is in the table `messages`."""
    return vars(message) | {
        "buttons": [vars(button) for button in message.buttons],
        "sources": list(message.sources),
    }
