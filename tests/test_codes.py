"""The catalogue of codes, and that each code can be triggered."""

import re

import pytest

from tests.support import ROOT, cli, codes, plan
from transpile.findings.codes import CODES

WITH_EXAMPLE = sorted(code for code, entry in CODES.items() if entry.example)


@pytest.mark.parametrize("code", WITH_EXAMPLE)
def test_example_triggers_its_code(code: str) -> None:
    assert code in codes(plan(CODES[code].example)[1])


@pytest.mark.parametrize("code", sorted(CODES))
def test_explain(code: str) -> None:
    result = cli("explain", code.lower())
    assert result.exit_code == 0
    assert CODES[code].title in result.output
    assert CODES[code].help in result.output


def test_explain_unknown_code() -> None:
    assert cli("explain", "A999").exit_code == 2


def test_every_code_that_is_used_is_in_the_catalogue_and_the_other_way_round() -> None:
    used: set[str] = set()
    for path in (ROOT / "transpile").rglob("*.py"):
        if "codes" not in path.parts:
            used |= set(re.findall(r'"(A\d{3})"', path.read_text(encoding="utf-8")))
    assert used == set(CODES)


def test_what_has_no_example_is_about_files() -> None:
    assert set(CODES) - set(WITH_EXAMPLE) == {
        *("A101", "A102", "A103", "A104", "A106", "A108", "A128", "A133", "A134"),
        *("A602", "A603"),
        *("A640", "A642"),
        *("A712", "A718", "A719", "A802", "A803", "A805", "A821", "A841"),
        *("A901", "A902", "A903", "A904", "A905", "A911", "A912", "A913"),
        "A914",
        *("A940", "A941", "A942", "A943"),
        *("A951", "A952", "A953", "A954", "A955", "A956", "A957", "A961", "A962"),
    }


def test_readme_lists_every_code() -> None:
    text = (ROOT / "transpile/findings/README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (A\d{3}) \|", text, re.M)) == set(CODES)
