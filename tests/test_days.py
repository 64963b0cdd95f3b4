"""Engines over days: the runs that follow from a source text, by the rules of its documents."""

import pytest

from tests.day_cases import DayCase, read_cases, write_cases
from tests.support import ROOT

FILES = sorted((ROOT / "tests" / "days").glob("*.txt"))


def cases() -> list[object]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case.title}")
        for path in FILES
        for case in read_cases(path)
    ]


@pytest.mark.parametrize(("dialect", "case"), cases())
def test_runs(dialect: str, case: DayCase, *, update: bool) -> None:
    if update:
        pytest.skip("the files are written anew")
    assert case.lines(case.play(dialect)) == case.expected


def test_update(*, update: bool) -> None:
    if not update:
        pytest.skip("run with --update to write the files anew")
    for path in FILES:
        found = read_cases(path)
        write_cases(path, ((case, case.lines(case.play(path.stem))) for case in found))
