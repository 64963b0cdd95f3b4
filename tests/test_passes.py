"""Each pass of analysis by pairs: a small source text, and what the pass finds out about it.

A file of tests/passes has cases. A case begins with a line `=== title`. Its source follows, and
the rules of a team, if any, behind a line `--- transpile.toml`. Behind `--->` stands what is
expected: `view: value` for each view that the first line of the file names, if it is not empty,
and each finding with one of the codes named there, as `code job line`, with a part of its message
behind `~`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import ROOT, read
from transpile.analysis import analyse
from transpile.analysis.endings import Endings, Fate
from transpile.analysis.moments import Moment
from transpile.analysis.sharing import report_shared_files
from transpile.analysis.wishes import report_unmatched
from transpile.dialects import DIALECTS, SCHEDULERS, recognise
from transpile.dialects.autosys.engine import AutoSys
from transpile.dialects.kit.engine import PlainEngine
from transpile.findings.diagnostics import Diagnostics
from transpile.model import (
    All,
    AnyOf,
    Command,
    Condition,
    ExitCode,
    ExitRule,
    Facts,
    GlobalValue,
    InitialStatus,
    Job,
    OutputValue,
    Rules,
    Site,
    plain,
)
from transpile.model.engine import Engine
from transpile.sources.text import Source
from transpile.team import read_settings

FOLDER = ROOT / "tests" / "passes"

TASKS = "from flytekit import task\n" + "".join(
    f"\n\n@task\ndef {name}() -> int:\n    return 0\n" for name in ("first", "second")
)
"""The module acme.tasks, which has what rules map jobs to."""


class Case(NamedTuple):
    """A source text with the rules of a team, and the lines that are expected of it."""

    views: tuple[str, ...]
    text: str
    rules: str
    expected: list[str]


def cases() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.txt")):
        head, *parts = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)
        views = tuple(head.partition("show:")[2].partition("\n")[0].split(", "))
        for part in parts:
            title, _, rest = part.partition("\n")
            source, _, expected = rest.partition("--->\n")
            text, _, rules = source.partition("--- transpile.toml\n")
            lines = [line for line in expected.splitlines() if line.strip()]
            case = Case(tuple(view.strip() for view in views), text, rules, lines)
            yield pytest.param(case, id=f"{path.stem}: {title}")


def condition(found: Condition | None) -> str:
    """The condition as JIL has it."""
    if found is None:
        return "-"
    if isinstance(found, All | AnyOf):
        sign = " & " if isinstance(found, All) else " | "
        return f"({sign.join(map(condition, found.terms))})"
    if isinstance(found, GlobalValue | OutputValue):
        return f"v({found.name})"
    name = found.job + (f"^{found.instance}" if found.instance else "")
    if isinstance(found, ExitCode):
        return f"e({name}) {found.operator} {found.value}"
    window = "" if found.lookback is None else f", {found.lookback}"
    return f"{found.test.value}({name}{window})"


def waits(facts: Facts) -> list[str]:
    found = []
    for d in facts.dependencies:
        marks = [word for word in ("at_end", "exclusion") if getattr(d, word)]
        marks += [d.missing] if d.missing else []
        marks += [] if d.edge else ["no edge"]
        marks += [] if d.joins else ["apart"]
        found.append(
            f"{d.upstream} -> {d.downstream}" + (f" ({', '.join(marks)})" if marks else "")
        )
    return found


def rules(facts: Facts) -> list[str]:
    return [
        f"{name} {condition(j.box_rule.success)} / {condition(j.box_rule.failure)}"
        for name, j in facts.jobs.items()
        if j.box_rule
    ]


def runs(facts: Facts) -> list[str]:
    """What jobs do, where a rule of the team is about them."""
    found = []
    for name, job in facts.jobs.items():
        text = (
            plain(job.action.text) if isinstance(job.action, Command) else type(job.action).__name__
        )
        parts = [f"{name} {job.call.entity if job.call else text}"]
        if isinstance(job.action, Command) and job.action.success != ExitRule():
            parts.append(f"codes {job.action.success.ranges}")
        parts += [f"retries {job.retries}"] if job.retries else []
        parts += [f"image {job.image}"] if job.image else []
        parts += [f"kind {job.task_kind.name}"] if job.task_kind else []
        parts += [f"{key} {value}" for key, value in (*job.resources, *job.settings)]
        found.append(", ".join(parts))
    return found


VIEWS: dict[str, Callable[[Facts], list[str]]] = {
    "members": lambda f: [f"{box} ({' '.join(found)})" for box, found in f.members.items()],
    "status": lambda f: [
        f"{n} {j.status.value}" for n, j in f.jobs.items() if j.status is not InitialStatus.ACTIVE
    ],
    "terminators": lambda f: [name for name, job in f.jobs.items() if job.terminates_box],
    "rules": rules,
    "conditions": lambda f: [
        f"{n} {condition(j.condition)}" for n, j in f.jobs.items() if j.condition
    ],
    "waits": waits,
    "order": lambda f: list(f.order),
    "left out": lambda f: sorted(f.left_out),
    "groups": lambda f: [" ".join(group) for group in f.groups],
    "reasons": lambda f: [f"{name} {reason}" for name, reason in f.reasons.items()],
    "cuts": lambda f: [
        f"{cut.job} {'starts' if cut.starts else 'waits'} {condition(cut.condition)}"
        for cut in f.cuts.values()
    ],
    "far": lambda f: [f"{d.upstream} -> {d.downstream}" for d in f.far],
    "told": lambda f: [f"{n} ({' '.join(c.job for c in cuts)})" for n, cuts in f.told.items()],
    "held up": lambda f: [f"{n} {j.held_up.code}" for n, j in f.jobs.items() if j.held_up],
    "never ends": lambda f: [f"{n} {j.never_ends.code}" for n, j in f.jobs.items() if j.never_ends],
    "stuck": lambda f: sorted(f.stuck),
    "flattened": lambda f: sorted(f.flattened),
    "overlapping": lambda f: [" ".join(pair) for pair in sorted(f.overlapping)],
    "externals": lambda f: [
        f"{n} {type(f.jobs[n].action).__name__} in {f.jobs[n].box}" for n in f.externals
    ],
    "runs": runs,
    "unmapped": lambda f: [
        f"{n} {type(j.action).__name__} {j.held_up.code if j.held_up else ''}".strip()
        for n, j in f.unmapped.items()
    ],
    "followed": lambda f: [*sorted(map(str, f.map_rules)), *map(str, f.workflow_rules)],
    "parts": lambda f: [" ".join(part.jobs) for part in f.parts()],
}


def facts_about(case: Case, folder: Path) -> tuple[Facts, Diagnostics]:
    (folder / "acme").mkdir()
    (folder / "acme" / "__init__.py").touch()
    (folder / "acme" / "tasks.py").write_text(TASKS, encoding="utf-8")
    (folder / "transpile.toml").write_text(case.rules, encoding="utf-8")
    settings = read_settings(folder / "transpile.toml")
    assert not settings.problems
    diagnostics = Diagnostics()
    dialect = recognise("", case.text) or DIALECTS["autosys"]
    source = Source(f"a{dialect.suffixes[0]}", case.text)
    (network,) = dialect.read([source], diagnostics, settings.rules.site)
    facts = analyse(network, settings.rules, SCHEDULERS, diagnostics)
    report_shared_files([facts], diagnostics)
    report_unmatched(settings.rules.placements, [facts], diagnostics)
    return facts, diagnostics


def shown(case: Case, facts: Facts, diagnostics: Diagnostics) -> Iterator[tuple[str, str]]:
    """The lines about a case, findings with their messages."""
    for view in case.views:
        found = VIEWS[view](facts) if view in VIEWS else []
        if found:
            yield f"{view}: {', '.join(found)}", ""
    for finding in diagnostics:
        if finding.code in case.views:
            yield f"{finding.code} {finding.job} {finding.span.line}", finding.message


@pytest.mark.parametrize("case", cases())
def test_pass(case: Case, tmp_path: Path) -> None:
    found = list(shown(case, *facts_about(case, tmp_path)))
    told = [" ~ ".join(filter(None, pair)) for pair in found]
    assert len(found) == len(case.expected), "\n".join(told)
    for (line, message), expected in zip(found, case.expected, strict=True):
        head, _, part = expected.partition(" ~ ")
        assert (line, part in message) == (head.strip(), True), "\n".join(told)


def test_views_are_known() -> None:
    """A misspelled view would show nothing."""
    names = {view for case in cases() for view in case.values[0].views}  # type: ignore[attr-defined]
    assert {view for view in names if not re.fullmatch(r"A\d{3}", view)} == set(VIEWS)


def test_terminators_share_the_fates_of_members(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each member is asked about once, not once for each terminator of its box."""
    asked: list[str] = []
    fate = Endings._fate

    def counted(self: Endings, name: str, box: Job, before: Moment, moment: Moment) -> Fate:
        asked.append(name)
        return fate(self, name, box, before, moment)

    monkeypatch.setattr(Endings, "_fate", counted)
    member = "insert_job: {}  box_name: A  command: x  box_terminator: 1  condition: s(S)\n"
    names = [f"J{number}" for number in range(60)]
    read(
        "insert_job: A  job_type: b\ninsert_job: S  box_name: A  command: x\n"
        + "".join(map(member.format, names))
    )
    assert set(asked) == set(names)
    assert len(asked) < 2 * len(names)


@pytest.mark.parametrize(("engine", "code"), [(AutoSys, "A547"), (PlainEngine, "A401")])
def test_only_remembered_statuses_can_be_forced(engine: type[Engine], code: str) -> None:
    job = 'insert_job: {}  date_conditions: 1  days_of_week: all  start_times: "0{}:00"'
    text = f"{job.format('A', 8)}  condition: s(B)\n{job.format('B', 9)}  condition: s(A)\n"
    diagnostics = Diagnostics()
    (network,) = DIALECTS["autosys"].read([Source("a.jil", text)], diagnostics, Site())
    analyse(replace(network, engine=engine), Rules(), SCHEDULERS, diagnostics)
    assert code in {finding.code for finding in diagnostics}
