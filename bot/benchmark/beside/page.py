"""What `hjemad bench` found, as a page with its pictures in it, and as lines."""

import io
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from matplotlib.figure import Figure

from bot.benchmark.beside.claims import CLAIMS, Claim
from bot.benchmark.beside.measuring import Found

_PAGE = Path(__file__).with_name("page.html")
_TRIAL = '<p class="no">A trial: few messages, or few epochs. Its figures claim nothing.</p>'
WHOLE_EPOCHS = 100
_HELD = {True: "held", False: "NOT HELD"}


def write_page(
    file: Path, machine: Mapping[str, str], epochs: int, ours: Found, stock: Found, *, whole: bool
) -> Sequence[str]:
    """Writes it, and returns a line for each claim."""
    told = [(claim, *claim.told(ours, stock)) for claim in CLAIMS]
    rows = [
        [claim.name, f"{ratio:.2f}", f"{_bounded(claim)} {claim.bound:g}", _HELD[held]] for claim, ratio, held in told
    ]
    page = _PAGE.read_text(encoding="utf-8").format(
        epochs=epochs,
        warning="" if whole and epochs == WHOLE_EPOCHS else _TRIAL,
        claims=_table(["", "ratio", "claimed", ""], rows),
        figures=_table(["", "ours", "stock"], _figures(ours, stock)),
        pictures=_lines("people who write at once", "messages a second", ours.a_second, stock.a_second)
        + _lines("messages before it", "milliseconds of a message", _ms(ours.at_turn), _ms(stock.at_turn)),
        machine=_table(["", ""], [[name, said] for name, said in machine.items()]),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8")
    return [f"{held:8} {name}: {ratio}, claimed {bound}" for name, ratio, bound, held in rows]


def _bounded(claim: Claim) -> str:
    if claim.more:
        return "more than"
    return "at least" if claim.at_least else "at most"


def _figures(ours: Found, stock: Found) -> list[list[str]]:
    rows = [
        ["accuracy", *(f"{side.accuracy:.1%}" for side in (ours, stock))],
        ["messages that were answered at all", *(f"{side.answered:.0%}" for side in (ours, stock))],
        ["milliseconds a message", *(_with_spread(side.message, side.half, 1000, 0) for side in (ours, stock))],
        ["processor milliseconds a message, all processes", *(f"{side.work * 1000:.0f}" for side in (ours, stock))],
        ["MiB of the dialogue server", *(f"{side.memory:.0f}" for side in (ours, stock))],
        ["seconds until the first answer", *(f"{side.start:.1f}" for side in (ours, stock))],
        ["seconds of training", *(f"{side.training:.0f}" for side in (ours, stock))],
    ]
    rows += [
        [
            f"messages a second, {people} people",
            *(_with_spread(side.a_second[people], side.rounds[people]) for side in (ours, stock)),
        ]
        for people in ours.a_second
    ]
    rows += [
        [f"milliseconds after {place} messages", f"{seconds * 1000:.0f}", _ms_at(stock, place)]
        for place, seconds in ours.at_turn.items()
    ]
    return rows


def _with_spread(middle: float, around: Sequence[float], times: float = 1, digits: int = 1) -> str:
    low, found, high = (f"{value * times:.{digits}f}" for value in (min(around), middle, max(around)))
    return f"{found} ({low} to {high})"


def _ms_at(side: Found, place: int) -> str:
    return f"{side.at_turn[place] * 1000:.0f}" if place in side.at_turn else "not measured"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"<tr>{''.join(f'<th>{escape(cell)}</th>' for cell in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows]
    return f"<table>{''.join(lines)}</table>"


def _ms(seconds: Mapping[int, float]) -> Mapping[int, float]:
    return {place: second * 1000 for place, second in seconds.items()}


def _lines(across: str, up: str, ours: Mapping[int, float], stock: Mapping[int, float]) -> str:
    figure = Figure(figsize=(7, 3.5), layout="constrained")
    axes = figure.add_subplot()
    for name, found in (("Hjemad", ours), ("stock Rasa", stock)):
        axes.plot(list(found), list(found.values()), marker="o", label=name)
    axes.set(xlabel=across, ylabel=up, ylim=(0, None))
    axes.legend()
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg")
    return drawn.getvalue()[drawn.getvalue().index("<svg") :]
