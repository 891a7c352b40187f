"""The tables. Every row that belongs to a municipality carries it; all moments are UTC."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
)

from bot.store.columns import Moment
from bot.store.columns import conversation_column as _conversation
from bot.store.columns import municipality_column as _municipality

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


# `passed_over`: how many were taken since whoever had waited longest was. `counted_since`: the day on which counting
# began there.
municipalities = Table(
    "municipalities",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("passed_over", Integer, nullable=False, server_default="0"),
    Column("counted_since", Date),
)

# `team`: whose it is first, while it waits. `held_since`: since when who holds it does. `waited_since`: since when its
# one had waited for them. `back_at`: when it came back into the queue because they had gone. `wait_told_at`: when its
# one was told that the wait is long.
conversations = Table(
    "conversations",
    metadata,
    Column("id", String(36), primary_key=True),
    _municipality(),
    Column("token_digest", String(64), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("holder", String(8), nullable=False),
    Column("held_by", Integer, ForeignKey("desk_users.id")),
    Column("danger_level", Integer, nullable=False),
    Column("danger_kinds", JSON, nullable=False),
    Column("waiting_since", Moment),
    Column("held_since", Moment),
    Column("waited_since", Moment),
    Column("back_at", Moment),
    Column("wait_told_at", Moment),
    Column("team", String(40)),
    Column("asks", String(64)),
    Column("writer", String(8)),
    Column("safe_said_at", Moment),
    Column("eased_at", Moment),
    Column("kept_form", String(16)),
    Column("last_sequence", Integer, nullable=False),
    Column("lease_owner", String(64)),
    Column("lease_until", Moment),
    Column("created_at", Moment, nullable=False),
    Index("ix_conversations_age", "municipality", "holder", "waiting_since", "id"),
    Index("ix_conversations_held_by", "held_by"),
    Index("ix_conversations_team", "municipality", "team"),
)
Index(
    "ix_conversations_queue",
    conversations.c.municipality,
    conversations.c.holder,
    conversations.c.danger_level.desc(),
    conversations.c.waiting_since,
    conversations.c.id,
)

messages = Table(
    "messages",
    metadata,
    _conversation(primary_key=True),
    Column("sequence", Integer, primary_key=True),
    _municipality(),
    Column("sender", String(10), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("data", JSON, nullable=False),
    Column("final", Boolean, nullable=False),
    Column("reply_to", Integer),
    Column("client_id", String(64)),
    Column("payload", String(500)),
    Column("answered", Boolean, nullable=False),
    Column("for_human", Boolean, nullable=False, server_default=false()),
    Column("about", String(64)),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("conversation", "client_id"),
    Index("ix_messages_unanswered", "answered", "conversation"),
)

contacts = Table(
    "contacts",
    metadata,
    _conversation(primary_key=True),
    _municipality(),
    Column("sealed", LargeBinary, nullable=False),
)

# Where to write when a human takes the conversation.
nudges = Table(
    "nudges",
    metadata,
    _conversation(primary_key=True),
    _municipality(),
    Column("sealed", LargeBinary, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("began_at", Moment),
)

plans = Table(
    "plans",
    metadata,
    _conversation(primary_key=True),
    _municipality(),
    Column("sealed", LargeBinary, nullable=False),
)

# A line for each yes and each that was taken back; the last line of a part is how it stands.
consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    _conversation(index=True),
    _municipality(),
    Column("part", String(12), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

agents = Table(
    "agents",
    metadata,
    Column("id", Integer, primary_key=True),
    _municipality(),
    Column("name", String(120), nullable=False),
    Column("talks_a_day", Integer),
    Column("feed_digest", String(64)),
    Column("feed_shows", String(8)),
    Column("left_at", Moment),
    Index("uq_agents_feed_digest", "feed_digest", unique=True),
)

openings = Table(
    "openings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agent", Integer, ForeignKey("agents.id", ondelete="CASCADE"), nullable=False, index=True),
    _municipality(),
    Column("weekday", Integer, nullable=False),
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
)

# The hours of one date instead of the week's, a row a stretch; one row without hours where the agent is away.
agent_days = Table(
    "agent_days",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agent", Integer, ForeignKey("agents.id", ondelete="CASCADE"), nullable=False),
    _municipality(),
    Column("day", Date, nullable=False),
    Column("starts", Time),
    Column("ends", Time),
    Index("ix_agent_days_agent", "agent", "day"),
)

# No two active or held bookings of an agent overlap: migration 0010 has an exclusion constraint or triggers for that.
bookings = Table(
    "bookings",
    metadata,
    Column("id", String(36), primary_key=True),
    _municipality(),
    Column("agent", Integer, ForeignKey("agents.id"), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("way", String(8), nullable=False),
    Column("place", String(200), nullable=False),
    Column("status", String(10), nullable=False),
    Column("about", String(12), nullable=False, server_default="young"),
    Column("code_digest", String(64), nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("conversation", String(36), ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
    Column("held_until", Moment),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Index("ix_bookings_agent_starts_at", "agent", "starts_at"),
    Index("ix_bookings_municipality_starts_at", "municipality", "starts_at"),
)

# What is still to be told about a talk to whoever asked for it; `sealed` is where to, until the talk has begun.
outbox = Table(
    "outbox",
    metadata,
    Column("booking", String(36), ForeignKey("bookings.id", ondelete="CASCADE"), primary_key=True),
    _municipality(),
    Column("state", String(8), nullable=False),
    Column("sealed", LargeBinary),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("began_at", Moment),
    Index("ix_outbox_state", "state", "due_at"),
)

desk_users = Table(
    "desk_users",
    metadata,
    Column("id", Integer, primary_key=True),
    _municipality(),
    Column("name", String(64), nullable=False, unique=True),
    Column("shown_name", String(120), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("title", String(20), nullable=False),
    Column("removed_at", Moment),
    Column("team", String(40)),
)

# A line a role; with `boligagent` stands whose talks and hours are the user's own.
desk_roles = Table(
    "desk_roles",
    metadata,
    Column("desk_user", Integer, ForeignKey("desk_users.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(20), primary_key=True),
    _municipality(),
    Column("agent", Integer, ForeignKey("agents.id")),
)

# `used_at` is for its owner's eyes; `seen_at` tells colleagues who is there now, and is forgotten with the sign-in.
desk_sessions = Table(
    "desk_sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("desk_user", Integer, ForeignKey("desk_users.id", ondelete="CASCADE"), nullable=False),
    _municipality(),
    Column("csrf", String(64), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("began_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("device", String(60), nullable=False),
    Column("seen_at", Moment),
)

# Neither table points at the conversation by a foreign key: what was done stays known after an erasure.
danger_events = Table(
    "danger_events",
    metadata,
    Column("id", Integer, primary_key=True),
    _municipality(),
    Column("conversation", String(36), index=True),
    Column("level", Integer, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sequence", Integer),
    Column("shown", JSON(none_as_null=True)),
    Column("taken_by", Integer),
    Column("taken_at", Moment),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    _municipality(),
    Column("desk_user", Integer, ForeignKey("desk_users.id")),
    Column("action", String(32), nullable=False),
    Column("subject", String(64), index=True),
    Column("at", Moment, nullable=False),
    Index("ix_audit_by_user", "municipality", "desk_user", "id"),
    Index("ix_audit_by_action", "municipality", "action", "id"),
    Index("ix_audit_by_day", "municipality", "at"),
)

# What is still to be told to somebody who is on call: `due_at` is the next try, none when there is no more to try.
on_call_notices = Table(
    "on_call_notices",
    metadata,
    Column("id", String(36), primary_key=True),
    _conversation(index=True),
    _municipality(),
    Column("level", Integer, nullable=False, server_default="2"),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, index=True),
    Column("tries", Integer, nullable=False),
    Column("sent_at", Moment),
)

# What is counted, in fives. No row is of a conversation: a day stands only beside full fives, and the up to four that
# wait to be five have none. So an erasure has nothing to take away here.
figure_rests = Table(
    "figure_rests",
    metadata,
    Column("municipality", String(64), ForeignKey("municipalities.slug"), primary_key=True),
    Column("figure", String(12), primary_key=True),
    Column("part", String(12), primary_key=True),
    Column("rest", Integer, nullable=False),
    CheckConstraint("rest BETWEEN -4 AND 4", name="ck_figure_rests_rest"),
)

figure_fives = Table(
    "figure_fives",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("municipality", String(64), ForeignKey("municipalities.slug"), nullable=False),
    Column("figure", String(12), nullable=False),
    Column("part", String(12), nullable=False),
    Column("day", Date, nullable=False),
    Column("fives", Integer, nullable=False),
    UniqueConstraint("municipality", "day", "figure", "part"),
)

# What a conversation was counted for last, so that it is counted once; goes with it.
figure_marks = Table(
    "figure_marks",
    metadata,
    _conversation(primary_key=True),
    _municipality(),
    Column("subject", String(40), nullable=False),
    Column("waited", String(12), nullable=False),
)

trackers = Table(
    "trackers",
    metadata,
    Column("conversation", String(36), primary_key=True),
    Column("document", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
