"""What the coverage-guided fuzzer has found stays mended: see tests/fuzz/__main__.py."""

from pathlib import Path

import pytest

from tests.fuzz.target import convert
from transpile.dialects import DIALECTS

FOUND = sorted((Path(__file__).parent / "fuzz" / "found").glob("*-*"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_found_by_the_fuzzer(path: Path) -> None:
    convert(path.name.partition("-")[0], path.read_bytes())


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\n" * 1000])
def test_next_to_nothing(dialect: str, data: bytes) -> None:
    convert(dialect, data)
