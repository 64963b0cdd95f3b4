"""The catalogue of codes, and that each code can be triggered."""

import re
import types
from itertools import pairwise

import pytest

from tests.support import ROOT, cli, codes, plan
from tests.vocabulary import codes_in
from transpile.dialects import DIALECTS
from transpile.findings.codes.conditions import UndefinedJob
from transpile.findings.finding import CODES, Finding, Level

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


def test_every_code_is_used_and_a_code_of_a_format_only_there() -> None:
    shared = {
        code
        for floor in (
            "analysis",
            "cli",
            "dialects/kit",
            "lowering",
            "model",
            "output",
            "pipeline",
            "targets",
            "team",
        )
        for code in codes_in(floor)
    }
    of = {name: codes_in(f"dialects/{name}") for name in DIALECTS}
    assert shared.union(*of.values()) == set(CODES)
    for name, dialect in DIALECTS.items():
        assert dialect.codes is not None
        first, last = dialect.codes
        others = shared.union(*(found for other, found in of.items() if other != name))
        own = {code for code in CODES if first <= code <= last}
        assert own == of[name] - others
        assert own == {code for code in CODES if f".{name}.codes" in CODES[code].__module__}


def test_ranges_of_formats_are_apart() -> None:
    ranges = sorted(dialect.codes for dialect in DIALECTS.values() if dialect.codes)
    assert all(one[1] < other[0] for one, other in pairwise(ranges))


def test_messages_and_help_have_the_form_of_messages() -> None:
    for code, kind in CODES.items():
        for text in (kind.message, kind.help):
            assert text[-1] != ".", code
        assert kind.title, code
        assert kind.explanation.endswith("."), code


def test_a_finding_has_all_its_fields_and_no_others() -> None:
    with pytest.raises(TypeError, match="has the fields"):
        UndefinedJob(upstream="A")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="has the fields"):
        UndefinedJob(upstream="A", name="B", box="C")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("message", "fields", "code", "was"),
    [
        ("{name} is wrong", {}, "A001", ""),
        ("it is wrong", {"name": str}, "A001", ""),
        ("it is wrong", {}, "A303", ""),
        ("it is wrong", {}, "A870", ""),
        ("it is wrong", {}, "A001", "A303"),
        ("it is wrong", {}, "B001", ""),
    ],
)
def test_a_code_that_contradicts_itself_or_another_is_refused(
    message: str, fields: dict[str, type], code: str, was: str
) -> None:
    body = {"__doc__": "T.", "message": message, "help": "", "__annotations__": fields}
    with pytest.raises(TypeError):
        types.new_class(
            "Odd",
            (Finding,),
            {"code": code, "level": Level.NOTE, "was": was},
            lambda namespace: namespace.update(body),
        )
    assert "A001" not in CODES


def test_what_has_no_example_is_about_files() -> None:
    assert set(CODES) - set(WITH_EXAMPLE) == {
        *("A101", "A102", "A103", "A104", "A106", "A108", "A133", "A134"),
        "A602",
        *("A548", "A545", "A546"),
        "A862",
        *("A640", "A642"),
        *("A661", "A662", "A663", "A664", "A665", "A666", "A667"),
        *("A082", "A734"),
        *("A712", "A718", "A719", "A802", "A803", "A805", "A821", "A841"),
        *("A901", "A902", "A903", "A904", "A905", "A911", "A912", "A913"),
        *("A914", "A915"),
        *("A940", "A941", "A942", "A943"),
        *("A951", "A952", "A953", "A954", "A955", "A956", "A957", "A958", "A961", "A962"),
        *("A971", "A972", "A973", "A974", "A975", "A976", "A978", "A979"),
    }


def test_readme_lists_every_code() -> None:
    text = (ROOT / "transpile/findings/README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (A\d{3}) \|", text, re.M)) == set(CODES)
