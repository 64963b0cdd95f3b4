"""Whatever is read: coded findings, never a traceback."""

import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.amounts import sample, share_of
from tests.support import GOLDEN, cli, codes, emit, plan
from transpile.analysis.walls import DEEPEST
from transpile.pipeline import read_estate
from transpile.sources.text import decode
from transpile.targets.flyte.model import NodeRole
from transpile.targets.printing import render_module

REALISTIC = (GOLDEN / "commands" / "input" / "commands.jil").read_text(encoding="utf-8")

pieces = st.sampled_from(
    [
        *(
            "insert_job: ",
            "update_job: ",
            "delete_box: ",
            "insert_global: ",
            "calendar: ",
            "A",
            "B",
        ),
        *("job_type: b", "job_type: fw", "box_name: A", "command: ", "condition: ", "s(A)", "f(B)"),
        *(" & ", " | ", "(", ")", '"', "\\", "/*", "*/", "#", ":", "$$X", "$${", "}", "\n", "\n\n"),
        *("start_times: ", "08:00", "date_conditions: 1", "days_of_week: mo", "n_retrys: 2", ","),
        *("status: on_ice", "watch_file: x", "\t", "\r", "\0", "\ufeff", "\u2028", "é", "日", "^P"),
    ]
)
texts = st.lists(pieces | st.text(max_size=4), max_size=40).map("".join)
fuzz = settings(
    max_examples=share_of(500), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@fuzz
@given(texts)
def test_any_text_gives_modules_that_compile(text: str) -> None:
    for name, module in emit(decode(text.encode("utf-8", "surrogatepass"))[0]).items():
        compile(module, f"{name}.py", "exec")


@fuzz
@given(st.binary(max_size=200))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.jil"
    path.write_bytes(data)
    result = cli("check", path, "--format", "json")
    assert result.exit_code in (0, 1)
    json.loads(result.stdout)


@pytest.mark.parametrize("step", range(7))
def test_truncated_anywhere(step: int) -> None:
    for end in sample(range(step, len(REALISTIC), 7), 4):
        for name, module in emit(REALISTIC[:end]).items():
            compile(module, f"{name}.py", "exec")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "A105"),
        (b"\n \n# nothing\n", "A105"),
        (bytes(range(256)) * 100, "A104"),
        (b"\x7fELF\0\0\0\0insert_job: A\ncommand: true\n", "A104"),
        (b"hello world\n", "A110"),
        (b"insert_job: A\ncommand: echo \xe9\n", "A106"),
        (b"insert_job: A\ncommand: echo a\0b\n", "A126"),
        ("\ufeffinsert_job: A\ncommand: f(x)\ncondition: s(\n".encode("utf-16"), "A302"),
    ],
)
def test_damage(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jil"
    path.write_bytes(data)
    assert code in codes(read_estate([str(path)], None).diagnostics)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    good = tmp_path / "good.jil"
    good.write_text("insert_job: A\ncommand: true\n", encoding="utf-8")
    result = cli("convert", tmp_path / "missing.jil", good, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "missing.jil:1:1: error[A101]" in result.output
    assert (tmp_path / "out" / "a.py").is_file()


def test_nothing_to_read(tmp_path: Path) -> None:
    result = cli("convert", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "A108" in result.output


def test_named_file_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("prose\n", encoding="utf-8")
    assert "A102" in cli("check", path).output


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "a\\..\\b", "..", "con", "a/b"])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    source = tmp_path / "in" / "a.jil"
    source.parent.mkdir()
    source.write_text(f"insert_job: {name}\ncommand: true\n", encoding="utf-8")
    out = tmp_path / "in" / "deep" / "out"
    assert cli("convert", source, "-o", out).exit_code == 0
    assert len(list(out.glob("*.py"))) == 3
    assert {path.name for path in tmp_path.iterdir()} == {"in"}
    assert {path.name for path in source.parent.iterdir()} == {"a.jil", "deep"}


@pytest.mark.parametrize(
    "value",
    [
        '"""',
        "'''",
        '\\"""',
        "{{ 7 * 7 }}{% for x in y %}{# #}",
        "#}",
        "\\",
        "\\\\",
        "%s %(x)s {0} {x!r}",
        "\u202e\u2028\x85\x0b\x0c",
        '"""; import os; os.system("x")  #',
    ],
)
def test_text_is_data(value: str) -> None:
    text = (
        f"insert_job: A{value}\njob_type: c\ncommand: echo {value}\ndescription: {value}\n"
        f"owner: {value}\nstd_out_file: /tmp/{value}\nsomething: {value}\n"
    )
    for name, module in emit(text).items():
        compiled = compile(module, f"{name}.py", "exec")
        assert not {"os", "system"} & set(compiled.co_names)


def test_a_megabyte_on_one_line() -> None:
    command = "echo " + "x y'z\"" * 180_000
    (module,) = emit(f"insert_job: A\njob_type: c\ncommand: {command}\n").values()
    compile(module, "a.py", "exec")


@pytest.mark.parametrize("filler", ["/* ", '" ', "\\", "((((", "$$", "$${", "s(A)&", ": ", "a: "])
def test_a_megabyte_of_trouble_takes_no_time(filler: str) -> None:
    noise = filler * (300_000 // len(filler))
    plan(f"insert_job: A\njob_type: c\ncommand: {noise}\ncondition: {noise}\nmachine: {noise}\n")


@pytest.mark.parametrize(("inside", "modules"), [("", 6), ("box_name: BOX\n", 1)])
def test_a_long_chain_does_not_exhaust_the_stack(inside: str, modules: int) -> None:
    box = "insert_job: BOX\njob_type: b\n" if inside else ""
    statements = [f"insert_job: J0\ncommand: true\n{inside}"]
    statements += [
        f"insert_job: J{n}\ncommand: true\ncondition: s(J{n - 1})\n{inside}"
        for n in range(1, 3_000)
    ]
    found, _ = plan(box + "\n".join(reversed(statements)))
    nodes = (n for module in found for workflow in module.workflows for n in workflow.nodes)
    jobs = [node.job for node in nodes if node.role is NodeRole.JOB]
    assert len(found) == modules
    assert sorted(jobs, key=lambda job: int(str(job)[1:])) == [f"J{n}" for n in range(3_000)]


def test_deep_boxes() -> None:
    statements = ["insert_job: B0\njob_type: b\n"]
    statements += [f"insert_job: B{n}\njob_type: b\nbox_name: B{n - 1}\n" for n in range(1, 2000)]
    (module,) = plan("\n".join(statements))[0]
    assert len(module.workflows) == DEEPEST
    assert set(module.node_of) == {f"B{n}" for n in range(2000)}


def test_a_large_cycle() -> None:
    statements = [
        f"insert_job: J{n}\ncommand: true\ncondition: s(J{(n + 1) % 5000})\n" for n in range(5000)
    ]
    modules, diagnostics = plan("\n".join(statements))
    assert modules == []
    assert [found.code for found in diagnostics] == ["A401"]


words = st.sampled_from(
    [
        *("JOB ", "FINAL ", "SUBDAG EXTERNAL ", "SPLICE ", "PARENT ", "CHILD ", "SCRIPT PRE "),
        *("VARS ", "RETRY ", "ABORT-DAG-ON ", "PRE_SKIP ", "CONNECT ", "PIN_IN ", "INCLUDE "),
        *(
            "A ",
            "B ",
            "S ",
            "S+A ",
            "ALL_NODES ",
            "main.dag ",
            "DIR x ",
            "NOOP ",
            "DONE ",
            "1 ",
            "2 ",
        ),
        *('x="y" ', "{\n", "}\n", "@=end\n", "@end\n", "\\\n", "\n", "\n", "\n", "# c\n", "//\n"),
        *(
            "executable = /bin/echo\n",
            "arguments = $(x) $(y:z) $(JOB) '\"\n",
            "queue 2\n",
            "queue\n",
        ),
        *("queue v in (a b)\n", "if defined x\n", "else\n", "endif\n", "include : x\n", "$(", ")"),
        *(
            "UNLESS-EXIT ",
            "RETURN ",
            "WEAK ",
            "TOLERANCE ",
            "environment = A=$(x);B\n",
            "output = o\n",
        ),
    ]
)
dags = st.lists(words | st.text(max_size=3), max_size=40).map("".join)


@fuzz
@given(dags)
def test_any_dag_gives_modules_that_compile(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("dag") / "main.dag"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    for module in read_estate([str(path)], None).modules:
        compile(render_module(module), f"{module.name}.py", "exec")


@fuzz
@given(dags)
def test_any_submit_description(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("sub")
    (folder / "main.dag").write_text("JOB A a.sub\nJOB B a.sub\n", encoding="utf-8")
    (folder / "a.sub").write_text(text, encoding="utf-8", errors="surrogatepass")
    for module in read_estate([str(folder / "main.dag")], None).modules:
        compile(render_module(module), f"{module.name}.py", "exec")


def test_a_gigabyte_by_accident(tmp_path: Path) -> None:
    (tmp_path / "good.jil").write_text("insert_job: A\ncommand: true\n", encoding="utf-8")
    for name in ("core.jil", "core.bin"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(2**30)
    result = cli("check", tmp_path)
    assert "core.jil:1:1: error[A104]" in result.output
    assert "checked 1 job in 1 file" in result.output


def test_a_text_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "log.jil"
    with path.open("wb") as file:
        file.write(b"insert_job: A\n" * 10_000)
        file.truncate(2**30)
    assert "error[A101]: cannot read log.jil: File too large" in cli("check", path).output


def test_links_that_lead_round_and_nowhere(tmp_path: Path) -> None:
    (tmp_path / "good.jil").write_text("insert_job: A\ncommand: true\n", encoding="utf-8")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "nowhere.jil").symlink_to(tmp_path / "none")
    (tmp_path / "self.jil").symlink_to(tmp_path / "self.jil")
    assert "checked 1 job in 1 file" in cli("check", tmp_path).output
    assert "A101" in cli("check", tmp_path / "self.jil").output


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "pipe.jil"
    os.mkfifo(path)
    text = "".join(f"insert_job: J{n}\ncommand: true\n\n" for n in range(5_000))
    writer = threading.Thread(target=lambda: path.write_text(text, encoding="utf-8"))
    writer.start()
    result = cli("check", path)
    writer.join()
    assert "checked 5,000 jobs in 1 file" in result.output
