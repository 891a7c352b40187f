"""Broken or careless training data is refused in words that tell where to mend it."""

from collections import Counter
from pathlib import Path

import pytest

from bot.language.encoder import sentence_encoder
from bot.nlu.vector_cache import encode_cached, vector_cache_file
from bot.training.data import check, check_all, domain_intents, plain, utterances
from bot.training.files import DataError, Example, read_examples, read_yaml
from bot.training.held_out import held_out
from bot.training.near_duplicates import near_duplicates

ENOUGH = [f"utterance number {number}" for number in range(12)]


def write(folder: Path, content: str, name: str = "chat.yml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def examples(intent: str, texts: list[str], file: str = "chat.yml") -> list[Example]:
    return [Example(text, intent, Path(file), line) for line, text in enumerate(texts, start=5)]


def fault(*arguments: object) -> str:
    with pytest.raises(DataError) as caught:
        check(*arguments)  # type: ignore[arg-type]
    return str(caught.value)


def test_the_shipped_data_is_sound() -> None:
    check_all()
    assert {example.intent for example in utterances()} == domain_intents()
    assert len(held_out().examples) >= 300


def test_every_intent_has_enough_utterances_and_held_out_messages() -> None:
    trained = Counter(example.intent for example in utterances())
    tested = Counter(example.intent for example in held_out().examples)
    assert min(trained.values()) >= 40
    assert sum(count >= 60 for count in trained.values()) >= 12
    assert min(tested.values()) >= 8
    assert len(held_out().elsewhere) >= 150


def test_no_utterance_says_what_another_says() -> None:
    known = utterances()
    vectors = encode_cached([one.text for one in known], sentence_encoder(), vector_cache_file())
    assert [str(pair) for pair in near_duplicates(known, vectors)] == []


def test_two_utterances_that_are_too_near_are_found() -> None:
    texts = [
        "hvor længe må jeg blive boende på herberget",
        "Hvor længe må jeg blive boende på herberget!",
        "kan jeg tage min hund med",
        "jeg skylder penge til en ven",
        "hvornår åbner borgerservice",
    ]
    known = examples("housing_shelter", texts)
    found = near_duplicates(known, sentence_encoder().encode(texts))
    assert {(pair.first.line, pair.second.line) for pair in found} == {(5, 6)}


def test_an_utterance_knows_its_file_and_line(tmp_path: Path) -> None:
    file = write(
        tmp_path, 'version: "3.1"\n\nnlu:\n- intent: chat_greet\n  examples: |\n    - hej\n\n    - "dav" sagde han\n'
    )
    assert read_examples([file]) == [
        Example("hej", "chat_greet", file, 6),
        Example('"dav" sagde han', "chat_greet", file, 8),
    ]


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("nlu:\n- intent: a\n  examples: |\n    - hej\n bad: [", 5, "expected"),
        ("nlu:\n\t- intent: a\n", 2, "cannot start any token"),
        ("nlu:\n- intent: a\n  examples: |\n    - hej\n    uden streg\n", 5, "begin with '- '"),
        ("nlu:\n- intent: a\n  examples: |\n    - hej\n- examples: |\n    - dav\n", 5, "needs `intent`"),
        ("nlu:\n- intent: a\n  examples:\n  - hej\n", 2, "examples: |"),
        ("responses:\n  utter_x: []\n", 1, "expected `nlu:`"),
        ("- hej\n", 1, "keys and values"),
    ],
)
def test_what_cannot_be_read_is_named_by_file_and_line(tmp_path: Path, content: str, line: int, what: str) -> None:
    file = write(tmp_path, content)
    with pytest.raises(DataError) as caught:
        read_examples([file])
    assert f"{file}, line {line}:" in str(caught.value)
    assert what in str(caught.value)


def test_a_file_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "chat.yml"
    file.write_bytes(b"nlu: \xff\xfe")
    with pytest.raises(DataError, match=r"chat\.yml"):
        read_yaml(file)


def test_broken_rules_stop_the_training_too(tmp_path: Path) -> None:
    write(tmp_path, "rules:\n- rule: a\n  steps: [", "data/rules/chat.yml")
    with pytest.raises(DataError, match=r"rules/chat\.yml, line 3"):
        check_all(tmp_path)


def test_good_data_passes() -> None:
    check(examples("chat_greet", ENOUGH), [], ["chat_greet"])


def test_an_intent_the_domain_lacks_is_refused() -> None:
    assert "chat.yml, line 5: intent chat_gret" in fault(examples("chat_gret", ENOUGH), [], [])


def test_a_message_held_out_under_an_intent_that_is_gone_is_refused() -> None:
    told = fault(examples("chat_greet", ENOUGH), examples("chat_old", ["dav"], "held_out.yml"), ["chat_greet"])
    assert told == "held_out.yml, line 5: intent chat_old stands in no domain file"


def test_a_thin_intent_is_refused() -> None:
    assert "chat_greet has 11 utterances" in fault(examples("chat_greet", ENOUGH[1:]), [], ["chat_greet"])


def test_an_intent_of_the_domain_without_utterances_is_refused() -> None:
    assert "chat_deny has 0 utterances" in fault(examples("chat_greet", ENOUGH), [], ["chat_greet", "chat_deny"])


def test_the_same_words_twice_are_refused_whatever_their_case_and_marks() -> None:
    twice = [
        *examples("chat_greet", [*ENOUGH, "Hej du!"]),
        *examples("chat_deny", ["hej, du"], "deny.yml"),
    ]
    told = fault(twice, [], ["chat_greet"])
    assert "deny.yml, line 5: 'hej, du' under chat_deny already stands in chat.yml, line 17 under chat_greet" in told


def test_a_held_out_message_must_not_be_trained_on() -> None:
    told = fault(examples("chat_greet", ENOUGH), examples("chat_greet", ["Utterance number 2?"]), ["chat_greet"])
    assert "chat.yml, line 7: 'utterance number 2' is held out" in told


def test_all_faults_are_told_at_once() -> None:
    told = fault(examples("chat_gret", ENOUGH[:3]), [], ["chat_greet"])
    assert len(told.splitlines()) == 3


@pytest.mark.parametrize(("text", "same"), [("Hej!", "hej"), ("??", "??"), ("👍", "👍"), (" a,b ", "a b")])
def test_only_marks_stay_marks(text: str, same: str) -> None:
    assert plain(text) == same


def test_an_intent_that_is_tested_and_no_longer_known_is_named() -> None:
    held = [*examples("crisis_suicide", ["jeg vil ikke mere", "jeg orker ikke"], "held_out.yml")]
    said = fault(examples("chat_greet", ENOUGH), held, ["chat_greet"])
    assert said == "held_out.yml, line 5: intent crisis_suicide stands in no domain file"


def test_danger_that_nobody_teaches_any_more_is_named() -> None:
    assert "crisis_suicide has 0 utterances" in fault(
        examples("chat_greet", ENOUGH), [], ["chat_greet", "crisis_suicide"]
    )
