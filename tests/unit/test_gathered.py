"""Held-out messages out of conversations grow by versions, each added at its place and nothing else touched."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teaching.errors import TeachingError
from bot.teaching.held_out_file import with_messages
from bot.training.files import DataError
from bot.training.gathered import FROM_CONVERSATIONS, gathered, gathered_held_out, gathered_in, held_out_versions
from bot.training.held_out import ELSEWHERE
from tests.support.small_checkout import small_checkout
from tests.unit.test_taught_utterances import added, utterance

FILE = Path("from_conversations.yml")
HEAD = "version: 1\ndate: 2026-11-30\nmessages:\n"
MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
Messages = list[tuple[str, str]]
messages = st.lists(
    st.tuples(st.sampled_from(["chat_greet", "chat_thank"]), utterance),
    min_size=2,
    unique_by=lambda one: one[1].casefold(),
)


@given(messages, st.randoms())
def test_a_version_is_the_same_in_whatever_order_it_came(new: Messages, chance: object) -> None:
    first = with_messages(None, FILE, new, MONDAY)
    chance.shuffle(new)  # type: ignore[attr-defined]
    assert with_messages(None, FILE, new, MONDAY) == first
    known = gathered_in(first.decode(), FILE)
    assert [(one.intent, one.text) for one in known.examples] == sorted(new)
    assert (known.version, known.changed, set(known.since)) == (1, MONDAY, {1})


@given(messages, st.data())
def test_old_lines_stay_and_the_new_stand_at_their_places(both: Messages, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(both) - 1))
    old, new = both[:cut], both[cut:]
    before = with_messages(None, FILE, old, MONDAY)
    after = with_messages(before, FILE, new, TUESDAY)
    came = added(before.decode().split("messages:\n")[1], after.decode().split("messages:\n")[1])
    assert len(came) == 3 * len(new)
    known = gathered_in(after.decode(), FILE)
    assert [(one.intent, one.text) for one in known.examples] == sorted([*old, *new])
    assert (known.version, known.changed) == (2, TUESDAY)


def test_each_message_is_found_in_its_line_and_tells_its_version() -> None:
    first = with_messages(None, FILE, [("chat_thank", "tak"), ("chat_greet", 'han sagde "dav"')], MONDAY)
    text = with_messages(first, FILE, [("chat_greet", "hej: # med dig")], TUESDAY).decode()
    known = gathered_in(text, FILE)
    assert [text.split("\n")[one.line - 1] for one in known.examples] == [
        r'- text: "han sagde \"dav\""',
        '- text: "hej: # med dig"',
        '- text: "tak"',
    ]
    assert known.since == (1, 2, 1)


def test_what_somebody_wrote_beside_them_stays() -> None:
    before = with_messages(None, FILE, [("chat_greet", "hej"), ("chat_thank", "tak")], MONDAY).decode()
    noted = before.replace('- text: "tak"', '# read twice\n- text: "tak"') + "# the end\n"
    after = with_messages(noted.encode(), FILE, [("chat_greet", "mojn"), ("chat_thank", "å tak")], TUESDAY).decode()
    assert '  since: 1\n- text: "mojn"\n  intent: chat_greet\n  since: 2\n# read twice\n- text: "tak"\n' in after
    assert after.endswith('- text: "å tak"\n  intent: chat_thank\n  since: 2\n# the end\n')


def test_nothing_new_is_no_version() -> None:
    before = with_messages(None, FILE, [("chat_greet", "hej")], MONDAY)
    assert with_messages(before, FILE, [], TUESDAY) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEAD + "- text: [oops\n", "line"),
        ("version: 1\ndate: 2026-11-30\nmessages: []\n", "laid out"),
        (HEAD + "- text: hej\n", "needs version"),
        ("version: two\ndate: 2026-11-30\nmessages: []\n", "whole number"),
        ("version: 1\ndate: once\nmessages: []\n", "a day such as"),
        ("version: 1\ndate: 2026-13-30\nmessages: []\n", "month"),
        (HEAD + "- {text: hej, intent: a, since: 2}\n", "line 4: since is 2"),
        (
            HEAD + "- {text: h, intent: a, since: 1}\n- {text: H, intent: b, since: 1}\n",
            "line 5: 'H' already stands in line 4",
        ),
        (HEAD + "- {text: 7, intent: a, since: 1}\n", "line 4: text and intent"),
    ],
)
def test_a_file_broken_by_hand_is_named(content: str, told: str) -> None:
    with pytest.raises(TeachingError, match=told):
        with_messages(content.encode(), FILE, [("chat_greet", "hej")], MONDAY)


def test_figures_can_be_told_of_an_earlier_version(tmp_path: Path) -> None:
    root = small_checkout(tmp_path)
    assert gathered(root).version == 0
    assert held_out_versions(root).endswith("; none from conversations")
    with pytest.raises(DataError, match="no version 0"):
        gathered_held_out(root=root)
    first = with_messages(None, FILE, [("chat_greet", "hej")], MONDAY)
    (root / FROM_CONVERSATIONS).write_bytes(with_messages(first, FILE, [("chat_greet", "dav")], TUESDAY))
    (root / ELSEWHERE).write_text("messages:\n- hvornår går toget\n", encoding="utf-8")
    newest = gathered_held_out(root=root)
    assert [one.text for one in newest.examples] == ["dav", "hej"]
    assert newest.elsewhere == ("hvornår går toget",)
    assert [one.text for one in gathered_held_out(1, root).examples] == ["hej"]
    assert held_out_versions(root).endswith("; version 2 of 2026-12-01 from conversations")
    with pytest.raises(DataError, match="no version 3"):
        gathered_held_out(3, root)
