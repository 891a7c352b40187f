"""The dialogue servers that serve, so that one can take over from another."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.create_table(
        "dialogue_servers",
        sa.Column("machine", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaves", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("machine", "address", name="pk_dialogue_servers"),
    )


def downgrade() -> None:
    op.drop_table("dialogue_servers")
