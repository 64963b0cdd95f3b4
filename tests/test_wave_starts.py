"""Units that the legacy side starts: a job there has their condition and starts the workflow."""

import re
from pathlib import Path

import pytest

from tests.support import cli
from transpile.analysis import analyse
from transpile.dialects import DIALECTS, SCHEDULERS
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Bridge, Facts, Rules, Site, Wave, Waves
from transpile.sources.text import Source, Span

TEXT = """
insert_job: LEDGER
date_conditions: 1
days_of_week: all
start_times: "01:00"
command: ledger

insert_job: RATES
command: rates
condition: s(FEED)

insert_job: SUM
job_type: BOX
condition: s(RATES, 12.00) & d(LEDGER) & v(OPEN) = yes

insert_job: ADD
box_name: SUM
machine: abacus
owner: sums@abacus
command: add

insert_job: FEED
command: feed

insert_job: AFTER
command: after
condition: s(SUM)
"""
TOML = """
[platform]
endpoint = "flyteadmin:81"

[[wave]]
name = "sums"
jobs = ["SUM", "LEDGER"]

[[wave]]
name = "after"
jobs = ["AFTER"]

[[wave]]
name = "rates"
jobs = ["RATES"]

[bridge]
status = "ask {job}"
tell = "tell {job} {status}"
start = "start-on-flyte {launch_plan}"
"""


def read(*texts: str) -> Facts:
    """What the estate is on the legacy side, once these definitions are loaded."""
    diagnostics = Diagnostics()
    sources = [Source(f"{number}.jil", text) for number, text in enumerate((TEXT, *texts))]
    (network,) = DIALECTS["autosys"].read(sources, diagnostics, Site())
    return analyse(network, Rules(), SCHEDULERS, diagnostics)


def moved(*jobs: str, bridge: Bridge, text: str = TEXT) -> tuple[Facts, set[str]]:
    diagnostics = Diagnostics()
    (network,) = DIALECTS["autosys"].read([Source("a.jil", text)], diagnostics, Site())
    waves = Waves((Wave("first", jobs, Span("transpile.toml", 1)),), bridge, "first")
    facts = analyse(network, Rules(waves=waves), SCHEDULERS, diagnostics)
    return facts, {found.code for found in diagnostics}


BRIDGE = Bridge("ask {job}", "tell {job} {status}", "start {launch_plan}")


def test_the_condition_stays_on_the_legacy_side() -> None:
    facts, found = moved("SUM", "LEDGER", bridge=BRIDGE)
    assert facts.sides.started == {"SUM"}
    assert not facts.cuts
    assert facts.heard["LEDGER"].listeners == ("SUM",)
    assert facts.reasons["SUM"].startswith("the legacy side starts it")
    (group,) = (group for group in facts.parts() if "SUM" in group.jobs)
    assert group.is_started
    assert "A973" not in found


def test_listeners_stand_in_the_order_of_the_source() -> None:
    """Whatever the hashes of their names are."""
    units = [f"U{number}" for number in range(9)]
    rest = "command: x\ncondition: d(LEDGER) & s(FEED)\n"
    text = TEXT + "".join(f"insert_job: {unit}\n{rest}" for unit in units)
    facts, _ = moved("LEDGER", *units, bridge=BRIDGE, text=text)
    assert facts.heard["LEDGER"].listeners == ("SUM", *units)


@pytest.mark.parametrize(
    ("bridge", "text"),
    [
        (Bridge("ask {job}", "tell {job} {status}"), TEXT),
        (Bridge("ask {job}", start="start {launch_plan}"), TEXT),
        (BRIDGE, TEXT.replace("d(LEDGER)", "e(LEDGER) = 3")),
    ],
    ids=["no start", "no tell", "no exit codes"],
)
def test_what_the_legacy_side_cannot_start_is_an_error(bridge: Bridge, text: str) -> None:
    facts, found = moved("SUM", "LEDGER", bridge=bridge, text=text)
    assert not facts.sides.started
    assert "A973" in found


@pytest.mark.parametrize(
    ("jobs", "text"),
    [
        (("SUM", "RATES", "LEDGER"), TEXT),
        (("SUM",), TEXT.replace("command: rates\n", "command: rates\nstatus: ON_ICE\n")),
    ],
    ids=["all on Flyte", "on ice"],
)
def test_other_units_start_as_ever(jobs: tuple[str, ...], text: str) -> None:
    if "ON_ICE" in text:
        text = text.replace(" & d(LEDGER)", "")
    facts, _ = moved(*jobs, bridge=BRIDGE, text=text)
    assert "SUM" not in facts.sides.started


def definitions(folder: Path, wave: str) -> dict[str, str]:
    """The files of OUT/legacy once a wave has moved."""
    (folder / "transpile.toml").write_text(TOML)
    (folder / "a.jil").write_text(TEXT)
    cli("convert", folder / "a.jil", "-o", folder / "out", "--wave", wave)
    return {path.name: path.read_text() for path in (folder / "out" / "legacy").iterdir()}


def test_a_job_of_the_legacy_side_starts_the_launch_plan(tmp_path: Path) -> None:
    legacy = read(definitions(tmp_path, "sums")["sums.jil"])
    starter = legacy.said.jobs["SUM.flyte"]
    assert starter.condition_text == "s(RATES, 12.00) & d(LEDGER) & v(OPEN) = yes"
    assert "start-on-flyte SUM.start" in str(starter.action)
    assert {("machine", "abacus"), ("owner", "sums@abacus")} <= set(starter.notes)
    assert legacy.said.jobs["SUM"].condition_text == ""
    texts = [path.read_text() for path in (tmp_path / "out").glob("*.py")]
    assert [text.count('name="SUM.start"') for text in texts].count(1) == 1


def test_the_way_back(tmp_path: Path) -> None:
    found = definitions(tmp_path, "sums")
    before, after = read(), read(found["sums.jil"], found["sums_back.jil"])
    assert {n: (j.condition_text, j.box) for n, j in before.said.jobs.items()} == {
        n: (j.condition_text, j.box) for n, j in after.said.jobs.items()
    }


def test_a_later_wave_ends_the_start(tmp_path: Path) -> None:
    first = definitions(tmp_path, "sums")
    second = definitions(tmp_path, "after")
    third = definitions(tmp_path, "rates")
    assert {name: third[name] for name in second} == second
    assert {name: second[name] for name in first} == first
    assert "flyte" not in second["after.jil"]
    # RATES has moved, but FEED, which starts it, has not.
    assert "delete_job: SUM.flyte" in third["rates.jil"]
    assert "insert_job: SUM.flyte" in third["rates_back.jil"]
    legacy = read(*(third[f"{wave}.jil"] for wave in ("sums", "after", "rates")))
    assert {n for n in legacy.said.jobs if n.endswith(".flyte")} == {"RATES.flyte"}


@pytest.mark.parametrize("name", ["SUM", "S" * 60])
def test_names_of_starters_are_new_and_fit(name: str, tmp_path: Path) -> None:
    taken = f"\ninsert_job: {name}.flyte\ncommand: x\n" if name == "SUM" else ""
    text = TEXT.replace("SUM", name) + taken
    (tmp_path / "transpile.toml").write_text(TOML.replace("SUM", name))
    (tmp_path / "a.jil").write_text(text)
    out = tmp_path / "out"
    cli("convert", tmp_path / "a.jil", "-o", out, "--wave", "sums")
    added = re.findall("insert_job: (.*)", (out / "legacy" / "sums.jil").read_text())
    assert len(added) == 1
    assert len(added[0]) <= 64
    assert f"insert_job: {added[0]}\n" not in text


@pytest.mark.parametrize(
    "text",
    [
        "insert_job: SUM\ncommand: p\ncondition: s(Q) & s(SUM)\n",
        "insert_job: SUM\ncommand: p\ncondition: s(Q) & s(AFTER)\n\n"
        "insert_job: AFTER\ncommand: p\ncondition: s(SUM)\n",
    ],
)
def test_the_legacy_side_starts_no_unit_in_a_circle(text: str, tmp_path: Path) -> None:
    (tmp_path / "transpile.toml").write_text(TOML.replace('"SUM"', '"SUM", "AFTER"'))
    (tmp_path / "a.jil").write_text(f"insert_job: Q\ncommand: q\n\n{text}")
    result = cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out", "--wave", "sums")
    assert result.exit_code == 1
    assert ".flyte" not in (tmp_path / "out" / "legacy" / "sums.jil").read_text()
