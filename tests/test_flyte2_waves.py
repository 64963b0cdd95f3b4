"""Programs for Flyte 2 of jobs that have moved, beside the legacy side."""

import ast
import json
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("flyte", reason="flyte is not installed")

from tests.support import GOLDEN, cli
from tests.test_flyte2_mutants import lost_options
from tests.test_nights_waves import PERIOD, TOLD, UNEXPLAINED, write
from tests.test_verify_mutants import Edit, calls, is_unseen, scenarios_of
from tests.test_verify_waves import ESTATE, emitted, verdict
from tests.test_wave_starts import TEXT, TOML
from transpile.cli.subjects import Written, from_estate, write_modules
from transpile.cli.waves import choose_wave
from transpile.model.rules import FLYTE2
from transpile.pipeline import read_estate
from transpile.proof.drawn_ends import WEATHER
from transpile.proof.nights import Drawing, Nights
from transpile.team import read_settings

TARGET = ("--target", FLYTE2)


# ---------------------------------------------------------------- one run


@pytest.mark.parametrize("workflow", ["NIGHT", "MIXED"])
def test_moved_workflows_agree_as_emitted(workflow: str, tmp_path: Path) -> None:
    found = verdict(emitted(tmp_path, target=FLYTE2)[workflow])
    assert (found.problems, found.disagreements) == ([], [])
    assert found.agree >= 100


def test_a_job_that_cannot_start_is_not_told_to_start(tmp_path: Path) -> None:
    held = ESTATE.replace("condition: s(LOAD) & (", "condition: s(RATES, 0) & (")
    text = emitted(tmp_path, held, target=FLYTE2)["NIGHT"].path.read_text()
    assert "tell_legacy_start(LOAD_LEGACY" in text
    assert "tell_legacy_start(POST_LEGACY" not in text


NIGHT, CUTS, MIXED = ("NIGHT", ""), ("NIGHT", "_cuts"), ("MIXED", "_cuts")
MISTAKES = {
    "other test": (CUTS, "succeeded(last(RATES,", "done(last(RATES,"),
    "dropped term": (CUTS, " or failed(last(FEED))", ""),
    "other job": (CUTS, '("RATES", "ask RATES")', '("PAY", "ask PAY")'),
    "other command": (CUTS, '"ask RATES"', '"ask RATE"'),
    "no job of the legacy side": (MIXED, " and terminated(last(PAY))", ""),
    "other wait": (NIGHT, 'on_both_sides("POST", POST,', 'on_both_sides("POST", CODE,'),
    "dropped wait": (NIGHT, 'wait=lambda: on_both_sides("POST", POST, interval=60),', ""),
    "end not told": (NIGHT, "after=lambda status: tell_legacy(LOAD_LEGACY, status, interval=60),"),
    "start not told": (NIGHT, "before=lambda: tell_legacy_start(LOAD_LEGACY, interval=60),"),
    "one status for all": (NIGHT, "LOAD_LEGACY, status,", 'LOAD_LEGACY, "SUCCESS 0",'),
    "other word": (CUTS, "tell LOAD {status}", "tell LOAD SUCCESS"),
    "no code": (CUTS, "tell POST {status} {code}", "tell POST {status} "),
    "told about another job": (CUTS, "tell LOAD ", "tell POST "),
    "missing reset": (NIGHT, "[LOAD_LEGACY, POST_LEGACY]", "[LOAD_LEGACY]"),
    "told after the start": (
        NIGHT,
        "before=lambda: tell_legacy_start(POST_LEGACY, interval=60),",
        "tells=lambda: tell_legacy_start(POST_LEGACY, interval=60),",
    ),
}


def planted(path: Path, old: str, new: str = "") -> None:
    """Replace a text, whose line may be broken anywhere."""
    pattern = r"\s+".join(map(re.escape, old.split(" ")))
    text, number = re.subn(pattern, lambda _: new, path.read_text(encoding="utf-8"))
    assert number
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_planted_mistake_is_found(mistake: str, tmp_path: Path) -> None:
    (workflow, suffix), *change = MISTAKES[mistake]
    written = emitted(tmp_path, target=FLYTE2)[workflow]
    planted(written.path.with_name(f"{written.path.stem}{suffix}.py"), *change)
    assert not verdict(written).good


# ---------------------------------------------------------------- the golden wave


def other_commands(tree: ast.Module) -> Iterator[Edit]:
    """A job of the legacy side is asked about or told by another command, or is missing."""
    for call in ast.walk(tree):
        match call:
            case ast.Call(ast.Name("LegacyJob"), [ast.Constant() as name, ast.Constant() as asks]):
                yield lambda name=name: setattr(name, "value", f"{name.value}.OLD")
                yield lambda asks=asks: setattr(asks, "value", f"{asks.value} now")
            case ast.Call(ast.Name("LegacyJob"), [_], [ast.keyword("tell", tells), *_]):
                for new in ("SUCCESS", "{status} now"):
                    text = tells.value.replace("{status}", new)
                    yield lambda tells=tells, text=text: setattr(tells, "value", text)
            case ast.Call(ast.Name("tell_legacy"), [_, status]):
                yield lambda call=call, status=status: call.args.remove(status)


def lost_resets(tree: ast.Module) -> Iterator[Edit]:
    for call, word in calls(tree, "resets"):
        yield lambda call=call, word=word: call.keywords.remove(word)


@pytest.fixture
def harbour(tmp_path: Path) -> dict[str, Written]:
    """The programs of the golden wave, by module."""
    golden = GOLDEN / "waves"
    settings = read_settings(golden / "input" / "transpile.toml")
    settings.use_form(target=FLYTE2)
    choose_wave(settings, (golden / "wave.txt").read_text().strip())
    planned = read_estate([str(golden / "input")], settings=settings).planned
    return {each.module.name: each for each in write_modules(planned, tmp_path)}


@pytest.mark.parametrize("module", ["hrb_tide", "hrb_bills", "hrb_night"])
def test_mistakes_beside_the_legacy_side_are_found(
    module: str, harbour: dict[str, Written]
) -> None:
    written = harbour[module]
    scenarios = scenarios_of(written)
    assert is_unseen(written, scenarios)
    tried, unseen = 0, []
    cuts = written.path.with_name(f"{module}_cuts.py")
    in_driver = (lost_options, lost_resets, other_commands)
    for path, kinds in ((written.path, in_driver), (cuts, (other_commands,))):
        text = path.read_text(encoding="utf-8")
        for kind in kinds:
            for number in range(len(list(kind(ast.parse(text))))):
                tree = ast.parse(text)
                list(kind(tree))[number]()
                path.write_text(ast.unparse(tree), encoding="utf-8")
                if is_unseen(written, scenarios):
                    unseen.append(f"{path.name} {kind.__name__} {number}")
                tried += 1
        path.write_text(text, encoding="utf-8")
    assert tried >= 5
    assert not unseen


# ---------------------------------------------------------------- days


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sources, and with the modules of the wave in `flows`."""
    base = tmp_path_factory.mktemp("waves")
    write(base / "sources")
    result = cli("convert", base / "sources", "-o", base / "flows", "--wave", "first", *TARGET)
    assert result.exit_code == 0, result.output
    return base


def nights(sources: Path, *options: object) -> tuple[int, dict[str, Any]]:
    days = ("--days", 3, "--from", "2026-05-12", "--scenarios", 8, "--seed", 1, "--format", "json")
    result = cli("verify", sources, "--wave", "first", *TARGET, *days, *options)
    found = {row["name"]: row for row in json.loads(result.stdout)["workflows"]}
    return result.exit_code, found


def test_moved_jobs_run_as_in_the_night_before_the_move(folder: Path) -> None:
    status, found = nights(folder / "sources")
    assert {name: row["differences"] for name, row in found.items()} == {
        name: {} for name in ("NIGHT", "MORNING", "AFTER")
    }
    assert status == 0
    assert all(row["agreeing_runs"] > 4 for row in found.values())
    assert nights(folder / "sources", "--against", folder / "flows") == (status, found)


@pytest.mark.parametrize(
    ("module", "change", "kind"),
    [
        ("night_cuts", (" and exit_code(last(CHECK)) < 2",), UNEXPLAINED),
        ("night_cuts", ('"tell LOAD {status} {code}"', '"tell LOAD SUCCESS 0"'), TOLD),
        ("night", ("after=lambda status: tell_legacy(LOAD_LEGACY, status, interval=60),",), TOLD),
        ("night", ("after=lambda status: tell_legacy(NIGHT_LEGACY, status, interval=60),",), TOLD),
        ("night", ("before=lambda: tell_legacy_start(LOAD_LEGACY, interval=60),",), TOLD),
    ],
)
def test_a_mistake_is_found_over_days(
    module: str, change: tuple[str, ...], kind: str, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder / "flows", tmp_path / "flows")
    planted(tmp_path / "flows" / f"{module}.py", *change)
    status, found = nights(folder / "sources", "--against", tmp_path / "flows")
    assert status == 1
    assert found["NIGHT"]["differences"].get(kind, 0) > 0


@pytest.fixture(scope="module")
def played(folder: Path) -> Nights:
    settings = read_settings(folder / "sources" / "transpile.toml")
    settings.use_form(target=FLYTE2)
    choose_wave(settings, "first")
    estate = read_estate([str(folder / "sources")], settings=settings)
    with_modules = from_estate(estate.planned, folder, execute=False, exist=True)
    parts = [target.part() for target in with_modules]
    return Nights(estate.networks, parts, PERIOD, {}, Drawing(0, {"RATES": 4200.0}), {})


@pytest.mark.parametrize(
    ("begin", "late"),
    [
        ("2026-05-13T19:30+00:00", set()),
        ("2026-05-13T22:01+00:00", {"LOAD", "POST", "MORNING"}),
        ("2026-05-14T05:30+00:00", {"MORNING"}),
    ],
)
def test_an_hour_without_answers_only_delays(played: Nights, begin: str, late: set[str]) -> None:
    moment = datetime.fromisoformat(begin)
    played.silences = ()
    good = played.play(2, WEATHER[0])
    played.silences = [(moment, moment + timedelta(hours=1))]
    silent = played.play(2, WEATHER[0])
    assert not good.differences
    runs = [[run for run in each.platform.runs if run.job != "AFTER"] for each in (silent, good)]
    pairs = list(zip(*runs, strict=True))
    assert all((a.job, a.state, a.code) == (b.job, b.state, b.code) for a, b in pairs)
    delays = {a.job: a.start - b.start for a, b in pairs if a.start != b.start}
    assert {job for job, delay in delays.items() if delay > timedelta(minutes=5)} == late
    assert all(timedelta() < delay <= timedelta(hours=1, minutes=1) for delay in delays.values())


def test_a_dry_run_of_both_sides_has_the_runs_of_the_source(folder: Path) -> None:
    given = ("--wave", "first", "--from", "2026-05-11", "--days", 3, "--fail", "RATES@2026-05-11=3")
    by_side = [
        cli("dry-run", folder / "sources", *given, *TARGET, "--by", side, "--format", "json")
        for side in ("source", "platform")
    ]
    runs = [json.loads(each.stdout)["runs"] for each in by_side]
    assert runs[0] == runs[1]
    assert {run["job"] for run in runs[0]} == {"NIGHT", "LOAD", "POST", "MORNING", "AFTER"}


# ---------------------------------------------------------------- starts by the legacy side


STARTER = "start-on-flyte sum_workflow.sum_workflow"


def definitions(folder: Path, wave: str) -> dict[str, str]:
    """The files of OUT/legacy once a wave has moved."""
    (folder / "transpile.toml").write_text(TOML)
    (folder / "a.jil").write_text(TEXT)
    cli("convert", folder / "a.jil", "-o", folder / "out", "--wave", wave, *TARGET)
    return {path.name: path.read_text() for path in (folder / "out" / "legacy").iterdir()}


def test_the_legacy_side_starts_the_task_of_the_driver(tmp_path: Path) -> None:
    assert STARTER in definitions(tmp_path, "sums")["sums.jil"]
    text = (tmp_path / "out" / "sum_workflow.py").read_text()
    assert 'TaskEnvironment(name="sum_workflow")' in text
    assert "async def sum_workflow(" in text
    assert "triggers=" not in text


def test_a_later_wave_ends_the_start(tmp_path: Path) -> None:
    first = definitions(tmp_path, "sums")
    third = definitions(tmp_path, "rates")
    assert {name: third[name] for name in first} == first
    assert "delete_job: SUM.flyte" in third["rates.jil"]
    assert STARTER in third["rates_back.jil"]


def test_a_job_that_only_a_poll_asks_about_has_a_place(tmp_path: Path) -> None:
    clock = 'date_conditions: 1\ndays_of_week: all\nstart_times: "0{}:00"\ncommand: x\n'
    (tmp_path / "a.jil").write_text(
        f"insert_job: ORD.X\n{clock.format(1)}"
        f"insert_job: ORD.Y\n{clock.format(3)}condition: e(ORD.X) = 3 & s(OLD)\n"
        f"insert_job: OLD\n{clock.format(2)}"
    )
    (tmp_path / "transpile.toml").write_text(
        '[timezones]\ndefault = "UTC"\n[platform]\nendpoint = "flyteadmin:81"\n'
        '[[wave]]\nname = "orders"\njobs = ["ORD.*"]\n[bridge]\nstatus = "ask {job}"\n'
    )
    result = cli("verify", tmp_path / "a.jil", "--wave", "orders", "--target", FLYTE2)
    assert result.exit_code == 0, result.output
    assert "2 of 2 workflows agree" in result.output
