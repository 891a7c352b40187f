"""Of how long ago what was misread is found."""

from datetime import UTC, datetime

from bot.review.finding import find, talk_of
from bot.store.store import Store
from tests.support.desk import YoungPerson
from tests.support.review import asks, lets_learn, read
from tests.support.the_tests import THE_TESTS


def test_what_is_older_is_read_for_what_came_after_it_and_not_found(store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "bolig nu"))
    since = datetime.now(UTC)
    asks(young, "gæld")
    with store.read(THE_TESTS) as work:
        talk = talk_of(work.conversations.get(young.id), work.conversations.after(young.id, 0))
    texts = {text: read(text) for text in talk.texts(since)}
    assert set(texts) == {"bolig nu", "gæld"}
    newest = talk.steps[-1]
    assert [one.sequence for one in find([talk], texts, since, datetime.now(UTC))[young.id]] == [newest.sequence]
