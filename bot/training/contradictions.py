"""Which stories and rules contradict each other, by Rasa's own checks and without training a model."""

import logging
import os
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.training.data import DOMAIN
from bot.training.files import DataError, read_yaml
from bot.training.quiet import keep_rasa_quiet

# The second keeps Rasa from drawing its bars.
_HUSHED = {"TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "ERROR"}
_AGAINST_RULES = re.compile(
    r"- the prediction of the action '(?P<said>[^']*)' in (?:rule|story) '(?P<name>.*)' is contradicting with "
    r"rule\(s\) '(?P<rules>.*?)'(?: which predicted action '(?P<predicted>[^']*)')?\.$"
)


@dataclass(frozen=True)
class Contradiction:
    """The first says one action where the others say another; without `others` the first is wrong by itself.

    `others` may hold names that are joined by commas, as Rasa tells of them.
    """

    name: str
    says: str
    others: str = ""
    they_say: str = ""


def contradictions(root: Path, files: Sequence[Path]) -> list[Contradiction]:
    """What in these story and rule files contradicts, by the domain and policies of the checkout `root`.

    Takes half a minute, most of it for TensorFlow. Raises DataError for what Rasa cannot read.
    """
    policies = {one["name"]: one for one in read_yaml(root / "config.yml")["policies"]}
    with _hushed():
        keep_rasa_quiet()
        from rasa.shared.exceptions import RasaException  # noqa: PLC0415 - seconds of TensorFlow

        try:
            domain, trackers = _trackers(root, files)
            return [*_of_rules(domain, trackers, policies), *_of_stories(domain, trackers, policies)]
        except RasaException as error:
            raise DataError(str(error)) from error
        except SystemExit as error:
            raise DataError("Rasa refused the stories or rules; its message stands above") from error


def _trackers(root: Path, files: Sequence[Path]) -> tuple[Any, list[Any]]:
    from rasa.shared.core.domain import Domain  # noqa: PLC0415 - as above
    from rasa.shared.core.generator import TrainingDataGenerator  # noqa: PLC0415
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader  # noqa: PLC0415
    from rasa.shared.core.training_data.structures import StoryGraph  # noqa: PLC0415

    domain = Domain.load(str(root / DOMAIN))
    reader = YAMLStoryReader(domain)
    steps = [step for file in files for step in reader.read_from_file(file)]
    trackers = TrainingDataGenerator(StoryGraph(steps), domain, augmentation_factor=0).generate()
    return domain, trackers


def _of_rules(domain: Any, trackers: list[Any], policies: dict[str, Any]) -> Iterator[Contradiction]:
    from rasa.core.policies.rule_policy import InvalidRule, RulePolicy  # noqa: PLC0415 - as above
    from rasa.engine.graph import ExecutionContext, GraphSchema  # noqa: PLC0415
    from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: PLC0415
    from rasa.engine.storage.resource import Resource  # noqa: PLC0415

    settings = RulePolicy.get_default_config() | policies["RulePolicy"]
    with TemporaryDirectory() as folder:
        storage = LocalModelStorage.create(Path(folder))
        policy = RulePolicy(settings, storage, Resource("rules"), ExecutionContext(GraphSchema({})))
        try:
            policy.train(trackers, domain)
        except InvalidRule as error:
            yield from _told(error.message)


def _told(message: str) -> Iterator[Contradiction]:
    """Rasa tells of rules in prose; what is no line of a contradiction is passed on as it is."""
    lines = [line for line in message.strip().splitlines() if line.startswith("- ")]
    for line in lines or [message.strip()]:
        if found := _AGAINST_RULES.match(line):
            yield Contradiction(found["name"], found["said"], found["rules"], found["predicted"] or "")
        else:
            name = re.search(r"(?:in rule|Found rules) '(.*?)'", line)
            yield Contradiction(name[1] if name else "", line.removeprefix("- "))


def _of_stories(domain: Any, trackers: list[Any], policies: dict[str, Any]) -> Iterator[Contradiction]:
    from rasa.core.training.story_conflict import find_story_conflicts  # noqa: PLC0415 - as above

    stories = [one for one in trackers if not one.is_rule_tracker]
    history = policies["MemoizationPolicy"]["max_history"]
    for conflict in find_story_conflicts(stories, domain, history):
        (said, first), *others = conflict._conflicting_actions.items()  # noqa: SLF001 - its text leaves names out
        for they_say, names in others:
            yield Contradiction(names[0], they_say, first[0], said)


@contextmanager
def _hushed() -> Iterator[None]:
    """Without what TensorFlow and Rasa's old libraries say of themselves, and Rasa's bars."""
    before = dict(os.environ)
    os.environ.update(_HUSHED)
    logging.disable(logging.WARNING)
    try:
        # Recorded and not only ignored: some of them set the filters anew.
        with warnings.catch_warnings(record=True):
            yield
    finally:
        logging.disable(logging.NOTSET)
        for name in _HUSHED:
            os.environ.pop(name)
        os.environ.update({name: before[name] for name in _HUSHED if name in before})
