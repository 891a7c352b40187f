"""What is no fault in the data, and still seldom meant: told before a training, which goes on all the same."""

from pathlib import Path

from bot.language.encoder import sentence_encoder
from bot.nlu.vector_cache import encode_cached, vector_cache_file
from bot.settings import ROOT
from bot.training.data import utterances
from bot.training.near_duplicates import near_duplicates
from bot.training.progress import Progress
from bot.training.swallowed import swallowed


def doubts(progress: Progress, root: Path = ROOT) -> list[str]:
    """A line for each intent that a neighbour swallows and each utterance that says what another says.

    Raises DataError where the utterances cannot be read.
    """
    examples = utterances(root)
    vectors = encode_cached(
        [example.text for example in examples],
        sentence_encoder(),
        vector_cache_file(),
        lambda done, of: progress("Encoding what is new", done, of),
    )
    progress("Looking for what is hard to tell apart")
    return [*map(str, swallowed(examples, vectors)), *map(str, near_duplicates(examples, vectors))]
