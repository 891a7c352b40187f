"""When, by whom and why a human lowered a danger, the answers that a municipality has ready, and
what a message was understood as.

Like the danger log, the first table has no key to the conversation.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    _create_lowerings()
    op.create_table(
        "ready_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_ready_answers_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ready_answers"),
        sa.UniqueConstraint("municipality", "title", name="uq_ready_answers_municipality"),
    )
    op.create_index("ix_ready_answers_municipality", "ready_answers", ["municipality"])
    op.add_column("messages", sa.Column("about", sa.String(length=64), nullable=True))


def _create_lowerings() -> None:
    op.create_table(
        "danger_lowerings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=36), nullable=True),
        sa.Column("level_before", sa.Integer(), nullable=False),
        sa.Column("level_after", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("lowered_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_danger_lowerings_municipality_municipalities"
        ),
        sa.ForeignKeyConstraint(["lowered_by"], ["desk_users.id"], name="fk_danger_lowerings_lowered_by_desk_users"),
        sa.PrimaryKeyConstraint("id", name="pk_danger_lowerings"),
    )
    for column in ("municipality", "conversation"):
        op.create_index(f"ix_danger_lowerings_{column}", "danger_lowerings", [column])


def downgrade() -> None:
    op.drop_column("messages", "about")
    op.drop_table("ready_answers")
    op.drop_table("danger_lowerings")
