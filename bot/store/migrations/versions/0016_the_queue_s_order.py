"""How many were taken past whoever had waited longest, and indexes for the queue: by urgency, by age, by who holds."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("municipalities", sa.Column("passed_over", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("ix_conversations_queue", "conversations")
    op.create_index(
        "ix_conversations_queue",
        "conversations",
        ["municipality", "holder", sa.text("danger_level DESC"), "waiting_since", "id"],
    )
    op.create_index("ix_conversations_age", "conversations", ["municipality", "holder", "waiting_since", "id"])
    op.create_index("ix_conversations_held_by", "conversations", ["held_by"])


def downgrade() -> None:
    op.drop_index("ix_conversations_held_by", "conversations")
    op.drop_index("ix_conversations_age", "conversations")
    op.drop_index("ix_conversations_queue", "conversations")
    op.create_index(
        "ix_conversations_queue", "conversations", ["municipality", "holder", "danger_level", "waiting_since"]
    )
    op.drop_column("municipalities", "passed_over")
