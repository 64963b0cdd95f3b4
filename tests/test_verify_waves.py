"""`verify --wave` in one run: moved jobs agree as emitted, and each planted mistake is found."""

import json
import re
from pathlib import Path

import pytest

from tests.support import GOLDEN, cli
from transpile.analysis import analyse
from transpile.cli.subjects import Written, verify_module, write_modules
from transpile.dialects import DIALECTS, SCHEDULERS
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Bridge, Form, Rules, Site, Wave, Waves
from transpile.model.rules import TARGETS
from transpile.pipeline import named_estate
from transpile.proof.verify import Verdict
from transpile.sources.text import Source, Span
from transpile.team import Settings

CLOCK = 'date_conditions: 1\ndays_of_week: all\nstart_times: "{}"\n'
ESTATE = f"""
insert_job: NIGHT   job_type: BOX
{CLOCK.format("01:30")}
insert_job: LOAD
box_name: NIGHT
command: load

insert_job: POST
box_name: NIGHT
condition: s(LOAD) & (s(RATES, 12.00) | f(FEED))
command: post

insert_job: CODE
box_name: NIGHT
condition: d(LOAD) & e(RATES) = 4 & n(FEED)
command: code

insert_job: MIXED
{CLOCK.format("02:30")}condition: s(POST, 04.00) & t(PAY)
command: mixed

insert_job: FEED   job_type: BOX
{CLOCK.format("01:00")}
insert_job: RATES
box_name: FEED
command: rates

insert_job: PAY
{CLOCK.format("04:30")}condition: d(RATES)
command: pay

insert_job: BILLS
{CLOCK.format("04:30")}condition: d(LOAD) & n(NIGHT) & e(POST) > 2
command: bills
"""
TELL = "tell {job} {status} {code}"
BRIDGE = Bridge("ask {job}", TELL, interval=60, times=True, exit_codes=True)
MOVED = ("NIGHT", "MIXED")


def emitted(
    folder: Path, text: str = ESTATE, moved: tuple[str, ...] = MOVED, target: str = TARGETS[0]
) -> dict[str, Written]:
    """The emitted modules of the wave, by the name of their workflow."""
    diagnostics = Diagnostics()
    sources = [Source("a.jil", text)]
    waves = Waves((Wave("first", moved, Span("transpile.toml", 1)),), BRIDGE, "first")
    rules = Rules(waves=waves, form=Form(target=target))
    (network,) = DIALECTS["autosys"].read(sources, diagnostics, Site())
    facts = analyse(network, rules, SCHEDULERS, diagnostics)
    estate = named_estate([facts], Settings(rules=rules), diagnostics, {}).selecting(())
    return {each.module.title: each for each in write_modules(estate.planned, folder)}


def verdict(written: Written) -> Verdict:
    return verify_module(written, 150, 0)


@pytest.mark.parametrize("workflow", ["NIGHT", "MIXED"])
def test_moved_workflows_agree_as_emitted(workflow: str, tmp_path: Path) -> None:
    modules = emitted(tmp_path)
    assert modules.keys() == {"NIGHT", "MIXED"}
    found = verdict(modules[workflow])
    assert (found.problems, found.disagreements) == ([], [])


NIGHT, CUTS, MIXED = ("NIGHT", ""), ("NIGHT", "_cuts"), ("MIXED", "_cuts")
MISTAKES = {
    "other test": (CUTS, "succeeded(last(RATES,", "done(last(RATES,"),
    "dropped term": (CUTS, " or failed(last(FEED))", ""),
    "dropped exit code": (CUTS, "exit_code(last(RATES)) == 4 and ", ""),
    "other exit code": (CUTS, "== 4", "== 3"),
    "other window": (CUTS, "timedelta(hours=12)", "timedelta(hours=6)"),
    "no window": (CUTS, ", within=timedelta(hours=12)", ""),
    "and for or": (CUTS, " or failed", " and failed"),
    "other job": (CUTS, '("RATES", "ask RATES")', '("PAY", "ask PAY")'),
    "other name": (CUTS, '("RATES", ', '("RATE", '),
    "other command": (CUTS, '"ask RATES"', '"ask RATE"'),
    "other status": (MIXED, "terminated(last(PAY))", "failed(last(PAY))"),
    "dropped job of the platform": (
        MIXED,
        "succeeded(last(POST, within=timedelta(hours=4))) and ",
        "",
    ),
    "other gate": (NIGHT, "return look_at_legacy(POST,", "return look_at_legacy(CODE,"),
    "dropped look": (NIGHT, "return look_at_legacy(POST, interval=60)", 'return ""'),
    "only one look": (
        NIGHT,
        "look_at_legacy(POST, interval=60)",
        "opens_now(flyte_admin(), 'here', POST)",
    ),
    "end not told": (NIGHT, "return tell_legacy(LOAD_LEGACY, load, interval=60)", "return load"),
    "start not told": (NIGHT, "return tell_legacy_start(LOAD_LEGACY, interval=60)", 'return ""'),
    "other word": (CUTS, "tell LOAD {status}", "tell LOAD SUCCESS"),
    "no code": (CUTS, "tell POST {status} {code}", "tell POST {status} "),
    "told about another job": (CUTS, "tell LOAD ", "tell POST "),
    "missing reset": (NIGHT, "[LOAD_LEGACY, POST_LEGACY]", "[LOAD_LEGACY]"),
    "told after the start": (NIGHT, "load_legacy_start_node >> load_node\n", ""),
    "wait not connected": (NIGHT, "post_wait_node >> post_legacy_start_node\n", ""),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_planted_mistake_is_found(mistake: str, tmp_path: Path) -> None:
    (workflow, suffix), old, new = MISTAKES[mistake]
    written = emitted(tmp_path)[workflow]
    path = written.path.with_name(f"{written.path.stem}{suffix}.py")
    text = path.read_text(encoding="utf-8")
    # The line may be broken anywhere.
    pattern = r"\s+".join(map(re.escape, old.split(" ")))
    changed, number = re.subn(pattern, lambda _: new, text)
    assert number
    path.write_text(changed, encoding="utf-8")
    assert not verdict(written).good


BESIDE = f"""
insert_job: CLOSE   job_type: BOX
{CLOCK.format("01:30")}
insert_job: LAST
box_name: CLOSE
command: last

insert_job: OWN
{CLOCK.format("02:30")}condition: (f(LAST) | d(CLOSE)) & s(STAY)
command: own

insert_job: STAY
{CLOCK.format("03:30")}command: stay
"""


@pytest.mark.parametrize("workflow", ["CLOSE", "OWN"])
def test_polls_find_jobs_of_other_workflows(workflow: str, tmp_path: Path) -> None:
    found = verdict(emitted(tmp_path, BESIDE, ("CLOSE", "OWN"))[workflow])
    assert (found.problems, found.disagreements) == ([], [])


def test_a_job_that_cannot_start_is_not_told_to_start(tmp_path: Path) -> None:
    held = ESTATE.replace("condition: s(LOAD) & (", "condition: s(RATES, 0) & (")
    text = emitted(tmp_path, held)["NIGHT"].path.read_text()
    assert "return tell_legacy_start(LOAD_LEGACY" in text
    assert "return tell_legacy_start(POST_LEGACY" not in text


SETTINGS = """
[timezones]
default = "UTC"
[platform]
endpoint = "flyteadmin:81"
[[wave]]
name = "first"
jobs = ["NIGHT", "MIXED"]
[[wave]]
name = "second"
jobs = ["FEED"]
[bridge]
status = "ask {job}"
tell = "tell {job} {status} {code}"
times = true
exit_codes = true
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "transpile.toml").write_text(SETTINGS)
    path = tmp_path / "estate.jil"
    path.write_text(ESTATE)
    return path


def test_verify_is_about_the_jobs_that_have_moved(source: Path, tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    cli("convert", source, "-o", flows, "--wave", "first")
    given = ("verify", source, "--wave", "first", "--scenarios", 20, "--format", "json")
    result = cli(*given)
    assert result.exit_code == 0
    rows = json.loads(result.stdout)["workflows"]
    assert [row["name"] for row in rows] == ["NIGHT", "MIXED"]
    assert json.loads(cli(*given, "--against", flows).stdout)["workflows"] == rows
    # A module of another wave asks jobs that have moved.
    later = cli("verify", source, "--wave", "second", "--scenarios", 20, "--against", flows)
    assert later.exit_code == 1


@pytest.mark.parametrize("target", TARGETS)
def test_what_moved_jobs_did_before_the_move_hinders_no_tell(target: str) -> None:
    given = ("--wave", "customs", "--scenarios", 20, "--target", target)
    output = cli("verify", GOLDEN / "waves" / "input", *given).output
    for workflow in ("HRB.TIDE", "CUS.GATE", "CUS.PAPERS", "HRB.BILLS"):
        assert f"{workflow}: agree in" in output


@pytest.mark.parametrize(
    ("wave", "jobs"), [("first", {"NIGHT", "MIXED"}), ("second", {"NIGHT", "MIXED", "FEED"})]
)
def test_schedule_is_about_the_jobs_that_have_moved(
    wave: str, jobs: set[str], source: Path
) -> None:
    given = ("schedule", source, "--wave", wave, "--from", "2026-05-01", "--days", 3)
    result = cli(*given, "--format", "json")
    rows = json.loads(result.stdout)["schedules"]
    assert result.exit_code == 0
    assert {row["job"]: len(row["starts"]) for row in rows} == dict.fromkeys(jobs, 3)


def test_recorded_runs_know_no_waves(source: Path) -> None:
    result = cli("verify", source, "--wave", "first", "--observed", source)
    assert result.exit_code == 2
    assert "leave --wave out" in result.output
