"""Figures in fives that lead back to nobody, the day on which counting begins, and what a conversation counted for."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"

_TOWN = "municipalities.slug"


def upgrade() -> None:
    _create_counts()
    _create_marks()
    op.add_column("municipalities", sa.Column("counted_since", sa.Date(), nullable=True))
    today = sa.bindparam("today", datetime.now(ZoneInfo("Europe/Copenhagen")).date(), sa.Date())
    op.execute(sa.text("UPDATE municipalities SET counted_since = :today").bindparams(today))
    # What stands already has had its first message.
    op.execute(
        "INSERT INTO figure_marks (conversation, municipality, subject, waited) "
        "SELECT id, municipality, '', '' FROM conversations"
    )


def _create_counts() -> None:
    op.create_table(
        "figure_rests",
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("figure", sa.String(length=12), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("rest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["municipality"], [_TOWN], name="fk_figure_rests_municipality_municipalities"),
        sa.PrimaryKeyConstraint("municipality", "figure", "part", name="pk_figure_rests"),
        sa.CheckConstraint("rest BETWEEN -4 AND 4", name="ck_figure_rests_rest"),
    )
    op.create_table(
        "figure_fives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("figure", sa.String(length=12), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fives", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["municipality"], [_TOWN], name="fk_figure_fives_municipality_municipalities"),
        sa.PrimaryKeyConstraint("id", name="pk_figure_fives"),
        sa.UniqueConstraint("municipality", "day", "figure", "part", name="uq_figure_fives_municipality"),
    )


def _create_marks() -> None:
    op.create_table(
        "figure_marks",
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("waited", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_figure_marks_conversation_conversations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["municipality"], [_TOWN], name="fk_figure_marks_municipality_municipalities"),
        sa.PrimaryKeyConstraint("conversation", name="pk_figure_marks"),
    )
    op.create_index("ix_figure_marks_municipality", "figure_marks", ["municipality"])


def downgrade() -> None:
    op.drop_column("municipalities", "counted_since")
    for table in ("figure_marks", "figure_fives", "figure_rests"):
        op.drop_table(table)
