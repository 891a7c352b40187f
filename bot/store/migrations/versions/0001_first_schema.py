"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Two active bookings of one agent must never overlap, whatever the code above does.
POSTGRES_NO_OVERLAP = """
ALTER TABLE bookings ADD CONSTRAINT ex_bookings_overlap EXCLUDE USING gist (
    int4range(agent, agent, '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&
) WHERE (status = 'active')
"""
# SQLite has one writer at a time, so what a trigger sees cannot change before the commit.
SQLITE_NO_OVERLAP = """
CREATE TRIGGER bookings_overlap_{event} BEFORE {event} ON bookings WHEN NEW.status = 'active'
BEGIN
    SELECT RAISE(ABORT, 'ex_bookings_overlap') WHERE EXISTS (
        SELECT 1 FROM bookings WHERE agent = NEW.agent AND status = 'active' AND id != NEW.id
        AND starts_at < NEW.ends_at AND NEW.starts_at < ends_at
    );
END
"""


def upgrade() -> None:
    _create_municipalities()
    _create_trackers()
    _create_agents()
    _create_danger_events()
    _create_desk_users()
    _create_audit()
    _create_conversations()
    _create_desk_sessions()
    _create_openings()
    _create_bookings()
    _create_contacts()
    _create_messages()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES_NO_OVERLAP)
    else:
        for event in ("INSERT", "UPDATE"):
            op.execute(SQLITE_NO_OVERLAP.format(event=event))


def _create_municipalities() -> None:
    op.create_table(
        "municipalities",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_municipalities"),
    )


def _create_trackers() -> None:
    op.create_table(
        "trackers",
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="pk_trackers"),
    )


def _create_agents() -> None:
    op.create_table(
        "agents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_agents_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agents"),
    )
    op.create_index("ix_agents_municipality", "agents", ["municipality"], unique=False)


def _create_danger_events() -> None:
    op.create_table(
        "danger_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=36), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_danger_events_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_danger_events"),
    )
    op.create_index("ix_danger_events_municipality", "danger_events", ["municipality"], unique=False)


def _create_desk_users() -> None:
    op.create_table(
        "desk_users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("shown_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_desk_users_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_desk_users"),
        sa.UniqueConstraint("name", name="uq_desk_users_name"),
    )
    op.create_index("ix_desk_users_municipality", "desk_users", ["municipality"], unique=False)


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("desk_user", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["desk_user"], ["desk_users.id"], name="fk_audit_desk_user_desk_users"),
        sa.ForeignKeyConstraint(["municipality"], ["municipalities.slug"], name="fk_audit_municipality_municipalities"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_municipality", "audit", ["municipality"], unique=False)


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("holder", sa.String(length=8), nullable=False),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("danger_level", sa.Integer(), nullable=False),
        sa.Column("danger_kinds", sa.JSON(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asks", sa.String(length=64), nullable=True),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["held_by"], ["desk_users.id"], name="fk_conversations_held_by_desk_users"),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_conversations_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_municipality", "conversations", ["municipality"], unique=False)
    op.create_index(
        "ix_conversations_queue",
        "conversations",
        ["municipality", "holder", "danger_level", "waiting_since"],
        unique=False,
    )


def _create_desk_sessions() -> None:
    op.create_table(
        "desk_sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("desk_user", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["desk_user"], ["desk_users.id"], name="fk_desk_sessions_desk_user_desk_users", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_desk_sessions_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_desk_sessions"),
    )
    op.create_index("ix_desk_sessions_municipality", "desk_sessions", ["municipality"], unique=False)


def _create_openings() -> None:
    op.create_table(
        "openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["agent"], ["agents.id"], name="fk_openings_agent_agents", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_openings_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_openings"),
    )
    op.create_index("ix_openings_agent", "openings", ["agent"], unique=False)
    op.create_index("ix_openings_municipality", "openings", ["municipality"], unique=False)


def _create_bookings() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("conversation", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent"], ["agents.id"], name="fk_bookings_agent_agents"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_bookings_conversation_conversations", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_bookings_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bookings"),
        sa.UniqueConstraint("code_digest", name="uq_bookings_code_digest"),
    )
    op.create_index("ix_bookings_agent_starts_at", "bookings", ["agent", "starts_at"], unique=False)
    op.create_index("ix_bookings_conversation", "bookings", ["conversation"], unique=False)
    op.create_index("ix_bookings_municipality", "bookings", ["municipality"], unique=False)


def _create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_contacts_conversation_conversations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_contacts_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("conversation", name="pk_contacts"),
    )
    op.create_index("ix_contacts_municipality", "contacts", ["municipality"], unique=False)


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("conversation", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("payload", sa.String(length=500), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_messages_conversation_conversations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipalities.slug"], name="fk_messages_municipality_municipalities"
        ),
        sa.PrimaryKeyConstraint("conversation", "sequence", name="pk_messages"),
        sa.UniqueConstraint("conversation", "client_id", name="uq_messages_conversation"),
    )
    op.create_index("ix_messages_municipality", "messages", ["municipality"], unique=False)
    op.create_index("ix_messages_unanswered", "messages", ["answered", "conversation"], unique=False)


def downgrade() -> None:
    for table in (
        "messages",
        "contacts",
        "bookings",
        "openings",
        "desk_sessions",
        "conversations",
        "audit",
        "desk_users",
        "danger_events",
        "agents",
        "trackers",
        "municipalities",
    ):
        op.drop_table(table)
