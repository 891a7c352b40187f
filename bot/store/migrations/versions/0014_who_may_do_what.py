"""Roles at the desk. Whoever works there goes on as before, until somebody says what they are."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.alter_column("desk_users", "role", new_column_name="title")
    op.create_table(
        "desk_roles",
        sa.Column("desk_user", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["desk_user"], ["desk_users.id"], name="fk_desk_roles_desk_user_desk_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_desk_roles_municipality_municipalities"
        ),
        sa.ForeignKeyConstraint(["agent"], ["agents.id"], name="fk_desk_roles_agent_agents"),
        sa.PrimaryKeyConstraint("desk_user", "role", name="pk_desk_roles"),
    )
    op.create_index("ix_desk_roles_municipality", "desk_roles", ["municipality"], unique=False)
    op.execute(
        "INSERT INTO desk_roles (desk_user, role, municipality)"
        " SELECT id, 'before', municipality FROM desk_users WHERE removed_at IS NULL"
    )


def downgrade() -> None:
    op.drop_table("desk_roles")
    op.alter_column("desk_users", "title", new_column_name="role")
