"""Who comes by the municipality's own sign-in and gets the role of a boligagent back is the same one as before."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("desk_identities", sa.Column("agent", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("desk_identities", "agent")
