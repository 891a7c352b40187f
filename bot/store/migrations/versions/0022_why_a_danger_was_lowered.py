"""When, by whom and why a human lowered a danger; like the danger log, without a key to the conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
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
    op.drop_table("danger_lowerings")
