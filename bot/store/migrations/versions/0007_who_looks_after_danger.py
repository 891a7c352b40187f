"""Who looks after danger: the on-call notices, what was shown and who took it, and who says that they are safe."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for column in (
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("shown", sa.JSON(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("danger_events", column)
    op.create_index("ix_danger_events_conversation", "danger_events", ["conversation"])
    for name in ("safe_said_at", "eased_at"):
        op.add_column("conversations", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversations", sa.Column("kept_form", sa.String(length=16), nullable=True))
    _create_on_call_notices()


def _create_on_call_notices() -> None:
    op.create_table(
        "on_call_notices",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_on_call_notices_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_on_call_notices_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_on_call_notices"),
    )
    for column in ("conversation", "municipality", "due_at"):
        op.create_index(f"ix_on_call_notices_{column}", "on_call_notices", [column])


def downgrade() -> None:
    op.drop_table("on_call_notices")
    for name in ("kept_form", "eased_at", "safe_said_at"):
        op.drop_column("conversations", name)
    op.drop_index("ix_danger_events_conversation", "danger_events")
    for name in ("taken_at", "taken_by", "shown", "sequence"):
        op.drop_column("danger_events", name)
