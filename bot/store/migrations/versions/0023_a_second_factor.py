"""Who signs in at the desk with a password shows a code as well; and a sign-in of which one step is still missing."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    _create(
        "second_factors",
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("desk_user", name="pk_second_factors"),
    )
    _create(
        "recovery_codes",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_recovery_codes"),
    )
    op.create_index("ix_recovery_codes_desk_user", "recovery_codes", ["desk_user"])
    _create(
        "half_sign_ins",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_half_sign_ins"),
    )


def downgrade() -> None:
    for table in ("half_sign_ins", "recovery_codes", "second_factors"):
        op.drop_table(table)


def _create(table: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("desk_user", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_user"], ["desk_users.id"], name=f"fk_{table}_desk_user_desk_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name=f"fk_{table}_municipality_municipalities"
        ),
        *more,
    )
    op.create_index(f"ix_{table}_municipality", table, ["municipality"])
