"""Emitted modules under an unmodified flytekit: import, serialise, run, package."""

import json
import re
import shutil
from datetime import datetime, timezone
from pathlib import Path

import pytest
from croniter import croniter

from tests import flyte_model
from tests.support import CORPUS, GOLDEN, ROOT, cli, python
from tests.test_helpers import golden_runtime
from transpile.cli.emitted import workflow_modules

CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "expected").is_dir())
JIL = sorted(CORPUS.glob("jil/**/*.jil"))


def check_module(folder: Path, name: str, legacy: set[str]) -> None:
    """Import and serialise a module; its nodes carry exactly the legacy names."""
    module = flyte_model.load(folder, name)
    nodes = flyte_model.tree(flyte_model.serialise(module, name.rpartition(".")[2]))
    flyte_model.check_ids(nodes)
    labels = {leaf.label for node in nodes for leaf in node.leaves()}
    assert legacy <= labels | _boxes(nodes)


def _boxes(nodes: list[flyte_model.Node]) -> set[str]:
    inner = [_boxes(node.nodes) for node in nodes]
    return {node.label for node in nodes if node.nodes}.union(*inner)


@pytest.mark.parametrize("case", CASES)
def test_goldens_import_and_serialise(case: str) -> None:
    folder = GOLDEN / case / "expected"
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    (folder / "job_runtime.py").write_text(golden_runtime(case), encoding="utf-8")
    try:
        for workflow in report["workflows"]:
            name = workflow["module"]
            jobs = {j["name"] for j in report["jobs"] if j["module"] == name and j["node"]}
            check_module(folder, name, jobs)
    finally:
        (folder / "job_runtime.py").unlink()


RAISING = ("run", "run_node", "wait_for_file")
"""The helpers that run something and raise if it failed."""

REPORTING = ("run_status", "run_judged_status", "run_node_status", "wait_status")
"""The helpers that run something and report how it ended."""


def run_without_commands(folder: Path, name: str) -> tuple[int, str]:
    """Run a workflow whose jobs only count; (how many ran, what stopped it or '')."""
    module = flyte_model.load(folder, name)
    ran: list[tuple[object, ...]] = []

    def helper(*arguments: object, **keywords: object) -> int:
        ran.append(arguments)
        return 0

    for function in RAISING:
        if hasattr(module, function):
            setattr(module, function, helper)
    for function in REPORTING:
        if hasattr(module, function):
            setattr(module, function, lambda *_, **__: "SUCCESS 0")
    workflow = getattr(module, name.rpartition(".")[2])
    moments = (n for n, kind in workflow.python_interface.inputs.items() if kind is datetime)
    try:
        workflow(**dict.fromkeys(moments, datetime(2026, 1, 1, tzinfo=timezone.utc)))
    except Exception as error:  # flytekit wraps what a task raises
        return len(ran), str(error)
    return len(ran), ""


@pytest.mark.parametrize("case", CASES)
def test_goldens_run(case: str, tmp_path: Path) -> None:
    """Every job of a module runs, unless a node that fails with its code stands in it."""
    folder = tmp_path / "expected"
    shutil.copytree(GOLDEN / case / "expected", folder)
    (folder / "job_runtime.py").write_text(golden_runtime(case), encoding="utf-8")
    for path in workflow_modules(folder):
        text = path.read_text(encoding="utf-8")
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        ran, stopped = run_without_commands(folder, name)
        codes = set(re.findall(r'return blocked\(\s*"(A\d+)"', text))
        if codes:
            assert any(code in stopped for code in codes), path
        else:
            calls = sum(text.count(f"return {function}(") for function in RAISING)
            assert (ran, stopped) == (calls, ""), path


@pytest.mark.skipif(not JIL, reason="the corpus of other people's files is not here")
@pytest.mark.parametrize("path", JIL, ids=lambda p: f"{p.parent.parent.name}/{p.name}")
def test_files_of_strangers(path: Path, tmp_path: Path) -> None:
    result = cli("convert", path, "-o", tmp_path, "--format", "json")
    report = json.loads(result.stdout)
    for workflow in report["workflows"]:
        jobs = {j["name"] for j in report["jobs"] if j["module"] == workflow["module"]}
        nodes = {j["name"] for j in report["jobs"] if j["name"] in jobs and j["node"]}
        check_module(tmp_path, workflow["module"], nodes)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample") / "out"
    assert cli("convert", ROOT / "samples" / "autosys", "-o", out).exit_code == 0
    return out


def test_sample_does_real_work(sample: Path, tmp_path: Path) -> None:
    """The night's last summary is there, and says what the programs found out."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    modules = ["nightly/night", "buying/wkly_suppliers", "buying/buy_plan", "stores/str_morning"]
    for module in (*modules, "housekeeping/hk_purge_scratch"):
        path = sample / f"{module}.py"
        done = python(path, cwd=tmp_path, env={"PYTHONDONTWRITEBYTECODE": "1"})
        assert done.returncode == 0, done.stderr
    assert (tmp_path / ".sample-work" / "weekly" / "plan.csv").is_file()
    assert (tmp_path / ".sample-work" / "morning" / "sent.txt").is_file()
    summary = (tmp_path / ".sample-work" / "out" / "summary.txt").read_text(encoding="utf-8")
    assert "NIGHT OF 2026-01-31" in summary
    assert "IN BALANCE" in summary


JOBS = """
insert_global: WORD
value: hello
insert_job: A
job_type: c
command: echo "$$WORD" '$$WORD' $HOME
std_out_file: > out.txt
insert_job: B
job_type: c
command: cat; exit 3
std_in_file: out.txt
std_out_file: >> out.txt
condition: s(A)
max_exit_success: 3
insert_job: C
job_type: c
command: echo "$AUTO_JOB_NAME $GREETING"
std_out_file: out of C
profile: ./profile
envvars: "GREETING=$$WORD world"
condition: s(B)
insert_job: W
job_type: fw
watch_file: out*C
watch_interval: 1
condition: s(C)
"""


def convert(text: str, folder: Path) -> Path:
    (folder / "a.jil").write_text(text, encoding="utf-8")
    cli("convert", folder / "a.jil", "-o", folder / "out")
    return folder / "out"


def test_surroundings_of_a_command(tmp_path: Path) -> None:
    out = convert(JOBS, tmp_path)
    (tmp_path / "profile").write_text("GREETING=${GREETING}!\n", encoding="utf-8")
    (tmp_path / "out.txt").write_text("old\n", encoding="utf-8")
    done = python(out / "a_network.py", cwd=tmp_path, env={"HOME": "/h"})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out of C").read_text(encoding="utf-8") == "C hello world!\n"
    first = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert first.startswith("hello hello /h\n")
    assert "old" not in first


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ("command: exit 7", "exit code 7"),
        ("command: kill -9 $$", "killed by signal 9"),
        ("command: exit 3\nmax_exit_success: 2", "exit code 3"),
        ("command: exit 0\nsuccess_codes: 1,4-6", "exit code 0"),
        ("command: exit 5\nfail_codes: 4-6", "exit code 5"),
        ("command: echo $$UNSET", "no value for $$UNSET"),
        ("command: true\nstatus: on_hold", "A206"),
        ("command: true\ncondition: s(NOWHERE)", "A303"),
    ],
)
def test_failures(attributes: str, message: str, tmp_path: Path) -> None:
    out = convert(f"insert_job: A\njob_type: c\n{attributes}\n", tmp_path)
    done = python(out / "a.py", cwd=tmp_path)
    assert done.returncode == 1
    assert message in done.stderr


def test_a_long_command_reaches_the_shell(tmp_path: Path) -> None:
    words = "x" * 900_000
    out = convert(f"insert_job: A\njob_type: c\ncommand: printf %s {words} | wc -c > n\n", tmp_path)
    assert python(out / "a.py", cwd=tmp_path).returncode == 0
    assert (tmp_path / "n").read_text(encoding="utf-8").strip() == str(len(words))


def test_serialised_metadata_and_schedule(tmp_path: Path) -> None:
    out = convert(
        "insert_job: A\njob_type: c\ncommand: true\nn_retrys: 2\nterm_run_time: 30\n"
        'date_conditions: 1\ndays_of_week: mo,fr\nstart_times: "08:15"\ntimezone: US/Eastern\n',
        tmp_path,
    )
    module = flyte_model.load(out, "a")
    metadata = module.a_job.metadata
    assert metadata.retries == 2
    assert not metadata.timeout
    schedule = module.a_schedule.schedule.to_flyte_idl().cron_schedule.schedule
    assert schedule == "CRON_TZ=America/New_York 15 8 * * 1,5"
    assert croniter.is_valid(schedule.split(" ", 1)[1])
    flyte_model.serialise(module, "a")
