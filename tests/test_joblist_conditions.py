"""What jobs of lists ask of others, and how a list runs by that."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.joblists import read
from tests.support import cli
from transpile.dialects.joblist.conditions import ConditionError, Target, build_condition
from transpile.model import All, AnyOf, Condition, ExitCode, Kind, Status, StatusTest
from transpile.sources.text import Span

HERE = Span("", 1)
_SIGNS = {
    StatusTest.SUCCESS: "s",
    StatusTest.FAILURE: "f",
    StatusTest.TERMINATED: "t",
    StatusTest.DONE: "d",
    StatusTest.OVER: "o",
    StatusTest.NOT_SUCCEEDED: "!s",
    StatusTest.NOT_FAILED: "!f",
}


def shown(condition: Condition) -> str:
    if isinstance(condition, All | AnyOf):
        sign = "&" if isinstance(condition, All) else "|"
        return "(" + sign.join(map(shown, condition.terms)) + ")"
    if isinstance(condition, ExitCode):
        return f"e{condition.operator}{condition.value}:{condition.job}"
    assert isinstance(condition, Status)
    return f"{_SIGNS[condition.test]}:{condition.job}"


def built(when: str, *names: str, plain: bool = True) -> str:
    targets = []
    for name in names:
        job, _, own = name.partition("=")
        targets.append(Target(job, HERE, own))
    found = build_condition(when, targets, lambda name: name, lambda _: plain)
    return shown(found)


MEANT = {
    ("", "a"): "s:a",
    ("", "a", "b"): "(s:a&s:b)",
    ("",): "(&)".replace("&", ""),
    ("Success", "a"): "s:a",
    ("on_failure", "a", "b"): "((f:a|t:a)&(f:b|t:b))",
    ("failed", "a"): "(f:a|t:a)",
    ("nonzero", "a"): "f:a",
    ("killed", "a"): "t:a",
    ("ended", "a"): "d:a",
    ("always", "a", "b"): "(o:a&o:b)",
    ("all_done", "a"): "o:a",
    ("all success", "a"): "s:a",
    ("one_success", "a", "b"): "((s:a|s:b)&o:a&o:b)",
    ("one_failed", "a", "b"): "((!s:a|!s:b)&o:a&o:b)",
    ("ALL-FAILED", "a", "b"): "(!s:a&!s:b)",
    ("none_failed", "a", "b"): "(s:a&s:b)",
    ("one_failed", "a"): "!s:a",
    ("", "a", "b=failure", "c=done"): "((f:b|t:b)&o:c&s:a)",
    ("done", "a", "b=success"): "(s:b&o:a)",
    ("success(a)", "a"): "s:a",
    ("success(a)", "a", "b"): "(s:b&s:a)",
    ("failure(b)", "a", "b"): "(s:a&(f:b|t:b))",
    ("success(a) | failure(b)", "a", "b"): "((s:a|f:b|t:b)&o:a&o:b)",
    ("success(a) & (failure(b) | done(c)) & exit(d) >= 4",): (
        "(s:a&(f:b|t:b|o:c)&e>=4:d&o:a&o:b&o:c&o:d)"
    ),
    ("success(a) or success(b) and success(c)",): "((s:a|(s:b&s:c))&o:a&o:b&o:c)",
    ("!success(a) & not failure(b)",): "(!s:a&!f:b)",
    ("exit(a) = -1 || exit(a) != 3",): "(e=-1:a|e!=3:a)",
    ('success("a (1) | \\"b\\"")',): 's:a (1) | "b"',
    ("success( two words )",): "s:two words",
    ("success(order) & success(android)",): "(s:order&s:android)",
}


@pytest.mark.parametrize("given_", MEANT, ids=lambda given_: " ".join(given_) or "nothing")
def test_conditions(given_: tuple[str, ...]) -> None:
    assert built(*given_) == MEANT[given_]


UNREADABLE = {
    "maybe": ("it is none of success", 0),
    "success(": ("it is incomplete", 0),
    "success(a": ("it is incomplete", 0),
    "success(a) &": ("it is incomplete", 0),
    "success(a) success(b)": ("unexpected success(b)", 11),
    "success()": ("unexpected )", 8),
    "started(a)": ("unexpected started(a)", 0),
    "exit(a) > x": ("unexpected x", 10),
    "exit(a)": ("it is incomplete", 0),
    "!done(a)": ("only success and failure have an opposite, not done", 1),
    "!(success(a))": ("unexpected (success(a))", 1),
    "(" * 200 + "success(a)" + ")" * 200: ("it has more than", 0),
    "success(a) | " * 5_000: ("it has more than", 0),
}


@pytest.mark.parametrize("when", UNREADABLE, ids=lambda when: when[:20])
def test_conditions_that_cannot_be_read(when: str) -> None:
    reason, offset = UNREADABLE[when]
    with pytest.raises(ConditionError) as error:
        built(when, "a")
    assert error.value.reason.startswith(reason)
    assert error.value.offset == offset


def test_words_that_ask_for_jobs() -> None:
    for when in ("failure", "done", "one_failed"):
        with pytest.raises(ConditionError, match="asks for a job to come after"):
            built(when)
    with pytest.raises(ConditionError, match="not known behind a"):
        built("one_failed", "a", plain=False)
    with pytest.raises(ConditionError, match="maybe is none of"):
        built("", "a=maybe")


words = st.sampled_from(["success(", "a", ")", "&", "|", "!", "exit(", ">=", "4", '"', "(", " "])


@settings(max_examples=300, deadline=None)
@given(st.lists(words).map("".join))
def test_any_text_is_a_condition_or_an_error(text: str) -> None:
    found = read(f'job,command,when\na,true,"{text.replace(chr(34), chr(34) * 2)}"\n')
    assert {code for code, _, _ in found.places} <= {"A302"}
    assert (found.jobs["a"].blocked is not None) is bool(found.places)


def test_names_in_quotes() -> None:
    @given(st.text(min_size=1))
    def check(name: str) -> None:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        assert built(f'success("{quoted}")') == f"s:{name}"

    check()


def test_places_of_conditions() -> None:
    text = 'job,command,after,when\na,true,,\nb,true,a,success(a) & maybe(a)\nc,true,a,"x"\n'
    assert read(text).places == [("A302", 3, 23), ("A302", 4, 11)]


def test_a_rule_behind_a_rule_is_refused() -> None:
    head = "job,command,after,when\na,true,,\nb,true,a,{}\nc,true,b,one_failed\n"
    assert read(head.format("")).places == []
    assert read(head.format("success")).places == []
    found = read(head.format("done"))
    assert found.places == [("A302", 4, 10)]
    assert found.jobs["c"].blocked is not None


def test_numbers_in_conditions() -> None:
    text = "id,name,command,when\n1,a,true,\n2,b,true,success(1)\n"
    condition = read(text).jobs["b"].condition
    assert isinstance(condition, Status)
    assert condition.job == "a"


def test_boxes_with_rules() -> None:
    head = "job,command,after,when,box\na,true,,,x\nb,true,a,{},x\nc,true,x,{},\n"
    assert read(head.format("", "")).jobs["x"].box_rule is None
    rule = read(head.format("failure", "")).jobs["x"].box_rule
    assert rule is not None
    assert rule.success is not None
    assert rule.failure is not None
    assert shown(rule.success) == "(s:a&!f:b)"
    assert shown(rule.failure) == "(!s:a|f:b|t:b)"
    rule = read(head.format("", "done")).jobs["x"].box_rule
    assert rule is not None
    assert rule.success is not None
    assert shown(rule.success) == "(s:a&s:b)"


RUNS = {
    "a handler that need not run": ("b,true,a,failure,\nc,true,a,,\n", {}, "a c"),
    "a handler that runs": ("b,true,a,failure,\nc,true,a,,\n", {"a"}, "b"),
    "behind a handler": ("b,true,a,failure,\nc,true,b,,\n", {}, "a"),
    "whatever happens": ("b,true,a,,\nc,true,b,always,\n", {"a"}, "c"),
    "a box with a handler": ("b,true,a,failure,x\nc,true,x,,\n", {}, "a c"),
    "one of two": ("b,true,,,\nc,true,a b,one_success,\n", {"a"}, "b c"),
    "either": ("b,true,,,\nc,true,,failure(a) | exit(b) > 3,\n", {"a"}, "b c"),
    "by an exit code": ("b,true,,exit(a) = 1,\n", {"a"}, "b"),
}


@pytest.mark.parametrize("title", RUNS)
def test_runs(title: str, tmp_path: Path) -> None:
    rows, failing, expected = RUNS[title]
    path = tmp_path / "x.csv"
    path.write_text(f"job,command,after,when,box\na,true,,,\n{rows}", encoding="utf-8")
    failures = [word for name in failing for word in ("--fail", name)]
    output = cli("dry-run", path, *failures).output
    jobs = [name for name, job in read(path.read_text()).jobs.items() if job.kind is not Kind.BOX]
    lines = [line.split() for line in output.splitlines()]
    succeeded = [line[0] for line in lines if line[:1] and line[0] in jobs and "succeeded" in line]
    assert " ".join(sorted(succeeded)) == expected
    result = cli("verify", path)
    assert "1 of 1 workflow agree" in result.output


@pytest.mark.parametrize("target", ["flyte", "flyte2"])
@pytest.mark.parametrize("above", ["nowhere a", "nowhere"])
def test_whatever_happens_to_a_job_that_waits_for_a_missing_one(
    above: str, target: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    rows = f"a,true,,\nb,true,{above},\nc,true,b,done\nd,true,b,failure\n"
    path.write_text(f"job,command,after,when\n{rows}", encoding="utf-8")
    result = cli("verify", "--target", target, path)
    assert "agree in 81 of 81 scenarios" in result.output
    assert "error[A303]" in cli("check", path).output
