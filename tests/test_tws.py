"""Composer text: its reader, what becomes of it, the scheduler's states against the workflow."""

import random
from pathlib import Path

import pytest

from tests.support import CORPUS, ROOT, cli, codes, plan_modules, python, read
from tests.tws_estates import KILLED, SUCC, Estate
from transpile.cli.subjects import verify_module, write_modules
from transpile.dialects.tws.engine import Tws
from transpile.model import Facts, Form
from transpile.model.outcome import Outcome, Run, State
from transpile.model.rules import TARGETS
from transpile.pipeline import read_estate

# ---------------------------------------------------------------- what the scheduler does


def runs_of(network: Facts, codes_of: dict[str, int | None]) -> list[Run]:
    """What the engine's rules make of these exit codes, workflow by workflow."""
    outcomes = {name: Outcome((code,)) for name, code in codes_of.items()}
    return [Tws(part).run(outcomes, {}) for part in network.parts()]


def disagreement(estate: Estate, codes_of: dict[str, int | None]) -> str:
    """How the engine's rules, applied to what was read, differ from the oracle; "" if not."""
    network, _ = read(estate.text())
    good = {job.name: job.good[0] for stream in estate.streams for job in stream.jobs}
    named = {name: good.get(name.removesuffix(" rerun"), 0) for name in network.jobs}
    runs = runs_of(network, {**named, **codes_of})
    expected = estate.run(codes_of)
    ran = {name for run in runs for name, ending in run.jobs.items() if ending.attempts}
    if ran != expected.ran:
        return f"only one of them runs {ran ^ expected.ran}"
    states = {name: ending.state for run in runs for name, ending in run.jobs.items()}
    for name, state in expected.streams.items():
        if (states[name] is State.SUCCEEDED) != (state == SUCC):
            return f"{name} is {state}, or {states[name]}"
    whole = all(run.whole is State.SUCCEEDED for run in runs)
    return "" if whole == expected.succeeded else f"the whole: {whole}"


def outcomes_of(estate: Estate, rnd: random.Random) -> dict[str, int | None]:
    """Exit codes for some of the jobs."""
    names = [job.name for stream in estate.streams for job in stream.jobs]
    names += [f"{name}{word}" for name in names for word in (" recovery", " rerun", " opens /f")]
    names += [f"{stream.name} opens /s" for stream in estate.streams]
    return {n: rnd.choice((0, 1, 1, 4, KILLED)) for n in names if rnd.random() < 0.35}


@pytest.mark.parametrize("block", range(10))
def test_the_engine_does_what_the_documentation_says(block: int) -> None:
    for seed in range(block * 12, block * 12 + 12):
        rnd = random.Random(seed)
        estate = Estate(rnd)
        for _ in range(8):
            codes_of = outcomes_of(estate, rnd)
            assert disagreement(estate, codes_of) == "", (seed, codes_of)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("block", range(10))
def test_the_workflow_does_what_the_engine_does(block: int, target: str, tmp_path: Path) -> None:
    form = Form(target=target)
    for seed in range(block * 5, block * 5 + 5):
        network, diagnostics = read(Estate(random.Random(seed)).text())
        for written in write_modules(plan_modules([network], diagnostics, form), tmp_path):
            verdict = verify_module(written, 30, seed)
            assert verdict.disagreements == []
            assert verdict.problems == []


def test_the_oracle_can_disagree() -> None:
    found = 0
    for seed in range(40):
        estate = Estate(random.Random(seed))
        codes_of = outcomes_of(estate, random.Random(seed))
        for stream in estate.streams:
            for job in stream.jobs:
                # The text is read before, so that only the oracle sees this.
                before = estate.text
                written = before()
                estate.text = lambda written=written: written  # type: ignore[method-assign]
                job.waits.follows = []
                job.waits.joins = []
                found += bool(disagreement(estate, codes_of))
                estate.text = before  # type: ignore[method-assign]
    assert found > 10


BRANCHES = """\
SCHEDULE W#S ON RUNCYCLE R "FREQ=DAILY" ( AT 0600 TZ UTC )
:
A DOCOMMAND "a"
B DOCOMMAND "b" FOLLOWS A IF SUCC
C DOCOMMAND "c" FOLLOWS A IF ABEND
D DOCOMMAND "d" FOLLOWS B RECOVERY CONTINUE
E DOCOMMAND "e" FOLLOWS D
F DOCOMMAND "f" RECOVERY RERUN AFTER W#R
END
$JOBS
W#R DOCOMMAND "r"
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a_check_node >> b_node\n", ""),
        ("if not (failed(a) or terminated(a))", "if not failed(a)"),
        (", fail_codes=()", ""),
        ("if not succeeded(f_recovery)", "if not failed(f_recovery)"),
        ("and not_failed(c)", "and succeeded(c)"),
        ("    if not succeeded(d):\n        return SKIPPED\n", ""),
    ],
)
def test_a_change_of_behaviour_is_seen(old: str, new: str, tmp_path: Path) -> None:
    network, diagnostics = read(BRANCHES)
    (written,) = write_modules(plan_modules([network], diagnostics), tmp_path)
    assert verify_module(written, 300, 0).good
    emitted = written.path.read_text(encoding="utf-8")
    assert old in emitted
    written.path.write_text(emitted.replace(old, new), encoding="utf-8")
    assert verify_module(written, 300, 0).disagreements


# ---------------------------------------------------------------- real files, and the sample

FOREIGN = sorted((CORPUS / "tws").rglob("*.txt"))
SAID = {
    "sample.txt": {("A754", 13)},
    "jobstreams-ex1.txt": {("A303", 157), ("A757", 198), ("A770", 128), ("A755", 521)},
}


@pytest.mark.skipif(not FOREIGN, reason="the corpus is not beside the checkout")
@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_real_files_convert(path: Path, tmp_path: Path) -> None:
    estate = read_estate([str(path)], None)
    assert SAID[path.name] <= {(d.code, d.span.line) for d in estate.diagnostics}
    assert not {"A751", "A110"} & codes(estate.diagnostics)
    assert len(estate.modules) == {"sample.txt": 1, "jobstreams-ex1.txt": 22}[path.name]
    for written in write_modules(estate.planned, tmp_path):
        assert verify_module(written, 20, 0).good


def test_the_sample_runs(tmp_path: Path) -> None:
    out, work = tmp_path / "out", tmp_path / "work"
    assert cli("convert", ROOT / "samples" / "tws", "-o", out).exit_code == 0
    done = python(
        *("-m", "flytekit.clis.sdk_in_container.pyflyte", "run"),
        *(out / "night.py", "night", "--work", work),
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert "loans 80" in (work / "out" / "figures.txt").read_text(encoding="utf-8")
    assert "31 letters" in done.stdout


def test_the_sample_agrees() -> None:
    result = cli("verify", ROOT / "samples" / "tws", "--scenarios", "100")
    assert result.exit_code == 0
    assert "2 of 2 workflows agree" in result.output
