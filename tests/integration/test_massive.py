"""The measurement on outside data: the very components of `config.yml`, trained on what a file holds."""

from pathlib import Path

import pytest
from rich.console import Console

from bot.benchmark.massive import MassiveError, measure_massive
from bot.training.components import Components
from bot.training.data import utterances

INTENTS = ("housing_deposit", "chat_greet", "money_debt")


def rows(intent: str) -> list[str]:
    return [one.text for one in utterances() if one.intent == intent]


def test_the_components_of_the_config_learn_from_texts_and_read_texts(tmp_path: Path) -> None:
    components = Components(tmp_path)
    known = [(text, intent) for intent in INTENTS for text in rows(intent)[5:]]
    components.train([text for text, _ in known], [intent for _, intent in known])
    asked = [(text, intent) for intent in INTENTS for text in rows(intent)[:5]]
    read = components.read([text for text, _ in asked])
    assert sum(one == intent for one, (_, intent) in zip(read, asked, strict=True)) >= 12


def test_a_file_is_measured_whole_and_with_few_of_each(tmp_path: Path) -> None:
    file = tmp_path / "massive.tsv"
    lines = [
        f"{'test' if place < 5 else 'train'}\t{intent}\t{text}\n"
        for intent in INTENTS
        for place, text in enumerate(rows(intent)[:30])
    ]
    file.write_text("partition\tintent\ttext\n" + "".join(lines), encoding="utf-8")
    console = Console(record=True, width=120)
    measure_massive(console, file)
    said = console.export_text()
    assert "20 an intent, mean" in said
    assert "75" in said


@pytest.mark.parametrize("content", ["", "one\ttwo\n", "dev\tintent\ttext\n"])
def test_a_file_that_is_none_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "other.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(MassiveError, match=r"other\.tsv"):
        measure_massive(Console(), file)
