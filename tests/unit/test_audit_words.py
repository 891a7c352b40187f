"""Every deed that the code notes has Danish words: the deeds are found in the code, a new one by itself."""

import ast
from collections.abc import Iterator

import pytest

from bot.casework.bookings import BookingStatus
from bot.casework.journal import TAKEN
from bot.casework.readers import READ_BY
from bot.casework.reports import REPORT
from bot.casework.rights import Right, Role
from bot.settings import ROOT
from bot.web.desk.audit_words import DEEDS, RIGHTS, About, Deed, deed
from bot.web.desk.models_view import KINDS
from bot.web.desk.spreadsheet import FORMULAS, as_text, spreadsheet

NOTING = {"note": 1, "note_by_operator": 1}
# What is no word in the code, and all that it can be.
COMPUTED = {
    "bot/conversation/desk.py action": {"open", *READ_BY},
    "bot/conversation/desk.py READ_REASONS": {"read_reasons"},
    "bot/conversation/desk_journal.py f'{TAKEN}:{len(taken.messages)}'": {TAKEN},
    "bot/conversation/desk_journal.py REPORT": {REPORT},
    "bot/conversation/desk_journal.py action": set(READ_BY),
    "bot/conversation/desk_notes.py 'strike_note' if text is None else 'correct_note'": {"strike_note", "correct_note"},
    "bot/conversation/desk_talks.py f'talk_{outcome}'": {
        f"talk_{status}" for status in (BookingStatus.MET, BookingStatus.MISSED)
    },
    "bot/conversation/staff_roles.py f'{verb}_{role}'": {
        f"{verb}_{role}" for verb in ("give", "take") for role in Role
    },
    **{
        f"bot/review/reviewing.py '{deed}_by_command' if by_command else '{deed}'": {deed, f"{deed}_by_command"}
        for deed in ("decide_group", "split_group")
    },
    "bot/web/desk/ordering.py f'order_{kind}'": {f"order_{kind}" for kind in KINDS},
    **{
        f"bot/review/undoing.py '{deed}_by_command' if by_command else '{deed}'": {deed, f"{deed}_by_command"}
        for deed in ("ask_undo", "undo_group")
    },
    "bot/web/desk/audit.py deed": {"read_audit", "download_audit"},
    "bot/web/desk/story_orders.py DEEDS[kind]": {"check_story", "add_story"},
}


def noted_in_the_code() -> Iterator[tuple[str, ast.expr]]:
    """The file, and what is noted there."""
    for file in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_of_people(node.func):
                yield str(file.relative_to(ROOT)), node.args[NOTING[node.func.attr]]


def _is_of_people(function: ast.Attribute) -> bool:
    return function.attr in NOTING and ast.unparse(function.value).endswith("people")


def test_every_deed_that_is_noted_has_words() -> None:
    found = list(noted_in_the_code())
    assert len(found) >= 30
    said = {what.value for _, what in found if isinstance(what, ast.Constant)}
    computed = {f"{file} {ast.unparse(what)}" for file, what in found if not isinstance(what, ast.Constant)}
    assert computed == set(COMPUTED)
    assert set(DEEDS) == said.union(*COMPUTED.values())


def test_no_two_deeds_are_told_alike_and_every_right_has_words() -> None:
    assert len({one.words for one in DEEDS.values()}) == len(DEEDS)
    assert set(RIGHTS) == set(Right)


def test_a_deed_of_another_version_is_told_by_its_name() -> None:
    assert deed("something_new").words == "something_new"
    assert deed("journal:3") == Deed("Tog beskeder med til journalen (3)", About.CONVERSATION)


@pytest.mark.parametrize("formula", [f"{sign}1+1" for sign in FORMULAS] + ["  =1+1", "\N{NO-BREAK SPACE}@x"])
def test_what_a_spreadsheet_would_reckon_is_text(formula: str) -> None:
    assert as_text(formula) == f"'{formula}"


def test_what_is_none_stays_as_it_is() -> None:
    assert [as_text(cell) for cell in ("Anna", "kl. 12", "", "a=b")] == ["Anna", "kl. 12", "", "a=b"]
    assert spreadsheet(("A", "B"), [('x;"y"', "=z")]) == '\N{ZERO WIDTH NO-BREAK SPACE}A;B\r\n"x;""y""";\'=z\r\n'
