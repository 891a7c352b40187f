"""What is known of conversations without their words: as far as it may be read (ADR 0015), and never from slots."""

from collections.abc import Collection, Mapping
from functools import cache

from bot.casework.summary import Facts, facts_from
from bot.language.lookups import LOOKUPS, words_for
from bot.store.store import Work

# That somebody is in danger or waits is told by other means, and what is about the chat itself is about nothing.
NO_TOPICS = ("crisis_", "handoff_", "chat_")


@cache
def meanings() -> Mapping[str, str | None]:
    """What each meaning is called; None for one that is no topic. Raises LookupFileError."""
    titles = words_for(LOOKUPS / "intent_titles.yml")
    return {name: None if name.startswith(NO_TOPICS) else title for name, title in titles.items()}


def facts_of(work: Work, conversations: Collection[str], whole: Collection[str] = ()) -> Mapping[str, Facts]:
    """Of each what was written to a human tells, and of those that are open as a `whole` all of it."""
    spoken, titles = work.summaries.of(conversations, whole), meanings()
    return {one: facts_from(spoken.get(one, ()), titles) for one in conversations}
