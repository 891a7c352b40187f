"""What a young person shares with the caseworkers, part by part, and which messages were written to a human.

A plan's yes moves into the consents. Whoever waits for a human or talks with one was told that it can be read: those
messages stay readable. All others were written to the robot.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

SHARED_PLANS = """
INSERT INTO consents (conversation, municipality, part, given, at)
SELECT conversation, municipality, 'plan', {true}, shared_at FROM plans WHERE shared_at IS NOT NULL
"""
WRITTEN_TO_A_HUMAN = """
UPDATE messages SET for_human = {true} WHERE conversation IN (SELECT id FROM conversations WHERE holder <> 'bot')
"""


def upgrade() -> None:
    true = "true" if op.get_bind().dialect.name == "postgresql" else "1"
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_consents_conversation_conversations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_consents_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_municipality", "consents", ["municipality"], unique=False)
    op.create_index("ix_consents_conversation", "consents", ["conversation"], unique=False)
    op.create_index("ix_audit_subject", "audit", ["subject"], unique=False)
    op.add_column("messages", sa.Column("for_human", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(SHARED_PLANS.format(true=true))
    op.execute(WRITTEN_TO_A_HUMAN.format(true=true))
    op.drop_column("plans", "shared_at")


def downgrade() -> None:
    op.add_column("plans", sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_column("messages", "for_human")
    op.drop_index("ix_audit_subject", "audit")
    op.drop_table("consents")
