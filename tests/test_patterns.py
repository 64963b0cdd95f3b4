"""No pattern of the tool takes for ever, whatever text it is given."""

import signal
import subprocess
import sys

import pytest

from tests.patterns import Found, _stop, all_patterns, slow
from tests.support import ROOT


def test_no_pattern_takes_for_ever() -> None:
    """In a program of its own, so that a pattern that hangs fails."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.patterns"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=1_200,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == f"{len(all_patterns())} patterns\n"


def test_patterns_are_found_wherever_they_stand() -> None:
    places = " ".join(found.place for found in all_patterns())
    for place in ("dialects/tws/__init__.py", "azkaban/conditions.py", "cli/package.py"):
        assert place in places
    for place in ("tws.lark STRING", "jil.lark HEADER", "runtime/masking.py"):
        assert place in places


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(?:\s|^[ \t]*\#[^\n]*|^\*[^\n]*|<<[^>]*>>)*(?:schedule[ \t]+\S+)", "match"),
        (r"(?:a+)+:", "match"),
        (r"\s+\Z", "finditer"),
        (r"\d+\.?\d*", "fullmatch"),
        (r"begin\s*(?:x\b)?\s*:", "match"),
        (r'"(?:[^"\\]|\\.)*"', "finditer"),
    ],
)
def test_the_measure_sees_a_bad_pattern(pattern: str, method: str) -> None:
    before = signal.signal(signal.SIGPROF, _stop)
    try:
        assert slow(Found("here", pattern, 8, (method,))) is not None
    finally:
        signal.signal(signal.SIGPROF, before)
