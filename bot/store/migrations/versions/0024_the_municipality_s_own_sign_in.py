"""Who comes by the municipality's own sign-in is found again."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "desk_identities",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("desk_user", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_user"], ["desk_users.id"], name="fk_desk_identities_desk_user_desk_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_desk_identities_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("digest", "municipality", name="pk_desk_identities"),
        sa.UniqueConstraint("desk_user", name="uq_desk_identities_desk_user"),
    )


def downgrade() -> None:
    op.drop_table("desk_identities")
