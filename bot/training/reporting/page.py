"""The report on a model as one page of HTML: nothing of it is fetched from elsewhere, and it runs no script."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.casework.meanings import CRISIS
from bot.training.files import DataError
from bot.training.gates.judging import judged
from bot.training.gates.verdict import Record, Verdict
from bot.training.measures import measures_for, record_of
from bot.training.models.errors import ModelError
from bot.training.models.predictions import Prediction, predictions_of
from bot.training.models.service import current
from bot.training.models.trained import TrainedModel, beside
from bot.training.models.writing import write_whole
from bot.training.reporting.calibration import calibration
from bot.training.reporting.difference import Difference, difference
from bot.training.reporting.real import measure_anew, real_of
from bot.training.reporting.served import Served, served
from bot.training.reporting.topics import Topic, confusion, topics, worst_pairs

PAIRS, MESSAGES_A_PAIR, CHANGED = 12, 4, 60
DANGER = CRISIS.removesuffix("_")

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


Found = TypeVar("Found")
Row = tuple[str, float, float | None, str]
"""A bar of a picture: its words, its share, the share before, and what is told at its end."""


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _row_of_topic(topic: Topic, before: Mapping[str, float]) -> Row:
    return topic.name, topic.f1, before.get(topic.name), f"{topic.f1:.3f}"


def _row_of_served(one: Served) -> Row:
    return one.name, one.accuracy, None, _percent(one.accuracy)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


_environment.filters |= {
    "percent": _percent,
    "row_of_topic": _row_of_topic,
    "row_of_served": _row_of_served,
    "megabytes": _megabytes,
}


def _or_told(remarks: list[str], find: Callable[[], Found]) -> Found | None:
    try:
        return find()
    except (ModelError, DataError) as error:
        remarks.append(str(error))
        return None


def write_page(model: TrainedModel, other: TrainedModel | None = None, *, anew: bool = False) -> Path:
    """Writes the page beside the model, held against `other` or the one in service; returns its file.

    `anew`: both read first what people wrote that has come since, for some ten seconds each, where anything has.
    Raises ModelError where what was kept of this model cannot be read or the page not be written; what cannot be read
    beside that is told on the page.
    """
    record, remarks = record_of(model), list[str]()
    another = other or _or_told(remarks, lambda: current(model.archive.parent))
    if another and another.name == model.name:
        another = None
    for one in filter(None, (model, another) if anew else ()):
        _or_told(remarks, partial(measure_anew, one))
    before = _or_told(remarks, lambda: predictions_of(another)) if another else None
    compared = None if before is None else difference(before, record.predictions)
    verdicts = _or_told(remarks, lambda: _verdicts(record, remarks)) or ()
    file = beside(model.archive, ".html")
    write_whole(file, render(model, record.predictions, another, compared, verdicts, remarks))
    return file


def render(
    model: TrainedModel,
    predictions: Sequence[Prediction],
    other: TrainedModel | None,
    compared: Difference | None,
    verdicts: Sequence[Verdict] = (),
    remarks: Sequence[str] = (),
) -> str:
    """The page as HTML; what the models made of what people really wrote is read where it is kept."""
    by_topic, told = topics(predictions), list(remarks)
    in_order = _or_told(told, lambda: served(model.archive.parent)) or ()
    return _environment.get_template("report.html").render(
        model=model,
        messages=sum(topic.messages for topic in by_topic),
        real=_or_told(told, lambda: real_of(model)),
        real_before=_or_told(told, lambda: real_of(other)) if other else None,
        topics=by_topic,
        danger=next((topic for topic in by_topic if topic.name == DANGER), None),
        verdicts=verdicts,
        confusion=confusion(predictions),
        pairs=worst_pairs(predictions, PAIRS),
        messages_a_pair=MESSAGES_A_PAIR,
        bins=calibration(predictions),
        other=other,
        difference=compared,
        changed=CHANGED,
        served=in_order,
        remarks=dict.fromkeys(told),
    )


def _verdicts(record: Record, remarks: list[str]) -> Sequence[Verdict]:
    measures = measures_for(record.model.archive.parent, record)
    remarks += measures.remarks
    return judged(record, measures.usual, measures.of_danger, measures.served)
