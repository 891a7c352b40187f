"""The files of municipalities: all that is wrong is told at once, and colours and words are what everybody can read."""

from pathlib import Path

import pytest

from bot.municipality.colours import BEHIND, LEAST_CONTRAST, contrast
from bot.municipality.town_file import KEYS
from bot.municipality.towns import TOWNS, MunicipalityError, load_municipalities, load_municipality

INVENTED = TOWNS.with_name("invented")
SHIPPED = (INVENTED / "havnoe.yml").read_text(encoding="utf-8")
COLOURS = 'colours: {main: "#1d4e89", main_dark: "#9cc3f0"}'
WELCOME = "  danish: Vi bor på en ø, så vi ringer gerne. Du kan også få besøg."
PAGES = 'frame_ancestors: ["https://www.havnoe.invalid"]'


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in SHIPPED
    file = folder / "by.yml"
    file.write_text(SHIPPED.replace(old, new), encoding="utf-8")
    return file


def test_three_quite_different_towns_come_with_it_and_all_are_invented() -> None:
    towns = {**load_municipalities(TOWNS), **load_municipalities(INVENTED)}
    assert set(towns) == {"eksempel", "havnoe", "lyngsted"}
    assert all(town.invented for town in towns.values())
    assert len({len(town.agents) for town in towns.values()} | {0}) >= 3
    for read in ("rules", "staffed", "keeping", "frame_ancestors", "colours", "welcome"):
        assert len({repr(getattr(town, read)) for town in towns.values()}) == 3, read
    for file in (*TOWNS.glob("*.yml"), *INVENTED.glob("*.yml")):
        told = "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
        assert "phone:" not in told.replace("phone: {minutes", ""), "an invented town has no number to call"


def test_all_that_is_wrong_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "by.yml"
    text = SHIPPED.replace("notice_hours: 24", "notice_hours: et døgn").replace("colours:", "colors:")
    file.write_text(text.replace("13:00-17:00", "17:00-13:00").replace("name: Havnø Kommune\n", ""), encoding="utf-8")
    with pytest.raises(MunicipalityError) as refused:
        load_municipality(file)
    told = str(refused.value).splitlines()
    assert told[0] == f"{file}: 4 faults"
    lines = text.replace("name: Havnø Kommune\n", "").splitlines()
    for key, fault in {
        "notice_hours": "notice_hours: 'et døgn' is no number from 0 to 336",
        "agents": "17:00-13:00",
        "colors": "colors: there is no such key; is colours meant?",
    }.items():
        number = next(at for at, line in enumerate(lines, start=1) if line.startswith(f"{key}:"))
        assert any(f"line {number}, " in line and fault in line for line in told), (key, told)
    assert "name: is missing" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (COLOURS, 'colours: {main: "#9cc3f0", main_dark: "#9cc3f0"}', "main: #9cc3f0 has a contrast of 1.8 to #ffffff"),
        (COLOURS, 'colours: {main: "#1d4e89", main_dark: "#1d4e89"}', "take a lighter one"),
        (COLOURS, 'colours: {main: "blue", main_dark: "#9cc3f0"}', "'blue' is no colour such as '#1d5a4b'"),
        (COLOURS, 'colours: {main: "#1d4e89; }", main_dark: "#9cc3f0"}', "is no colour such as"),
        (COLOURS, 'colours: {main: "#1d4e89"}', "is not one of `main` and one of `main_dark`"),
        (COLOURS, "colours: #1d4e89", None),
        (WELCOME, "  danish: Ring til os på 12 34 56 78.", "a number in"),
        (WELCOME, "  danish: Hej <b>du</b>.", "a line break or a bracket"),
        (WELCOME, "  danish: Vi lover dig en bolig.", "may not be said"),
        (WELCOME, "  danish: Boligsocialhandlingsplanskoordinatorerne myndighedsbehandler henvendelser.", "LIX"),
        (WELCOME, "  danish: " + "vi er her " * 11, "33 words"),
        (WELCOME, "  dansk: Hej.", "needs danish"),
        (PAGES, 'frame_ancestors: ["http://www.by.dk"]', "is no page such as 'https://www.by.dk'"),
        (PAGES, 'frame_ancestors: ["https://www.by.dk/side"]', "is no page such as"),
        (PAGES, 'frame_ancestors: ["https://*.dk; script-src *"]', "is no page such as"),
        (PAGES, "frame_ancestors: https://www.by.dk", "is no list of pages"),
        ("horizon_days: 42", "horizon_days: 4000", "4000 is no number from 1 to 366"),
        (PAGES, 'frame_ancestors: ["https://www.havnø.dk"]', "(xn--…)"),
        (PAGES, 'frame_ancestors: ["https://nogen@www.by.dk"]', "is no page such as"),
        (PAGES, 'frame_ancestors: ["https://www.by.dk:port"]', "is no page such as"),
        ("horizon_days: 42", "horizon_days: true", "True is no number"),
        ("{minutes: 45,", "{minutes: 1000000000000,", "no number of minutes from 1 to 1440"),
        ("pause_minutes: 15", "pause_minuts: 15", "pause_minuts: there is no such key; is pause_minutes meant?"),
        ("talks_a_day: 4", "talk_a_day: 4", "talk_a_day: there is no such key; is talks_a_day meant?"),
        ("talks_a_day: 4", "talks_a_day: 5000000000", "5000000000 is no number from 1 to 100"),
        ("phone: {minutes: 30,", "chat: 30\n  phone: {minutes: 30,", "30 has no keys such as `minutes: …`"),
        ('closed: ["05-01", "06-05", "12-23", "12-24", "12-31"]', "closed: {}", "{} is no list of days"),
        ("learns: false", "on_call: vagt@by.dk", "'vagt@by.dk' has no keys such as `email: …`"),
        ("phone: {minutes: 30,", "telefon: {minutes: 30,", "'telefon' is not one of"),
        ("phone: {minutes: 30,", 'phone: {minutes: "30",', "'30' is no number of minutes"),
        ('  torsdag: ["10:00-17:00"]', '  thursday: ["10:00-17:00"]', "'thursday' is no weekday"),
        ("name: Havnø Kommune", "name: 7", "7 is no name"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_would_be_right(
    tmp_path: Path, old: str, new: str, told: str | None
) -> None:
    file = changed(tmp_path, old, new)
    if told is None:
        assert load_municipality(file).colours is None, "to YAML what follows the sign is a remark"
        return
    with pytest.raises(MunicipalityError) as refused:
        load_municipality(file)
    assert told in str(refused.value)
    assert str(refused.value).startswith(f"{file}, line ")


@pytest.mark.parametrize(
    "text",
    [
        *("", "- 1\n- 2\n", "name: [", "name: \x00", "tonight:\n- confirmed: 2026-02-30\n"),
        *("name: " + "[" * 3000 + "]" * 3000, "name: &a {a: *a}\n", "name: a\n? [b]\n: c\n"),
    ],
)
def test_what_is_no_such_file_is_told_with_its_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "by.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MunicipalityError, match=r"by\.yml"):
        load_municipality(file)


def test_a_key_that_stands_twice_is_not_read_as_the_last(tmp_path: Path) -> None:
    file = changed(tmp_path, "talks_a_day: 4", "talks_a_day: 4\n    talks_a_day: 8")
    line = file.read_text(encoding="utf-8").splitlines().index("    talks_a_day: 8") + 1
    with pytest.raises(MunicipalityError, match=f"line {line}, talks_a_day: stands there twice"):
        load_municipality(file)


def test_a_folder_that_is_not_there_is_no_installation_without_municipalities(tmp_path: Path) -> None:
    with pytest.raises(MunicipalityError, match="HJEMAD_TOWNS"):
        load_municipalities(tmp_path / "none")


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_what_is_written_on_a_button_can_be_read_as_well() -> None:
    for town in load_municipalities(INVENTED).values():
        if town.colours:
            assert contrast(town.colours.main, town.colours.on_main) >= LEAST_CONTRAST
            assert contrast(town.colours.main_dark, town.colours.on_main_dark) >= LEAST_CONTRAST


def test_what_stands_behind_a_colour_is_what_the_pages_have() -> None:
    sheet = (TOWNS.parents[1] / "web" / "static" / "base.css").read_text(encoding="utf-8")
    for colour in {colour for behind in BEHIND.values() for colour in behind}:
        assert colour in sheet


def test_every_key_is_explained_in_the_file_to_begin_with() -> None:
    text = (TOWNS / "eksempel.yml").read_text(encoding="utf-8")
    assert [key for key in KEYS if f"{key}:" not in text] == []
