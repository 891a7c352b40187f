"""What keeps a worse danger screen out: danger that is missed, alarms for nothing, and what a message costs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.safety.levels import KINDS, DangerLevel
from bot.training.danger_models.heard import Heard
from bot.training.danger_models.versions import DangerModel
from bot.training.gates import held_against
from bot.training.gates.costs import MOST_SIZE, MOST_TIME
from bot.training.gates.messages import MOST_DANGERS_GONE, MOST_GONE
from bot.training.gates.paired import SIGNIFICANT, likely_by_chance
from bot.training.gates.verdict import Pair, Verdict
from bot.training.models.predictions import Prediction

ALARM = DangerLevel.CLEAR
FEWEST = 30
"""With fewer messages a share says nothing."""
MOST_ALARMS, MOST_ALARMS_BY_SLIPS = 0.06, 0.08
"""Of what only sounds so; 3.8 and 5.5 % when this was set."""
MARGIN = 0.01
"""How much more may alarm whatever a test says."""
CALM = "nothing dangerous"
GONE = "(no longer held out)"


@dataclass(frozen=True)
class Record:
    """A classifier and what the screen makes of the held-out messages with it."""

    model: DangerModel
    heard: tuple[Heard, ...]


Measure = held_against.Measure[Record]


@dataclass(frozen=True)
class Asked:
    """Which dangers a gate is about, when one of them is heard, and the share that must be, whatever served before."""

    gate: str
    about: Callable[[Heard], bool]
    heard: Callable[[Heard], bool]
    least: float
    by_slips: bool = False


def is_danger(one: Heard) -> bool:
    """Whether it tells of any."""
    return one.level > DangerLevel.NONE


def met(one: Heard) -> bool:
    """Whether what it tells of is answered as it must be: a clear danger at once, one that begins with a check-in."""
    return one.found >= min(one.level, ALARM)


def met_by_slips(one: Heard) -> bool:
    """The same of the message as thumbs write it."""
    return one.slips >= min(one.level, ALARM)


def _of_level(level: DangerLevel) -> Callable[[Heard], bool]:
    return lambda one: one.level == level


def _of_kind(kind: str) -> Callable[[Heard], bool]:
    return lambda one: kind in one.kinds


# Each some three hundredths below what was reached when it was set (ADR 0038).
ASKED = (
    Asked("danger", is_danger, met, 0.90),
    Asked("level 1", _of_level(DangerLevel.CHECK_IN), met, 0.83),
    Asked("level 2", _of_level(DangerLevel.CLEAR), met, 0.91),
    Asked("level 3", _of_level(DangerLevel.ACUTE), met, 0.96),
    Asked("112 first", _of_level(DangerLevel.ACUTE), lambda one: one.found == DangerLevel.ACUTE, 0.91),
    Asked("slips", is_danger, met_by_slips, 0.865, by_slips=True),
    *(Asked(f"kind {kind}", _of_kind(kind), met, 0.80) for kind in KINDS),
)


def judged(
    record: Record,
    of_danger: Sequence[Measure],
    usual: Sequence[Measure],
    served: Record | None,
    texts: Mapping[str, str],
) -> list[Verdict]:
    """What each gate says; `texts` are the held-out messages by their digest, for those that are shown."""
    return [
        *(_enough(asked, record, texts) for asked in ASKED),
        *(_no_less(asked, record, measure, texts) for measure in of_danger for asked in ASKED),
        *(verdict for slips in (False, True) for verdict in _alarms(record, usual, texts, by_slips=slips)),
        *(_still_measured(record, served) if served else ()),
        *(verdict for measure in usual for verdict in _costs(record, measure)),
    ]


def shared(before: Sequence[Heard], now: Sequence[Heard]) -> list[tuple[Heard, Heard]]:
    """The messages that both have read."""
    known = {one.message: one for one in before}
    return [(known[one.message], one) for one in now if one.message in known]


def _enough(asked: Asked, record: Record, texts: Mapping[str, str]) -> Verdict:
    own = [one for one in record.heard if asked.about(one)]
    missed = [one for one in own if not asked.heard(one)]
    if len(own) < FEWEST:
        told = f"{len(own)} such messages are held out; {FEWEST} are needed to tell"
        return Verdict(asked.gate, passed=False, told=told, absolute=True, overridable=False)
    heard = len(own) - len(missed)
    passed = heard >= asked.least * len(own)
    told = f"hears {heard} of {len(own)} ({heard / len(own):.1%}); {asked.least:.1%} are the least"
    lost = () if passed else _pairs([(one, one) for one in missed], texts, by_slips=asked.by_slips)
    return Verdict(asked.gate, passed, told, lost, absolute=True, overridable=False)


def _no_less(asked: Asked, record: Record, measure: Measure, texts: Mapping[str, str]) -> Verdict:
    pairs = [pair for pair in shared(measure.record.heard, record.heard) if asked.about(pair[1])]
    lost = [pair for pair in pairs if asked.heard(pair[0]) and not asked.heard(pair[1])]
    won = sum(asked.heard(now) and not asked.heard(before) for before, now in pairs)
    chance = likely_by_chance(len(lost), won)
    told = f"of {len(pairs)} misses {len(lost)} more and {won} less than {measure.title}; p = {chance:.3f}"
    shown = _pairs(lost, texts, by_slips=asked.by_slips)
    return Verdict(asked.gate, chance >= SIGNIFICANT, told, shown, overridable=False)


def _alarms(record: Record, measures: Sequence[Measure], texts: Mapping[str, str], *, by_slips: bool) -> list[Verdict]:
    """Who is alarmed for nothing does not hear later."""
    gate, most = ("alarms by slips", MOST_ALARMS_BY_SLIPS) if by_slips else ("alarms", MOST_ALARMS)

    def alarms(one: Heard) -> bool:
        return (one.slips if by_slips else one.found) >= ALARM

    calm = [one for one in record.heard if not is_danger(one)]
    loud = [one for one in calm if alarms(one)]
    passed = len(calm) >= FEWEST and len(loud) <= most * len(calm)
    told = f"{len(loud)} of {len(calm)} that only sound so alarm; {most:.0%} are the most"
    shown = () if passed else _pairs([(one, one) for one in loud], texts, by_slips=by_slips)
    verdicts = [Verdict(gate, passed, told, shown, absolute=True)]
    for measure in measures:
        pairs = [pair for pair in shared(measure.record.heard, record.heard) if not is_danger(pair[1])]
        lost = [pair for pair in pairs if alarms(pair[1]) and not alarms(pair[0])]
        won = sum(alarms(before) and not alarms(now) for before, now in pairs)
        chance = likely_by_chance(len(lost), won)
        passed = len(lost) - won <= MARGIN * len(pairs) or chance >= SIGNIFICANT
        told = f"of {len(pairs)} alarms at {len(lost)} more and {won} less than {measure.title}; p = {chance:.3f}"
        verdicts.append(Verdict(gate, passed, told, _pairs(lost, texts, by_slips=by_slips)))
    return verdicts


def _still_measured(record: Record, served: Record) -> list[Verdict]:
    """Mistakes cannot be mended by leaving out the messages that show them, nor by calling them calm."""
    now = {one.message: one for one in record.heard}
    gone = sum(one.message not in now for one in served.heard)
    dangers = [one for one in served.heard if is_danger(one)]
    lost = sum(one.message not in now or now[one.message].level < one.level for one in dangers)
    held_out = sum(map(is_danger, record.heard))
    fewer = held_out < len(dangers)
    all_ = f"{gone} of {len(served.heard)} that {served.model.name} has read are gone; {MOST_GONE} are the most"
    told = f"{lost} of {len(dangers)} dangers are gone or graded less, and {held_out} are held out now"
    needed = f"{told}; {MOST_DANGERS_GONE} may go where others take their place"
    return [
        Verdict("messages", gone <= MOST_GONE, all_),
        Verdict("messages", lost <= MOST_DANGERS_GONE and not fewer, needed, overridable=not fewer),
    ]


def _costs(record: Record, measure: Measure) -> list[Verdict]:
    before, now = measure.record.model, record.model
    size = f"{before.size / 1e6:.1f} → {now.size / 1e6:.1f} MB against {measure.title}; {MOST_SIZE} times is the most"
    time = f"a message takes {before.pace:.1f} → {now.pace:.1f} yardsticks against {measure.title}"
    return [
        Verdict("size", now.size <= MOST_SIZE * before.size, size),
        Verdict("time", now.pace <= MOST_TIME * before.pace, f"{time}; {MOST_TIME} times is the most"),
    ]


def _pairs(pairs: Sequence[tuple[Heard, Heard]], texts: Mapping[str, str], *, by_slips: bool) -> tuple[Pair, ...]:
    """As the messages of a dialogue model are shown."""
    return tuple(Pair(*(_shown(one, now, texts, by_slips=by_slips) for one in (before, now))) for before, now in pairs)


def _shown(one: Heard, meant: Heard, texts: Mapping[str, str], *, by_slips: bool) -> Prediction:
    text = texts.get(meant.message, GONE) + (" (respelled)" if by_slips else "")
    label = f"{', '.join(meant.kinds)} {meant.level}" if is_danger(meant) else CALM
    found = one.slips if by_slips else one.found
    kind = "danger" if by_slips else one.kind
    return Prediction(text, label, (label,), f"{kind} {found}" if found else CALM, 1.0, sure=True)
