import hashlib
import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "bot" / "web" / "static" / "vendor"
ROW = re.compile(
    r"^\| (?P<file>[\w.-]+) \| [\w.@/-]+ \| \d+\.\d+\.\d+ \| [\w./-]+ \| (?P<sha256>[0-9a-f]{64}) "
    r"\| [\w.-]+( AND [\w.-]+)* \|$"
)


def _rows() -> dict[str, str]:
    lines = (VENDOR / "VENDOR.md").read_text(encoding="utf-8").splitlines()
    found = (ROW.match(line) for line in lines)
    return {row["file"]: row["sha256"] for row in found if row}


def test_every_vendored_file_is_listed_with_version_hash_and_licence():
    assert set(_rows()) == {file.name for file in VENDOR.iterdir()} - {"VENDOR.md"}


@pytest.mark.parametrize("name", sorted(_rows()))
def test_a_vendored_file_is_the_one_that_was_published(name):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == _rows()[name]
