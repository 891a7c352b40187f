"""The gate of the test stories: each must go as it is written."""

from bot.training.gates.verdict import Record, Verdict

GATE = "stories"


def stories(record: Record) -> Verdict:
    """Whether stories were run with it and none went otherwise."""
    told, broken = record.model.stories, record.model.stories.broken
    if not told.ran:
        return Verdict(GATE, passed=False, told="none were run with it", absolute=True)
    words = f"{len(broken)} of {told.ran} go otherwise: {'; '.join(broken)}" if broken else f"all {told.ran} as written"
    return Verdict(GATE, not broken, words, absolute=True)
