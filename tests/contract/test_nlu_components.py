"""What every component of the pipeline promises Rasa and the young person, run over real messages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.encoder import DIMENSIONS, pack, sentence_encoder
from bot.nlu.classifier import DanishIntentClassifier
from bot.nlu.encoder_featurizer import SentenceVectorFeaturizer
from bot.nlu.entities import DanishEntityExtractor
from bot.nlu.fallback import AskInsteadOfGuess
from bot.nlu.misspelt_copies import COPY_OF, MisspeltCopies, originals
from bot.nlu.ngrams import Ngrams
from bot.nlu.sparse_featurizer import DanishNgramFeaturizer
from bot.nlu.tokenizer import DanishTokenizer

EXAMPLES = {
    "chat_greet": ["hej", "hejsa", "goddag", "halløj med dig", "yo"],
    "booking_request": [
        "jeg vil gerne have en tid",
        "kan jeg booke en tid",
        "book mig",
        "må jeg få en samtale",
        "tid tak",
    ],
    "housing_couch_surfing": [
        "sover på sofaer",
        "bor hos venner på skift",
        "sofasurfer",
        "sover hos en ven",
        "på en sofa",
    ],
}
REAL = [
    "Hej, jeg er 17 og sover lidt hos den ene og lidt hos den anden",
    "kan jeg få en tid på torsdag kl. halv tre, f.eks.?",
]
ODD = [
    "",
    "   ",
    "👍",
    "😊😊😊",
    "ord " * 1250,
    "x" * 5000,
    "Привет",
    "你好",
    "<b>hej</b>",
    "/restart",
    "a\0b",
    "\ud800",
    "??",
]
NAMES = [ascii(text[:12]) for text in REAL + ODD]
CONFIG: dict[type[GraphComponent], dict[str, Any]] = {
    SentenceVectorFeaturizer: {"cache": False},
    DanishIntentClassifier: {"calibration_folds": 2},
}
PIPELINE = [
    MisspeltCopies,
    DanishTokenizer,
    DanishNgramFeaturizer,
    SentenceVectorFeaturizer,
    DanishIntentClassifier,
    AskInsteadOfGuess,
    DanishEntityExtractor,
]
Load = Callable[[type[GraphComponent]], Any]


class Bench:
    """Trains the pipeline on a few examples and loads each component anew from what it stored."""

    def __init__(self, folder: Path) -> None:
        self.storage = LocalModelStorage(folder)
        self._loaded: dict[type[GraphComponent], Any] = {}
        self.context = ExecutionContext(GraphSchema({}), node_name="node")
        examples = [(text, intent) for intent, texts in EXAMPLES.items() for text in texts]
        self.data = TrainingData([Message.build(text=text, intent=intent) for text, intent in examples])
        for kind in PIPELINE:
            if hasattr(kind, "train"):
                self.create(kind).train(self.data)
            if hasattr(kind, "process_training_data") and kind is not DanishIntentClassifier:
                self.data = self.load(kind).process_training_data(self.data)

    def create(self, kind: type[GraphComponent]) -> Any:
        return kind.create(self._config(kind), self.storage, Resource(kind.__name__), self.context)

    def load(self, kind: type[GraphComponent]) -> Any:
        if kind not in self._loaded:
            resource = Resource(kind.__name__)
            self._loaded[kind] = kind.load(self._config(kind), self.storage, resource, self.context)
        return self._loaded[kind]

    def parse(self, *messages: Message) -> list[Message]:
        parsed = list(messages)
        for kind in PIPELINE:
            parsed = self.load(kind).process(parsed)
        return parsed

    @staticmethod
    def _config(kind: type[GraphComponent]) -> dict[str, Any]:
        return {**kind.get_default_config(), **CONFIG.get(kind, {})}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("components"))


def message(text: str, **metadata: object) -> Message:
    return Message(data={"text": text, "metadata": metadata or None})


@pytest.mark.parametrize("kind", PIPELINE)
def test_a_component_is_registered_and_can_be_named_in_the_config(kind: type[GraphComponent]) -> None:
    name = f"{kind.__module__}.{kind.__name__}"
    assert DefaultV1Recipe._from_registry(name).clazz is kind


@pytest.mark.parametrize("kind", PIPELINE)
def test_a_component_names_packages_that_are_there(kind: type[GraphComponent]) -> None:
    for package in kind.required_packages():
        __import__(package)


@pytest.mark.parametrize("kind", PIPELINE)
@pytest.mark.parametrize("text", REAL + ODD, ids=NAMES)
def test_a_component_adds_and_removes_nothing(bench: Bench, kind: type[GraphComponent], text: str) -> None:
    subject = message(text)
    for earlier in PIPELINE[: PIPELINE.index(kind)]:
        bench.load(earlier).process([subject])
    features, data = list(subject.features), set(subject.data)
    after = bench.load(kind).process([subject])
    assert after == [subject]
    assert subject.features[: len(features)] == features
    assert data <= set(subject.data)
    assert subject.get("text") == text


@pytest.mark.parametrize("kind", [DanishNgramFeaturizer, SentenceVectorFeaturizer])
@pytest.mark.parametrize("text", REAL + ODD, ids=NAMES)
def test_a_featurizer_adds_one_sentence_feature_of_fixed_width(
    bench: Bench, kind: type[GraphComponent], text: str
) -> None:
    subjects = [message(text), message("hej")]
    for each in (DanishTokenizer, kind):
        bench.load(each).process(subjects)
    assert [len(subject.features) for subject in subjects] == [1, 1]
    widths = {subject.features[0].features.shape for subject in subjects}
    assert len(widths) == 1
    assert widths.pop()[0] == 1


@pytest.mark.parametrize("text", REAL + ODD, ids=NAMES)
def test_a_parse_holds_an_intent_and_a_ranking_of_real_intents(bench: Bench, text: str) -> None:
    parsed = bench.parse(message(text))[0]
    ranking = parsed.get("intent_ranking")
    assert {intent["name"] for intent in ranking} == set(EXAMPLES)
    assert sum(intent["confidence"] for intent in ranking) == pytest.approx(1, abs=1e-3)
    assert [intent["confidence"] for intent in ranking] == sorted((i["confidence"] for i in ranking), reverse=True)
    assert parsed.get("intent")["name"] in {*EXAMPLES, "nlu_fallback"}


def test_messages_together_are_read_as_each_alone(bench: Bench) -> None:
    together = bench.parse(*[message(text) for text in REAL])
    alone = [bench.parse(message(text))[0] for text in REAL]
    for one, other in zip(together, alone, strict=True):
        assert one.get("intent")["name"] == other.get("intent")["name"]
        assert one.get("entities") == other.get("entities")


def test_what_was_learnt_is_used(bench: Bench) -> None:
    parsed = bench.parse(message("hejsa"), message("kan jeg få en tid"), message("sover på en sofa hos en ven"))
    assert [subject.get("intent_ranking")[0]["name"] for subject in parsed] == list(EXAMPLES)


def test_an_unsure_intent_is_asked_about_and_keeps_its_ranking(bench: Bench) -> None:
    strict = AskInsteadOfGuess({"threshold": 1.0, "margin": 0.0, "likeness": 0.0, "familiar": 0.0})
    subject = bench.parse(message("hejsa"))[0]
    strict.process([subject])
    assert subject.get("intent")["name"] == "nlu_fallback"
    assert subject.get("intent_ranking")[0]["name"] == "chat_greet"


@pytest.mark.parametrize(
    ("confidences", "unsure"),
    [([0.9, 0.05], False), ([0.29, 0.01], True), ([0.5, 0.46], True), ([0.5, 0.44], False), ([1.0], False), ([], True)],
)
def test_the_bot_asks_below_the_threshold_and_between_two_near_intents(
    confidences: list[float],
    unsure: bool,  # noqa: FBT001
) -> None:
    assert AskInsteadOfGuess(AskInsteadOfGuess.get_default_config()).is_unsure("hej", confidences) is unsure


def test_a_message_without_words_is_asked_about(bench: Bench) -> None:
    assert bench.parse(message("  "))[0].get("intent")["name"] == "nlu_fallback"


def test_a_vector_that_came_along_is_used_instead_of_encoding(bench: Bench) -> None:
    vector = np.full(DIMENSIONS, 0.25, dtype=np.float32)
    subject = message("hej", vector=pack(vector))
    SentenceVectorFeaturizer({"alias": None, "cache": False}, "vectors").process([subject])
    assert np.array_equal(subject.features[0].features[0], vector)


@pytest.mark.parametrize("vector", ["", "nonsense", 7, pack(np.zeros(3, dtype=np.float32))])
def test_a_vector_that_is_none_is_encoded_anew(vector: object) -> None:
    subject = message("hej", vector=vector)
    SentenceVectorFeaturizer({"alias": None, "cache": False}, "vectors").process([subject])
    assert np.allclose(subject.features[0].features[0], sentence_encoder().encode(["hej"])[0], atol=1e-5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("f.eks. kl. 14", ["f.eks.", "kl.", "14"]),
        ("kl.14.30", ["kl.", "14.30"]),
        ("d. 3. december", ["d.", "3.", "december"]),
        ("D.3. dec", ["D.", "3.", "dec"]),
        ("hej😊😊", ["hej", "😊", "😊"]),
        ("ikke?!", ["ikke", "?", "!"]),
    ],
)
def test_words_are_cut_as_danish_is_written(bench: Bench, text: str, words: list[str]) -> None:
    subject = bench.load(DanishTokenizer).process([message(text)])[0]
    assert [token.text for token in subject.get("text_tokens")] == words
    assert all(text[token.start : token.end] == token.text for token in subject.get("text_tokens"))


@pytest.mark.parametrize(
    ("kind", "config"),
    [
        (MisspeltCopies, {"copies": -1}),
        (MisspeltCopies, {"copies": 0.5}),
        (MisspeltCopies, {"fewest": -1}),
        (DanishNgramFeaturizer, {"characters": [5, 2]}),
        (DanishNgramFeaturizer, {"across": [0, 2]}),
        (DanishNgramFeaturizer, {"words": "1-2"}),
        (SentenceVectorFeaturizer, {"cache": "yes"}),
        (DanishIntentClassifier, {"C": 0}),
        (DanishIntentClassifier, {"copy_weight": 0}),
        (DanishIntentClassifier, {"calibration_folds": -1}),
        (AskInsteadOfGuess, {"threshold": 2}),
    ],
)
def test_a_wrong_setting_is_refused_by_name(kind: Any, config: dict[str, Any]) -> None:
    with pytest.raises(InvalidConfigException, match=next(iter(config))):
        kind.validate_config({**kind.get_default_config(), **config})


@pytest.mark.parametrize("kind", [kind for kind in PIPELINE if kind is not AskInsteadOfGuess])
def test_the_training_cache_sees_the_code_a_component_leans_on(kind: type[GraphComponent]) -> None:
    addon = kind.fingerprint_addon(kind.get_default_config())
    assert addon is not None
    assert len(addon) == 64


def test_each_utterance_has_its_misspelt_copy_which_says_whose_it_is() -> None:
    data = TrainingData([Message.build(text=REAL[0], intent="a"), Message.build(text=REAL[1], intent="b")])
    with_copies = MisspeltCopies({"copies": 2, "fewest": 0}).process_training_data(data)
    assert [one.get("text") for one in originals(with_copies.training_examples)] == REAL
    copies = [one for one in with_copies.training_examples if one.get(COPY_OF)]
    assert [(one.get(COPY_OF), one.get("intent")) for one in copies] == [(REAL[0], "a"), (REAL[1], "b")] * 2
    assert len({one.get("text") for one in copies} | set(REAL)) == 6
    assert len(data.training_examples) == 2


def test_an_intent_with_few_utterances_has_no_copies() -> None:
    told = [("a", text) for text in REAL[:2]] + [("b", "noget helt andet")]
    data = TrainingData([Message.build(text=text, intent=intent) for intent, text in told])
    with_copies = MisspeltCopies({"copies": 1, "fewest": 2}).process_training_data(data)
    assert [one.get("intent") for one in with_copies.training_examples if one.get(COPY_OF)] == ["a", "a"]


def test_without_copies_the_data_stays_as_it_is() -> None:
    data = TrainingData([Message.build(text=REAL[0], intent="a")])
    assert MisspeltCopies({"copies": 0, "fewest": 0}).process_training_data(data) is data


def test_a_copy_is_learnt_from_but_teaches_no_spelling(bench: Bench) -> None:
    examples = bench.data.training_examples
    assert len(examples) == 2 * len(originals(examples))
    model = bench.load(DanishIntentClassifier)._model
    assert model.seen.shape[0] == len(originals(examples))


@pytest.mark.parametrize("text", ["skjdhf ksjdhf", "qzx", "asdf qwer", "gfdgfd gfd"])
def test_what_is_no_word_is_asked_about_and_never_taken_for_a_yes(bench: Bench, text: str) -> None:
    assert bench.parse(message(text))[0].get("intent")["name"] == "nlu_fallback"


@pytest.mark.parametrize(("familiar", "intent"), [(0.1, "nlu_fallback"), (0.9, "chat_affirm")])
def test_what_is_hardly_made_of_words_is_asked_about_however_sure_the_rest_is(familiar: float, intent: str) -> None:
    sure = {"name": "chat_affirm", "confidence": 0.99}
    subject = Message(
        data={"text": "skjdhf", "intent": sure, "intent_ranking": [sure], "likeness": 1.0, "familiar": familiar}
    )
    AskInsteadOfGuess(AskInsteadOfGuess.get_default_config()).process([subject])
    assert subject.get("intent")["name"] == intent


def test_a_text_is_familiar_by_its_words_or_by_how_they_are_made() -> None:
    ngrams = Ngrams((2, 5), (1, 2), (3, 5)).fit([text for texts in EXAMPLES.values() for text in texts])
    assert ngrams.familiar("xqz sofaer") == 1.0
    assert ngrams.familiar("👍 14.30") == 1.0
    assert ngrams.familiar("sofasurferen") > 0.5
    assert ngrams.familiar("jfkdls") == 0.0
    assert ngrams.familiar("q") == 0.0
