"""Tests that `convert --with-tests` writes: they pass, and they see what an edit breaks."""

import ast
import os
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import GOLDEN, ROOT, cli, python, read
from transpile.module_tests.chosen import MOST_CHOSEN, choose
from transpile.module_tests.played import Played, Player
from transpile.module_tests.render import paths_of_tests
from transpile.output.project import project
from transpile.targets.flyte.naming import WorkflowNames

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

GOLDENS = (
    *("azkaban_flows", "boxes", "conditions", "dagman", "joblist_drawings", "names"),
    *("controlm_json", "tws_conditions"),
)
"""Small estates, one at least of each format with conditions."""

CHAIN = r"""
insert_job: A
command: a $$DAY
n_retrys: 1
std_out_file: >/tmp/a.$$DAY

insert_job: B
command: b
condition: s(A)
term_run_time: 5

insert_job: C
command: c
condition: f(B) & d(A)

insert_job: D
command: d
condition: (s(B) & e(A) = 0) | s(C)
max_exit_success: 2

insert_job: E
command: e
condition: s(D)
n_retrys: 2

insert_job: F
command: f

insert_job: G
command: g
condition: s(F) & s(D)

insert_job: W
job_type: f
watch_file: /tmp/$$DAY.ready
watch_interval: 30

insert_job: X
command: x
condition: e(W) > 2 | s(E)

insert_global: DAY
value: monday
"""

MISTAKES = {
    "condition": ("if not (failed(b) and done(a))", "if not (succeeded(b) and done(a))"),
    "edge": ("f_node >> g_node\n", ""),
    "command": ('"b"', '"bb"'),
    "value": ('env={"DAY": day}', 'env={"DAY": "friday"}'),
    "retries": ("retries=2", "retries=1"),
    "codes": ("success_codes=range(3)", "success_codes=range(9)"),
    "limit": ("minutes=5", "minutes=6"),
    "path": ('f"/tmp/{day}.ready"', 'f"/tmp/{day}.redy"'),
    "raised": ("return require_success(", "return str("),
    "left_out": ('return run_status("c")', 'return "SUCCESS"'),
}
"""Edits that change what the module does: what they replace, and by what."""

EVIL = '\'"""\\{x}#%s${Y}`touch pwned`'

SOURCES = {
    "evil": f'insert_job: it\'s_"x"\ncommand: {EVIL}\nstd_out_file: >{EVIL}\n\n'
    f'insert_job: \\n{{0}}\ncommand: {EVIL}\ncondition: f(it\'s_"x")\n',
    "waiting": "insert_job: W1\njob_type: b\ndate_conditions: 1\ndays_of_week: all\n"
    "start_times: 10:00\n\ninsert_job: W1.A\nbox_name: W1\ncommand: a1\n\n"
    "insert_job: W2\njob_type: b\ndate_conditions: 1\ndays_of_week: all\nstart_times: 11:00\n\n"
    "insert_job: W2.A\nbox_name: W2\ncommand: b1\n\n"
    "insert_job: W2.B\nbox_name: W2\ncommand: b2\ncondition: s(W2.A) & f(W1.A)\n",
}
"""Sources by the name of OUT: texts that mean harm, and a wait for another workflow."""

ALONE = {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}


def run_tests(folder: Path, *outs: str) -> dict[str, set[str]]:
    """The names of tests that passed and of those that did not, by the folder of OUT and a word."""
    for path in folder.glob("*/tests/test_*.py"):
        # pytest wants all files of one run to have different names.
        path.rename(path.with_name(f"test_{path.parts[-3]}_{path.name}"))
    options = ("-q", "-p", "no:cacheprovider", "-rA", "--tb=no", "--rootdir=.")
    done = python("-m", "pytest", *options, *outs, cwd=folder, env=ALONE)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: dict[str, set[str]] = {}
    pattern = r"^(PASSED|FAILED|ERROR|SKIPPED) (\w+)/\w+/(\S+?)(?:\.py)?::(.*?)(?: - .*)?$"
    for word, out, _, name in re.findall(pattern, done.stdout, re.MULTILINE):
        found.setdefault(f"{out} {word}", set()).add(name)
    return found


def convert(source: Path, out: Path, *options: str) -> Path:
    done = cli("convert", source, "-o", out, "--with-tests", "--quiet", *options)
    assert done.exit_code in (0, 1), done.output
    return out


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("source") / "chain.jil"
    source.write_text(CHAIN, encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def goldens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The written tests of some goldens and sources, each in an OUT of its name."""
    folder = tmp_path_factory.mktemp("goldens")
    for name in GOLDENS:
        convert(GOLDEN / name / "input", folder / name)
    for name, text in SOURCES.items():
        (folder / f"{name}.jil").write_text(text, encoding="utf-8")
        convert(folder / f"{name}.jil", folder / name)
    return folder


def written(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*/tests/test_*.py"))


def test_they_pass_and_run_no_command(goldens: Path) -> None:
    found = run_tests(goldens, *GOLDENS, *SOURCES)
    assert {key.split()[1] for key in found} == {"PASSED"}
    assert {key.split()[0] for key in found} == {*GOLDENS, *SOURCES}
    assert sum(map(len, found.values())) > 50
    assert not list(goldens.rglob("pwned"))


def test_a_wait_for_another_workflow_is_over(goldens: Path) -> None:
    (path,) = (path for path in written(goldens) if path.name.endswith("w2.py"))
    text = path.read_text(encoding="utf-8")
    assert '"W2.B": "SUCCESS"' in text
    assert '{"W2.A": "FAILURE 1", "W2.B": "NOT RUN"}' in text


def test_they_need_flytekit_and_pytest_only(goldens: Path) -> None:
    known = {"__future__", "collections", "dataclasses", "datetime", "functools", "json"}
    known |= {
        "pathlib",
        "sys",
        "types",
        "typing",
        "unittest",
        "flytekit",
        "pytest",
        *GOLDENS,
        *SOURCES,
    }
    for path in goldens.glob("*/tests/*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
        modules = [n.module if isinstance(n, ast.ImportFrom) else n.names[0].name for n in nodes]
        assert {str(module).partition(".")[0] for module in modules} <= known


def test_scenarios_have_different_names_and_are_few(goldens: Path) -> None:
    seen = 0
    for path in written(goldens):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.keywords]
        ids = [k.value.value for n in calls for k in n.keywords if k.arg == "id"]  # type: ignore[attr-defined]
        assert len(ids) == len(set(ids)) <= MOST_CHOSEN
        seen += len(ids)
    assert seen > 30


def test_an_edit_that_changes_what_a_module_does_fails(chain: Path, tmp_path: Path) -> None:
    forms = {"native": ("--branch", "native"), "declarative": ("--style", "declarative")}
    for name, options in {"same": (), **forms}.items():
        convert(chain, tmp_path / name, *options)
    for name, (old, new) in MISTAKES.items():
        (module,) = convert(chain, tmp_path / name).glob("*_network.py")
        text = module.read_text(encoding="utf-8")
        assert old in text, name
        module.write_text(text.replace(old, new), encoding="utf-8")
    found = run_tests(tmp_path, "same", *forms, *MISTAKES)
    fails = {key.split()[0] for key in found if not key.endswith("PASSED")}
    assert fails == set(MISTAKES)
    assert found["same PASSED"] == found["native PASSED"] == found["declarative PASSED"]
    assert "test_ends[B fails]" in found["same PASSED"]


def test_they_are_the_same_whatever_the_order_of_hashes(chain: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "1" / "flows", tmp_path / "2" / "flows"
    convert(chain, here)
    seed = {"PYTHONHASHSEED": "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"}
    python("-m", "transpile", "convert", chain, "-o", there, "--with-tests", env=seed)
    texts = {path.name: path.read_bytes() for path in (here / "tests").iterdir()}
    assert texts == {path.name: path.read_bytes() for path in (there / "tests").iterdir()}
    assert texts.keys() == {"conftest.py", "test_a_network.py"}


def test_only_the_option_writes_them(chain: Path, tmp_path: Path) -> None:
    out = tmp_path / "flows"
    cli("convert", chain, "-o", out)
    assert not (out / "tests").exists()
    convert(chain, out)
    assert {path.name for path in (out / "tests").iterdir()} >= {"conftest.py"}
    done = cli("convert", chain, "-o", out, "--format", "json")
    assert "A903" in done.output
    assert (out / "tests").exists()
    cli("convert", chain, "-o", out, "--prune")
    assert not (out / "tests").exists()


def test_the_settings_can_ask_for_them(chain: Path, tmp_path: Path) -> None:
    (tmp_path / "chain.jil").write_text(chain.read_text(encoding="utf-8"), encoding="utf-8")
    settings = tmp_path / "transpile.toml"
    settings.write_text("[options]\nwith-tests = true\n", encoding="utf-8")
    cli("convert", tmp_path / "chain.jil", "-o", tmp_path / "flows")
    assert (tmp_path / "flows" / "tests" / "conftest.py").exists()


def test_an_edited_test_is_kept(chain: Path, tmp_path: Path) -> None:
    (path,) = convert(chain, tmp_path / "flows").glob("tests/test_*.py")
    path.write_text("# mine\n", encoding="utf-8")
    convert(chain, tmp_path / "flows", "--style", "declarative")
    assert path.read_text(encoding="utf-8") == "# mine\n"


def test_programs_have_none(chain: Path, tmp_path: Path) -> None:
    out = tmp_path / "flows"
    done = cli("convert", chain, "-o", out, "--with-tests", "--target", "flyte2")
    assert done.exit_code == 2
    assert "--with-tests is for --target flyte" in done.output
    assert not out.exists()


def test_what_registers_and_installs_modules_passes_over_tests(chain: Path, tmp_path: Path) -> None:
    out = convert(chain, tmp_path / "flows")
    found = [name for _, name, _ in pkgutil.walk_packages([str(out)], "flows.")]
    assert not [name for name in found if "test" in name]
    data = tomllib.loads((out / "pyproject.toml").read_text(encoding="utf-8"))
    assert "/tests" in data["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"]
    assert "/tests" not in project("flows", "")


def test_a_selection_writes_the_same_tests(tmp_path: Path) -> None:
    source = tmp_path / "two.jil"
    source.write_text("insert_job: A\ncommand: a\n\ninsert_job: B\ncommand: b\n", encoding="utf-8")
    whole = convert(source, tmp_path / "one" / "flows")
    part = convert(source, tmp_path / "two" / "flows", "--select", "B")
    names = {path.name for path in (part / "tests").iterdir()}
    assert names == {"conftest.py", "test_b.py"}
    for name in names:
        assert (part / "tests" / name).read_bytes() == (whole / "tests" / name).read_bytes()


def names_of(folder: tuple[str, ...], variable: str) -> WorkflowNames:
    return WorkflowNames(variable, {}, folder, variable, (), (), frozenset())


@pytest.mark.parametrize(
    ("modules", "within", "paths"),
    [
        ([((), "a")], "", ["tests/test_a.py"]),
        ([(("x", "y"), "a")], "", ["tests/test_x__y__a.py"]),
        ([(("Tests",), "a")], "", ["tests_/test_Tests__a.py"]),
        ([((), "tests")], "", ["tests_/test_tests.py"]),
        ([(("tests",), "a")], "flows/", ["tests/test_tests__a.py"]),
        ([((), "a")], "tests/", ["tests_/test_a.py"]),
        ([(("x__y",), "a"), (("x", "Y"), "a")], "", ["test_x__y__a", "test_x__Y__a_2"]),
    ],
)
def test_paths_are_different_and_in_no_package(
    modules: list[tuple[tuple[str, ...], str]], within: str, paths: list[str]
) -> None:
    found = paths_of_tests([names_of(*module) for module in modules], within)
    assert all(path in name for path, name in zip(paths, found.values(), strict=True))


def played(text: str) -> list[Played]:
    facts, _ = read(text)
    (part,) = facts.parts()
    return list(Player(part, frozenset(part.jobs), frozenset()).all())


def chosen(text: str) -> list[dict[str, str]]:
    facts, _ = read(text)
    links = frozenset((d.upstream, d.downstream) for d in facts.dependencies)
    found = choose(played(text), links)
    return [{n: str(o) for n, o in each.scenario.outcomes.items()} for each in found]


def jobs(*conditions: str) -> str:
    found = (f"insert_job: J{n}\ncommand: x\n{c}\n\n" for n, c in enumerate(conditions))
    return "".join(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A kill does what a failure does: one of them is enough.
        (
            jobs("", "condition: s(J0)"),
            [{}, {"J1": "exit 1"}, {"J0": "exit 1"}],
        ),
        # Here it does not.
        (
            jobs("", "condition: f(J0)", "condition: t(J0)"),
            [{}, {"J0": "exit 1"}, {"J0": "killed"}],
        ),
        # Only both together start J2.
        (
            jobs("", "condition: n(J0)", "condition: f(J0) & f(J1)"),
            [{}, {"J0": "exit 1"}, {"J1": "exit 1"}, {"J0": "exit 1", "J1": "exit 1"}],
        ),
    ],
)
def test_chosen_scenarios_change_something_new(text: str, expected: list[dict[str, str]]) -> None:
    found = chosen(text)
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def test_at_most_ten_are_chosen() -> None:
    box = "insert_job: BOX\njob_type: b\n\n"
    assert len(chosen(box + jobs(*("box_name: BOX",) * 30))) == MOST_CHOSEN


def test_a_task_of_the_team_is_not_played(tmp_path: Path) -> None:
    out = convert(ROOT / "samples" / "mapping", tmp_path / "flows")
    (path,) = out.glob("tests/test_*.py")
    text = path.read_text(encoding="utf-8")
    assert "@pytest.mark.skip(" in text
    assert "an entity of the team stands for a job" in text
