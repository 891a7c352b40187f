"""Codes of one time are those of RFC 6238, as every app makes them."""

import base64
import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from bot.web.desk.one_time_codes import (
    RECOVERY_CODES,
    RECOVERY_DIGITS,
    in_fours,
    new_key,
    new_recovery_codes,
    picture_for,
    step_of,
    typed,
)

OF_THE_RFC = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_of_the_rfc_fit_at_their_time_and_half_a_minute_around(seconds: int, code: str) -> None:
    found = {
        late: step_of(OF_THE_RFC, code, datetime.fromtimestamp(seconds + late, UTC)) for late in (-60, -30, 0, 30, 60)
    }
    step = seconds // 30
    assert found == {-60: None, -30: step, 0: step, 30: step, 60: None}


@pytest.mark.parametrize("wrong", ["", "28708", "2870821", "287083", "abcdef"])
def test_anything_else_fits_never(wrong: str) -> None:
    assert step_of(OF_THE_RFC, wrong, datetime.fromtimestamp(59, UTC)) is None


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("287 082", "287082"),
        (" 1234-5678-9012 ", "123456789012"),
        ("28708x", ""),
        ("\N{ARABIC-INDIC DIGIT TWO}87082", ""),
        ("\N{SUPERSCRIPT TWO}87082", ""),
        ("", ""),
    ],
)
def test_what_people_put_between_the_digits_is_left_out(given: str, read: str) -> None:
    assert typed(given) == read


def test_keys_and_codes_for_an_emergency_are_never_the_same() -> None:
    keys = {new_key() for _ in range(20)}
    codes = {code for _ in range(20) for code in new_recovery_codes()}
    assert (len(keys), len(codes)) == (20, 20 * RECOVERY_CODES)
    assert all(re.fullmatch(r"[A-Z2-7]{32}", key) for key in keys)
    assert all(typed(in_fours(code)) == code and len(code) == RECOVERY_DIGITS for code in codes)


def test_the_picture_is_drawn_and_neither_runs_nor_loads_anything() -> None:
    picture = ET.fromstring(picture_for(new_key(), 'anna"><script>@horsens.example'))
    kinds = {element.tag.rpartition("}")[2] for element in picture.iter()}
    names = {name.rpartition("}")[2] for element in picture.iter() for name in element.attrib}
    assert kinds == {"svg", "g", "path"}
    assert names <= {"viewBox", "class", "transform", "stroke", "fill", "d"}
