"""Command lines and starts of units against what a real systemd did: see timers/README.md."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.systemd_units import build
from tests.timers.record_units import START, UNITS, VARIABLES, WORDS
from tests.timers.recordings import read, sample
from transpile.analysis import analyse
from transpile.dialects import SCHEDULERS
from transpile.dialects.timers.engine import Systemd
from transpile.dialects.timers.exec_lines import BadLine, read_line
from transpile.dialects.timers.exec_text import Variables
from transpile.dialects.timers.unit_names import UnitName
from transpile.findings.diagnostics import Diagnostics
from transpile.model import AnyOf, Network, Rules, Status, atoms
from transpile.model.outcome import Outcome, State
from transpile.sources.text import Span

ROWS = read(UNITS)
LINES = [row[1:] for row in ROWS if row[0] == WORDS]
STARTS = [row[1:] for row in ROWS if row[0] == START]
_SLACK = 0.03
_REPORTED = {"A091", "A097"}

_TELL = """\
import json, os, sys
words = [os.fsencode(word).decode("latin-1") for word in sys.argv[1:]]
with open(os.environ["TOLD"], "a") as file:
    print(json.dumps(words), file=file)
"""


def test_enough_is_recorded() -> None:
    assert (len(LINES), len(STARTS)) == (600, 300)
    refused = [text for text, words in LINES if words is None]
    assert 50 < len(refused) < 200
    assert sum(bool(ran) for *_, ran in STARTS) > 250


def _emitted(lines: list[str], folder: Path) -> list[Any]:
    """The arguments that programs get from the emitted text; None for a line that is ignored."""
    name = UnitName.read("r.service")
    assert name is not None
    program = folder / "tell"
    program.write_text(f"#!/usr/bin/env python3\n{_TELL}")
    program.chmod(0o755)
    texts: list[str | None] = []
    for text in lines:
        try:
            (line,) = read_line(f"-{program} {text}", Span("r.service", 1), name)
        except BadLine:
            texts.append(None)
        else:
            texts.append(Variables(VARIABLES).text(line))
    told = folder / "told"
    script = "\n".join(text for text in texts if text is not None)
    environment = {**os.environ, **VARIABLES, "NO": "set", "TOLD": str(told), "LC_ALL": "C.UTF-8"}
    subprocess.run(["/bin/sh", "-c", script], env=environment, check=True, cwd=folder)
    words = map(json.loads, told.read_text().splitlines())
    return [None if text is None else next(words) for text in texts]


def test_programs_get_the_words_that_systemd_gives_them(tmp_path: Path) -> None:
    rows = sample(LINES, 150)
    got = _emitted([text for text, _ in rows], tmp_path)
    assert [(text, words) for (text, _), words in zip(rows, got, strict=True)] == [
        (text, words) for text, words in rows
    ]


# -------------------------------------------------------------------- starts


def _network(units: dict[str, str], root: str) -> tuple[Network, bool]:
    """The network of a start, and whether something about it was reported."""
    name = root.removesuffix(".service")
    timer = "[Timer]\nOnCalendar=daily UTC\n[Install]\nWantedBy=timers.target\n"
    networks, diagnostics = build({f"{name}.timer": timer, **units})
    network = networks[name]
    about = (each for each in diagnostics if each.code in _REPORTED and each.job in network.jobs)
    return network, any("in different workflows" not in each.message for each in about)


def _runs(network: Network, codes: dict[str, int]) -> set[str]:
    """The jobs that run by the rules of the engine."""
    facts = analyse(network, Rules(), SCHEDULERS, Diagnostics())
    outcomes = {job: Outcome((code,)) for job, code in codes.items()}
    run = Systemd(facts).run(outcomes, {})
    return {job for job, ending in run.jobs.items() if ending.state is not State.NOT_RUN}


def _differs(units: dict[str, str], root: str, codes: dict[str, int], ran: dict[str, Any]) -> str:
    """Why a recorded start differs from the rules of the engine; empty if it does not."""
    network, is_reported = _network(units, root)
    if is_reported:
        return ""
    if _runs(network, codes) != set(ran):
        return f"{sorted(_runs(network, codes))} run, not {sorted(ran)}"
    for job, times in ran.items():
        if len(times) != 2:
            return f"{job} runs again"
        condition = network.jobs[job].condition
        awaited = {atom.job for atom in atoms(condition) if isinstance(atom, Status)}
        ends = [ran[other][1] for other in awaited if other in ran]
        if not isinstance(condition, AnyOf) and times[0] < max(ends, default=0.0) - _SLACK:
            return f"{job} starts at {times[0]}, before {max(ends)}"
    return ""


def test_what_runs_when_is_what_systemd_runs() -> None:
    assert [row for row in STARTS if _differs(*row)] == []


def test_most_starts_are_compared() -> None:
    reported = [root for units, root, *_ in STARTS if _network(units, root)[1]]
    assert len(reported) < len(STARTS) // 2


@pytest.mark.parametrize("change", ["code", "job", "time"])
def test_the_comparison_of_starts_can_fail(change: str) -> None:
    rows = [row for row in STARTS if len(row[3]) > 3 and not _network(row[0], row[1])[1]]
    found = []
    for units, root, codes, ran in rows:
        other_codes, others = dict(codes), dict(ran)
        if change == "code":
            other_codes = {job: 1 - code for job, code in codes.items()}
        elif change == "job":
            others.popitem()
        else:
            others = {job: [-begin, end] for job, (begin, end) in ran.items()}
        found.append(_differs(units, root, other_codes, others))
    assert any(found)
