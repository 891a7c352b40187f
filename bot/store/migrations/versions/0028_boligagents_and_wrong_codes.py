"""Who comes by the municipality's own sign-in and is a boligagent again is the same one as before.

How many codes of one time were wrong in a row is kept beside their key.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("second_factors", sa.Column("wrong_codes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("desk_identities", sa.Column("agent", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("second_factors", "wrong_codes")
    op.drop_column("desk_identities", "agent")
