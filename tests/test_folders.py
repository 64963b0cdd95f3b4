"""Emitted modules in folders, as their sources are."""

import json
from pathlib import Path

import pytest
from click.testing import Result

from tests.support import cli, python

JOB = "insert_job: {name}\ncommand: echo {name} ran\ndescription: {text}\n"


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    write(tmp_path / "estate", {"a/x.jil": "NIGHT", "b/deep er/y.jil": "DAY", "z.jil": "NOON"})
    return tmp_path / "estate"


def write(folder: Path, jobs: dict[str, str], text: str = "") -> None:
    for name, job in jobs.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(JOB.format(name=job, text=text), encoding="utf-8")


def made(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*.py")}


MODULES = {"a/night.py", "b/deep_er/day.py", "noon.py"}
PACKAGES = {"__init__.py", "a/__init__.py", "b/__init__.py", "b/deep_er/__init__.py"}


def test_modules_stand_as_their_sources_do(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", estate, "-o", out)
    assert made(out) == MODULES | PACKAGES | {"job_runtime.py"}
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert {w["module"] for w in report["workflows"]} == {"a.night", "b.deep_er.day", "noon"}


def test_each_file_runs_and_each_package_imports(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", estate, "-o", out)
    for name in MODULES:
        done = python(out / name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "ran" in done.stdout
    code = "import out.a.night, out.b.deep_er.day as d; d.day()"
    done = python("-c", code, env={"PYTHONPATH": "."}, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = python("-m", "out.b.deep_er.day", env={"PYTHONPATH": ""}, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_pyflyte_runs_a_module_in_a_folder(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", estate, "-o", out)
    program = "from flytekit.clis.sdk_in_container.pyflyte import main; main()"
    done = python("-c", program, "run", "out/b/deep_er/day.py", "day", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    package = ["--pkgs", "out", "package", "--image", "i:1", "--source", ".", "-o", "p.tgz"]
    done = python("-c", program, *package, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_dry_run_takes_the_folder_and_a_file_in_it(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", estate, "-o", out)
    whole = cli("dry-run", out)
    assert whole.exit_code == 0
    assert all(
        f"{name} started by hand: succeeded" in whole.output for name in ("NIGHT", "DAY", "NOON")
    )
    failed = cli("dry-run", out / "a" / "night.py", "--fail", "NIGHT")
    assert failed.exit_code == 1
    assert "NIGHT: failed" in failed.output
    assert cli("verify", estate).exit_code == 0


def test_a_job_over_several_folders_stands_above_them(tmp_path: Path) -> None:
    write(tmp_path / "estate", {"a/b/x.jil": "ONE"})
    second = "insert_job: TWO\ncommand: true\ncondition: s(ONE)\n"
    path = tmp_path / "estate" / "a" / "c" / "y.jil"
    path.parent.mkdir()
    path.write_text(second, encoding="utf-8")
    cli("convert", tmp_path / "estate", "-o", tmp_path / "out")
    assert "a/one_network.py" in made(tmp_path / "out")


def test_same_names_in_folders_and_beside_them(tmp_path: Path) -> None:
    jobs = {"a/x.jil": "job", "b/x.jil": "JOB", "job/x.jil": "J-OB", "jo.b/x.jil": "j ob"}
    write(tmp_path / "estate", {**jobs, "y.jil": "Job"})
    cli("convert", tmp_path / "estate", "-o", tmp_path / "out")
    modules = made(tmp_path / "out")
    assert {"a/job.py", "b/job.py", "job/j_ob.py"} <= modules
    assert "job.py" not in modules
    names = [path.rpartition("/")[2] for path in modules]
    assert "job_2.py" in names


FIN = """
insert_job: FIN_NIGHT
job_type: b
application: FIN
group: Night Ops
insert_job: FIN_LOAD
box_name: FIN_NIGHT
command: echo ran
application: TRD
"""


def by_rule(folder: Path, rule: str, text: str) -> Result:
    """The conversion of a file in a folder `src` under a rule for folders."""
    write(folder, {"estate/src/x.jil": "PLAIN"})
    with (folder / "estate" / "src" / "x.jil").open("a", encoding="utf-8") as file:
        file.write(text)
    settings = f'[options]\nstrict = false\n[layout]\nfolder = "{rule}"\n'
    (folder / "estate" / "transpile.toml").write_text(settings, encoding="utf-8")
    return cli("convert", folder / "estate", "-o", folder / "flows", "--format", "json")


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ("application", "fin"),
        ("group", "night_ops"),
        ("{application}/{group}", "fin/night_ops"),
        ("team {application}", "team_fin"),
        ("team/{application}-{group}", "team/fin_night_ops"),
        ("{application}/{machine}", "fin"),
        ("{machine}", "src"),
    ],
)
def test_a_rule_places_a_workflow_by_its_first_job(tmp_path: Path, rule: str, place: str) -> None:
    """A level without a value is left out; without any value the folder of the source counts."""
    result = by_rule(tmp_path, rule, FIN)
    assert result.exit_code == 0, result.output
    modules = made(tmp_path / "flows")
    assert {f"{place}/fin_night.py", "src/plain.py"} <= modules
    assert f"{place}/__init__.py" in modules
    done = python(tmp_path / "flows" / place / "fin_night.py", cwd=tmp_path)
    assert (done.returncode, "ran" in done.stdout) == (0, True), done.stderr
    assert cli("dry-run", tmp_path / "flows").exit_code == 0


def test_a_member_gives_the_folder_if_its_box_has_none(tmp_path: Path) -> None:
    by_rule(tmp_path, "application", FIN.replace("application: FIN\n", ""))
    assert "trd/fin_night.py" in made(tmp_path / "flows")


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("../../etc", "etc/a.py"),
        ("/abs/path", "abs_path/a.py"),
        ("..", "src/a.py"),
        ("金融", "src/a.py"),
        ("import", "import_folder/a.py"),
        ("flows", "flows_folder/a.py"),
        ("job_runtime", "job_runtime_folder/a.py"),
        ("2024", "folder_2024/a.py"),
        ("B", "b/a.py"),
    ],
)
def test_values_become_safe_folders(tmp_path: Path, value: str, place: str) -> None:
    text = f"insert_job: A\ncommand: echo ran\napplication: {value}\n"
    result = by_rule(tmp_path, "application", text)
    assert place in made(tmp_path / "flows")
    assert {path.name for path in tmp_path.iterdir()} == {"estate", "flows"}
    found = [row for row in json.loads(result.output)["diagnostics"] if row["code"] == "A915"]
    places = [(row["file"], row["line"]) for row in found]
    assert places == ([("transpile.toml", 4)] if place == "src/a.py" else [])


def test_a_module_beside_a_folder_of_its_name(tmp_path: Path) -> None:
    jobs = "insert_job: FIN\ncommand: true\ninsert_job: A\ncommand: true\napplication: FIN\n"
    by_rule(tmp_path, "{application}", jobs)
    assert {"src/fin.py", "fin/a.py"} <= made(tmp_path / "flows")
    by_rule(tmp_path, "src/{application}", jobs)
    assert {"src/fin_2.py", "src/fin/a.py"} <= made(tmp_path / "flows")


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("{aplication}", "no job has the property aplication; the properties are application,"),
        ("aplication", "no job has the property aplication; the properties are application,"),
        ("../{application}/", "it must be a property such as application, or"),
        ("{application!r}", "it must be a property such as application, or"),
        ("{}", "it must be a property such as application, or"),
        ("all jobs", "it must be a property such as application, or"),
    ],
)
def test_a_rule_that_is_wrong_is_ignored(tmp_path: Path, rule: str, says: str) -> None:
    result = by_rule(tmp_path, rule, FIN)
    assert result.exit_code == 1
    (found,) = [row for row in json.loads(result.output)["diagnostics"] if row["code"] == "A912"]
    assert (found["file"], found["line"]) == ("transpile.toml", 4)
    assert says in found["message"]
    assert "src/fin_night.py" in made(tmp_path / "flows")


def test_prune_takes_folders_away(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", estate, "-o", out)
    (estate / "b" / "deep er" / "y.jil").unlink()
    cli("convert", estate, "-o", out)
    assert (out / "b" / "deep_er" / "day.py").exists()
    result = cli("convert", estate, "-o", out, "--prune")
    assert "b/deep_er/day.py" in result.output
    assert not (out / "b").exists()
    (out / "a" / "mine.txt").write_text("mine", encoding="utf-8")
    (estate / "a" / "x.jil").unlink()
    cli("convert", estate, "-o", out, "--prune")
    assert [path.name for path in (out / "a").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_folder_that_is_none_is_not_written_through(
    estate: Path, tmp_path: Path, kind: str
) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    if kind == "link":
        (out / "a").symlink_to(elsewhere)
    else:
        (out / "a").write_text("mine", encoding="utf-8")
    result = cli("convert", estate, "-o", out)
    assert result.exit_code == 1
    assert "A901" in result.output
    assert not list(elsewhere.iterdir())
    assert (out / "noon.py").exists()


def test_the_manifest_cannot_lead_elsewhere(estate: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", estate, "-o", out)
    victim = tmp_path / "victim.py"
    victim.write_text("", encoding="utf-8")
    manifest = out / ".transpile.json"
    data = json.loads(manifest.read_text(encoding="utf-8"))
    empty = data["files"]["a/__init__.py"]
    data["files"] |= {"../victim.py": empty, "a/../../victim.py": empty, str(victim): empty}
    manifest.write_text(json.dumps(data), encoding="utf-8")
    cli("convert", estate, "-o", out, "--prune", "--force")
    assert victim.exists()


def test_files_that_a_dag_in_a_folder_names(tmp_path: Path) -> None:
    """Findings say where they are, and the module stands where its DAG does."""
    files = {
        "outer.dag": "SPLICE S inner.dag\nINCLUDE more.dag\nSUBDAG EXTERNAL U under.dag\n",
        "inner.dag": "JOB A a.sub\n",
        "more.dag": "JOB B a.sub\n",
        "under.dag": "JOB C a.sub\n",
        "a.sub": "executable = a\nconcurrency_limits = x\ninclude : b.sub\nqueue\n",
        "b.sub": "cron_day_of_month = 1\n",
    }
    folder = tmp_path / "estate" / "night"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    cli("convert", tmp_path / "estate", "-o", out)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    places = {job["name"].rpartition("+")[2]: job["source"]["file"] for job in report["jobs"]}
    assert places["A"] == "night/inner.dag"
    assert places["B"] == "night/more.dag"
    assert set(places.values()) == {f"night/{name}" for name in files if name.endswith(".dag")}
    found = {(d["code"], d["file"], d["line"]) for d in report["diagnostics"]}
    assert {("A714", "night/a.sub", 2), ("A727", "night/b.sub", 1)} <= found
    packages = {"__init__.py", "night/__init__.py"}
    assert made(out) == {"job_runtime.py", "night/outer.py"} | packages
