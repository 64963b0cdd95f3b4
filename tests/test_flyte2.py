"""Programs for Flyte 2 as Flyte has them: types, imports, and what is sent of them."""

import ast
import json
import re
import shutil
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.support import GOLDEN, ROOT, cli, installed, python
from tests.test_helpers import complaints
from transpile.targets.flyte2.names import HELPERS

CASES = [folder / "input" for folder in sorted(GOLDEN.iterdir()) if (folder / "input").is_dir()]
SAMPLES = [ROOT / "samples" / name for name in ("autosys", "azkaban", "dagman", "tws")]
ENTITIES = """\
import flyte

env = flyte.TaskEnvironment(name="acme")


@env.task
def slope(x: list[int], y: list[int]) -> float:
    return 1.5


@env.task
def intercept(x: list[int], y: list[int], slope: float) -> float:
    return 3.0
"""
"""The tasks of samples/mapping, for Flyte 2."""

ENVIRONMENT = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
RULES = ("--select=E,F,I,W", "--ignore=E501", "--target-version=py310")
THIRD = ("--config", "lint.isort.known-third-party=['acme']")
LONGEST = 63
"""Flyte cuts longer names of tasks for people."""


def _mapping(folder: Path) -> Path:
    """A copy of samples/mapping whose tasks are those of Flyte 2."""
    shutil.copytree(ROOT / "samples" / "mapping", folder)
    (folder / "acme" / "tasks.py").write_text(ENTITIES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package for each golden and each sample, and the entities of one."""
    place = tmp_path_factory.mktemp("programs")
    mapping = _mapping(tmp_path_factory.mktemp("estates") / "mapping")
    shutil.copytree(mapping / "acme", place / "acme")
    sources = {f"golden_{source.parent.name}": source for source in CASES}
    sources |= {f"sample_{source.name}": source for source in (*SAMPLES, mapping)}
    for name, source in sources.items():
        cli("convert", source, "-o", place / name, "--target", "flyte2", "--quiet")
    return place


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of a process that leaves nothing behind and reports to nobody."""
    return {"HOME": str(tmp_path_factory.mktemp("home")), "DO_NOT_TRACK": "1", "NO_COLOR": "1"}


@pytest.fixture(scope="module")
def sent(folder: Path, home: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What Flyte would be sent of each package."""
    packages = sorted(path.parent for path in folder.glob("*/job_runtime.py"))
    env = {**home, "PYTHONPATH": f"{ROOT}:{folder}"}
    done = python(ROOT / "tests" / "flyte2_wire.py", *packages, env=env)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {Path(name).name: said for name, said in found.items()}


def test_every_estate_has_a_program(folder: Path) -> None:
    names = {path.parent.name for path in folder.glob("*/job_runtime.py")}
    without = {name for name in names if not any(folder.glob(f"{name}/**/[!_]*.py"))}
    assert len(names) >= len(CASES)
    assert without == set()


def test_the_types_agree(folder: Path) -> None:
    assert complaints("mypy", "--strict", "--config-file=", folder) == ""


def test_a_wrong_type_is_seen(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / "sample_dagman"
    shutil.copytree(folder / "sample_dagman", package)
    text = (package / "tides.py").read_text(encoding="utf-8")
    assert ".succeeded" in text
    (package / "tides.py").write_text(text.replace(".succeeded", ".good", 1), encoding="utf-8")
    assert "has no attribute" in complaints("mypy", "--strict", "--config-file=", tmp_path)


def test_nothing_is_missing_and_nothing_is_left_over(folder: Path) -> None:
    assert complaints("ruff", "check", "--isolated", "--no-cache", *RULES, *THIRD, folder) == ""


def test_helpers_that_are_imported_are_known(folder: Path) -> None:
    for path in folder.glob("*/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".job_runtime"):
                assert {alias.name for alias in node.names} <= HELPERS, path


def test_environments_are_valid_and_unique(sent: dict[str, dict[str, Any]]) -> None:
    for package, found in sent.items():
        names = found["environments"]
        assert len(names) == len(set(names)), package
        assert [name for name in names if not ENVIRONMENT.fullmatch(name)] == [], package


def test_each_job_is_a_task(folder: Path, sent: dict[str, dict[str, Any]]) -> None:
    """The report names the row of each job: it is a task of that legacy name."""
    for package, found in sent.items():
        report = json.loads((folder / package / "report.json").read_text(encoding="utf-8"))
        names = {path.rpartition(".")[2] for path in found["tasks"]}
        shown = {task["task"]["shortName"] for task in found["tasks"].values()}
        jobs = {row["job"] for row in report["nodes"] if row["node"] in names}
        workflows = {workflow["name"] for workflow in report["workflows"]}
        assert {name[:LONGEST] for name in jobs | workflows} <= shown, package


def test_retries_are_sent(sent: dict[str, dict[str, Any]]) -> None:
    task = sent["golden_boxes"]["tasks"]["day_network.day_load_b"]["task"]["taskTemplate"]
    assert task["metadata"]["retries"] == {"retries": 3}


def triggers(sent: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    tasks = chain.from_iterable(found["tasks"].values() for found in sent.values())
    return [trigger for task in tasks for trigger in task["triggers"]]


def test_triggers_are_those_of_the_schedules(sent: dict[str, dict[str, Any]]) -> None:
    (trigger,) = sent["golden_boxes"]["tasks"]["day_network.day_network"]["triggers"]
    cron = trigger["automationSpec"]["schedule"]["cron"]
    assert cron == {"expression": "0 6 * * 1-5", "timezone": "Europe/Berlin"}
    assert trigger["name"] == "DAY_network.schedule"
    assert trigger["spec"]["active"] is True
    assert len(triggers(sent)) > 40


def test_names_of_triggers_are_unique(sent: dict[str, dict[str, Any]]) -> None:
    for found in sent.values():
        names = [t["name"] for task in found["tasks"].values() for t in task["triggers"]]
        assert len(names) == len(set(names))


def test_a_checked_day_is_an_input_of_the_trigger(sent: dict[str, dict[str, Any]]) -> None:
    driver = sent["golden_branches"]["tasks"]["daily.daily"]
    (trigger,) = driver["triggers"]
    given = {each["name"]: each["value"] for each in trigger["spec"]["inputs"]["literals"]}
    assert given["trigger"]["scalar"]["primitive"] == {"stringValue": "daily_runs"}
    assert trigger["automationSpec"]["schedule"]["kickoffTimeInputArg"] == "kickoff"


def test_mail_is_a_notification_of_the_trigger(sent: dict[str, dict[str, Any]]) -> None:
    (trigger,) = sent["golden_alerts"]["tasks"]["shop.shop"]["triggers"]
    assert "shop@example.com" in json.dumps(trigger["spec"]["runSpec"])


CONFIG = """\
admin:
  endpoint: dns:///localhost:1
task:
  project: p
  domain: development
  org: o
"""


def test_a_dry_run_of_flyte_deploys_it(folder: Path, home: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(CONFIG, encoding="utf-8")
    shutil.copytree(folder / "sample_autosys", tmp_path / "sample_autosys")
    path = tmp_path / "sample_autosys" / "nightly" / "night.py"
    text = path.read_text(encoding="utf-8")
    # A plain image needs no service that looks for it.
    named = text.replace('name="nightly-night"', 'name="nightly-night", image="night:1"')
    assert named != text
    path.write_text(named, encoding="utf-8")
    options = ("--config", tmp_path / "c.yaml", "deploy", "--dry-run", "--version", "v1")
    done = installed("flyte", *options, path, "env", cwd=tmp_path, env=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nightly-night" in done.stdout
