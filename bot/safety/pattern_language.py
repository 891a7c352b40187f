import re
from collections.abc import Collection, Mapping
from functools import cache

from bot.language.normalise import fold, words
from bot.safety.pattern import Chain, Either, Gap, InOrder, OneOf, Pattern, Perhaps, Step, Together
from bot.safety.vocabulary import BIG_NUMBER

_SYMBOL = re.compile(r"<[^<>]*>|…|\.\.\.|[()|?~&]|[^\s()|?~&<>…]+|\S")
_GAPS = ("…", "...")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BEGINNING = re.compile(r"[^\W_]{2,}\*")
_ENDING = re.compile(r"\*[^\W_]{3,}")


class PatternSyntaxError(Exception):
    """A pattern cannot be read; the message says in Danish what is wrong with it."""


def read_pattern(text: str, lists: Mapping[str, Step]) -> Pattern:
    """The pattern that `text` writes in the language of data/safety/README.md. Raises PatternSyntaxError."""
    return _Reader(text, lists).pattern()


def read_phrase(text: str, lists: Mapping[str, Step]) -> Step:
    """The part of a pattern that `text` writes: one line of a list. Raises PatternSyntaxError."""
    pattern = read_pattern(text, lists)
    if not isinstance(pattern, InOrder) or pattern.not_before or pattern.not_after:
        raise PatternSyntaxError("»~« og »&« kan kun bruges i et mønster, ikke i en liste")
    return pattern.step


def either(options: Collection[Step]) -> Step:
    """One step for several; single words among them become one set, which is the quickest to look up."""
    single = frozenset[str]().union(*(option.words for option in options if isinstance(option, OneOf)))
    rest = [option for option in options if not isinstance(option, OneOf)]
    steps: list[Step] = [OneOf(single), *rest] if single else rest
    return steps[0] if len(steps) == 1 else Either(tuple(steps))


class _Reader:
    def __init__(self, text: str, lists: Mapping[str, Step]) -> None:
        self._symbols = _SYMBOL.findall(text)
        self._lists = lists

    def pattern(self) -> Pattern:
        pattern = self._together() if "&" in self._symbols else self._in_order()
        if self._symbols:
            raise PatternSyntaxError(self._left_over(self._symbols[0]))
        return pattern

    def _in_order(self) -> InOrder:
        not_before = self._forbidden()
        step = self._words()
        not_after = self._forbidden()
        if not_after and self._symbols:
            raise PatternSyntaxError(self._left_over("~"))
        return InOrder(step, not_before, not_after)

    def _together(self) -> Together:
        steps, absent = [self._words()], []
        while self._next() == "&":
            self._symbols.pop(0)
            forbidden = self._forbidden()
            if forbidden:
                absent.append(forbidden)
            else:
                steps.append(self._words())
        return Together(tuple(steps), tuple(absent))

    def _words(self) -> Step:
        steps = self._steps()
        if not steps or isinstance(steps[0], Gap) or isinstance(steps[-1], Gap):
            raise PatternSyntaxError("et mønster skal begynde og ende med et ord, ikke med »…«")
        step = _chain(steps)
        if not step.needs():
            raise PatternSyntaxError("der skal være mindst ét ord, som ikke kan udelades")
        return step

    def _forbidden(self) -> Step | None:
        if self._next() != "~":
            return None
        self._symbols.pop(0)
        if self._next() in ("", "~", "|", ")", "?", "&", *_GAPS):
            raise PatternSyntaxError("efter »~« skal der stå et ord, en parentes eller en liste")
        return self._step()

    def _steps(self) -> list[Step]:
        steps: list[Step] = []
        while self._next() not in ("", "|", ")", "~", "?", "&"):
            step = self._step()
            if self._next() == "?":
                self._symbols.pop(0)
                step = Perhaps(step)
            steps.append(step)
        return steps

    def _step(self) -> Step:
        symbol = self._symbols.pop(0)
        if symbol in _GAPS:
            return Gap()
        if symbol == "(":
            return self._group()
        if symbol.startswith("<"):
            return self._list(symbol)
        return _word(symbol)

    def _group(self) -> Step:
        options = [self._option()]
        while self._next() == "|":
            self._symbols.pop(0)
            options.append(self._option())
        if self._next() != ")":
            raise PatternSyntaxError("parentesen bliver ikke lukket med »)«")
        self._symbols.pop(0)
        return either(options)

    def _option(self) -> Step:
        if self._next() in ("|", ")"):
            raise PatternSyntaxError("der mangler et ord i parentesen; skriv (a|b)? når det kan udelades")
        return _chain(self._steps())

    def _list(self, symbol: str) -> Step:
        name = symbol.strip("<>")
        if name not in self._lists:
            raise PatternSyntaxError(f"listen <{name}> findes ikke i words.yml (eller står længere nede)")
        return self._lists[name]

    def _next(self) -> str:
        return self._symbols[0] if self._symbols else ""

    def _left_over(self, symbol: str) -> str:
        if symbol == "~":
            return "»~« kan kun stå først eller sidst i et mønster, eller efter »&«"
        return f"»{symbol}« står et sted, hvor det ikke giver mening"


def _chain(steps: list[Step]) -> Step:
    return steps[0] if len(steps) == 1 else Chain(tuple(steps))


@cache
def _word(symbol: str) -> Step:
    # The same words stand in thousands of patterns.
    if symbol == BIG_NUMBER:
        return OneOf(frozenset({BIG_NUMBER}))
    if _BEGINNING.fullmatch(symbol):
        return OneOf(frozenset({fold(symbol[:-1]) + "*"}))
    if _ENDING.fullmatch(symbol):
        return OneOf(frozenset({"*" + fold(symbol[1:])}))
    if not _WORD.fullmatch(symbol):
        raise PatternSyntaxError(
            f"»{symbol}« er ikke et ord af bogstaver og tal, evt. med * efter mindst to eller før mindst tre"
        )
    return _chain([OneOf(frozenset({word.text})) for word in words(symbol)])
