"""Kinds of tasks that rules choose: shell tasks, containers, and what templates of a team print."""

import json
import re
import subprocess
from collections import OrderedDict
from pathlib import Path
from types import ModuleType

import black
import pytest
from flytekit import ContainerTask
from flytekit.extras.tasks.shell import ShellTask
from flytekit.tools.translator import get_serializable

from tests import flyte_model
from tests.support import ROOT, cli, python

JIL = """\
insert_global: ODATE
value: 2026-01-31
insert_job: A
job_type: c
command: echo "$$ODATE" '{a}' | awk '{print $1}' >> out.txt; cat
std_in_file: in.txt
std_out_file: >> log.txt
envvars: "GREETING=hi {there}"
insert_job: B
job_type: c
command: exit $$CODE
condition: s(A)
max_exit_success: 2
"""
ODD = "it's \"a\" $(b) `c` ) {x} ${y} \\n # ' \n two {{z}}"

TEMPLATE = """\
from acme_spark import Spark

@task(task_config=Spark({{ job.command.split()[0] | py }}))
def {{ task.function | name }}({{ task.parameters | parameters }}) -> {{ task.returns | name }}:
    {{ task.documentation | docstring }}
{% if task.gate %}
    if not {{ task.gate | operand }}:
        return SKIPPED
{% endif %}
    return {{ task.result | py }}
"""


def estate(folder: Path, settings: str, jil: str = JIL, template: str = TEMPLATE) -> Path:
    folder.mkdir(parents=True)
    (folder / "acme_spark.py").write_text("class Spark:\n    def __init__(self, word): ...\n")
    (folder / "a.jil").write_text(jil, encoding="utf-8")
    (folder / "spark.py.jinja").write_text(template, encoding="utf-8")
    (folder / "transpile.toml").write_text(settings, encoding="utf-8")
    return folder


def rule(kind: str, job: str = "*", more: str = "") -> str:
    return f'[[map]]\njob = "{job}"\nkind = "{kind}"\n{more}\n'


def module_of(folder: Path, name: str = "a_network", status: int = 0) -> ModuleType:
    out = folder / "out"
    result = cli("convert", folder / "a.jil", "-o", out, "--quiet")
    assert result.exit_code == status, result.output
    text = (out / f"{name}.py").read_text(encoding="utf-8")
    assert black.format_str(text, mode=black.Mode()) == text
    return flyte_model.load(out, name)


def findings(folder: Path) -> dict[str, str]:
    rows = json.loads(cli("check", folder / "a.jil", "--format", "json").output)["diagnostics"]
    return {row["job"] or row["code"]: f"{row['code']} {row['message']}" for row in rows}


def test_a_shell_task_does_what_the_function_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = module_of(estate(tmp_path / "e", rule("shell")))
    assert isinstance(module.a_job if hasattr(module, "a_job") else module.a, ShellTask)
    monkeypatch.chdir(tmp_path)
    Path("in.txt").write_text("from stdin\n", encoding="utf-8")
    module.a(odate=ODD)
    log = Path("log.txt").read_text(encoding="utf-8")
    assert log == "from stdin\n"
    assert Path("out.txt").read_text(encoding="utf-8").split() == ["it's", "#", "two"]
    for code in ("0", "2"):
        module.b(code=code)
    with pytest.raises(Exception, match="return-code 3"):
        module.b(code="3")
    with pytest.raises(Exception, match=r"no value for \$\$CODE"):
        module.b(code="$$CODE")
    spec = flyte_model.serialise(module, "a_network")
    assert [node.id for node in spec.template.nodes] == ["a", "b"]
    assert module.a.name == "out.a_network.a"


def test_values_of_inputs_stay_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jil = 'insert_job: A\njob_type: c\ncommand: printf %s "$$X" > x.txt\n'
    module = module_of(estate(tmp_path / "e", rule("shell"), jil), "a")
    monkeypatch.chdir(tmp_path)
    getattr(module, "a_job", None)(x=ODD)
    assert Path("x.txt").read_text(encoding="utf-8") == ODD


def test_a_container_is_handed_values_as_arguments(tmp_path: Path) -> None:
    module = module_of(
        estate(tmp_path / "e", rule("container", more='image = "acme/x:1"')), status=0
    )
    assert isinstance(module.a, ContainerTask)
    spec = get_serializable(OrderedDict(), flyte_model._SETTINGS, module.a)
    container = spec.template.container
    assert container.image == "acme/x:1"
    assert container.command[-1] == "{{.inputs.odate}}"
    (tmp_path / "in.txt").write_text("", encoding="utf-8")
    words = [word.replace("{{.inputs.odate}}", ODD) for word in container.command]
    done = subprocess.run(words, cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").split() == ["it's", "#", "two"]
    flyte_model.serialise(module, "a_network")


@pytest.mark.parametrize("kind", ["shell", "container"])
def test_verify_agrees(kind: str, tmp_path: Path) -> None:
    folder = estate(tmp_path / "e", rule(kind, more='image = "acme/x:1"'))
    result = cli("verify", folder / "a.jil")
    assert result.exit_code == 0, result.output
    assert "agree in" in result.output
    failed = cli("dry-run", folder / "a.jil", "--fail", "B=3")
    assert failed.exit_code == 1
    assert cli("dry-run", folder / "a.jil", "--fail", "B=2").exit_code == 0


def test_retries_are_reported_and_not_proven(tmp_path: Path) -> None:
    jil = "insert_job: A\njob_type: c\ncommand: x\nn_retrys: 2\n"
    folder = estate(tmp_path / "e", rule("shell"), jil)
    assert findings(folder)["A"].startswith("A957")
    module = module_of(folder, "a")
    assert module.a_job.metadata.retries == 2
    assert "killed" in cli("verify", folder / "a.jil").output


@pytest.mark.parametrize(
    ("kind", "jil", "reason"),
    [
        ("shell", "insert_job: A\njob_type: fw\nwatch_file: x\n", "it is not one command"),
        ("container", "insert_job: A\njob_type: c\ncommand: x\n", "it has no image"),
        (
            "shell",
            "insert_job: A\njob_type: c\ncommand: x\nterm_run_time: 5\n",
            "only a function can keep its time limit",
        ),
        ("shell", JIL.replace("max_exit_success: 2", "fail_codes: 3"), "exit codes over 128"),
        ("shell", JIL.replace("max_exit_success: 2", "max_exit_success: 200"), "over 128"),
        ("shell", JIL.replace("s(A)", "f(A)"), "other jobs ask how it ends"),
    ],
)
def test_what_cannot_be_of_a_kind_is_said(kind: str, jil: str, reason: str, tmp_path: Path) -> None:
    folder = estate(tmp_path / "e", rule(kind), jil)
    (found,) = [text for text in findings(folder).values() if "A956" in text and reason in text]
    assert "A956" in found
    assert cli("verify", folder / "a.jil").exit_code == 0


def test_a_template_prints_the_task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = estate(tmp_path / "e", rule("spark.py.jinja"), JIL.replace("s(A)", "f(A)"))
    monkeypatch.syspath_prepend(str(folder))
    module = module_of(folder)
    text = (folder / "out" / "a_network.py").read_text(encoding="utf-8")
    assert '@task(task_config=Spark("echo"))' in text
    assert text.count("from acme_spark import Spark\n") == 1
    flyte_model.serialise(module, "a_network")
    assert cli("verify", folder / "a.jil").exit_code == 0
    done = python(folder / "out" / "a_network.py", env={"PYTHONPATH": str(folder)}, cwd=tmp_path)
    assert "no value for $$CODE" in done.stderr


def test_a_template_keeps_the_condition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = estate(tmp_path / "e", rule("spark.py.jinja"), JIL.replace("s(A)", "f(A)"))
    monkeypatch.syspath_prepend(str(folder))
    for form in (("--branch", "native"), ("--max-nodes", "2")):
        result = cli("verify", folder / "a.jil", *form)
        assert result.exit_code == 0, result.output
    out = folder / "native"
    report = cli("convert", folder / "a.jil", "-o", out, "--branch", "native", "--format", "json")
    assert "A602" in {found["code"] for found in json.loads(report.stdout)["diagnostics"]}


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ job.command }}", "line 1 of the template must end in one of"),
        ("{{ job.command | upper }}", "must end in one of"),
        ("{{ job.nothing | py }}", "Undefined is no value"),
        ("{{ task.__class__.__mro__ | py }}", "unsafe"),
        ("{% include 'x' %}", "no loader"),
        ("{% if %}", "template"),
        ("def f(:", "not print valid Python"),
        ("", "must define a"),
        ("import os\na = 1", "imports of the form"),
        ("print(1)\n@task\ndef a(): ...", "imports of the form"),
        ("@task\ndef other(odate: str) -> int:\n    return 0", "must define a"),
        ("@task\ndef a() -> int:\n    return 0", "must have the parameters: odate"),
        ("@task\ndef a(odate: str) -> float:\n    return 0", "must return int"),
        ("from x import run\n@task\ndef a(odate: str) -> int:\n    return 0", "is taken"),
        ("from x import y as a\n@task\ndef a(odate: str) -> int:\n    return 0", "is taken"),
        ("{{ 1 // 0 | py }}", "must end in"),
        ("{{ job.command | comment }}", "line 1 of the template prints a comment without a #"),
        ("@task(x=Spark())\ndef a(odate: str) -> int:\n    return 0", "no name Spark"),
        ("a = Shell()", "no name Shell"),
        ("{{ (1 // 0) | py }}", "division"),
        ("{{ 5 | name }}", "has no attribute"),
        ("{% macro m() %}# {{ m() | comment }}{% endmacro %}# {{ m() | comment }}", "recursion"),
        ("from x import *\n@task\ndef a(odate: str) -> int:\n    return 0", "no identifier"),
        ("from x import y as \u00e9\n@task\ndef a(odate: str) -> int:\n    return 0", "identifier"),
        ("from __future__ import division\n@task\ndef a(odate: str) -> int: ...", "__future__"),
        ("def a(odate: str) -> int:\n    return 0", "has no decorator"),
    ],
)
def test_templates_that_do_not_do(template: str, reason: str, tmp_path: Path) -> None:
    folder = estate(tmp_path / "e", rule("spark.py.jinja", "A"), template=template)
    assert reason in findings(folder)["A"]
    assert module_of(folder).a.task_function


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("@task\ndef a_job() -> int:\n    return 0", "A956 A cannot be a spark.py.jinja task: "),
        ("@task\ndef a_job() -> int:\n    return {{ task.result | py }}", None),
    ],
)
def test_a_template_keeps_the_time_limit(template: str, says: str | None, tmp_path: Path) -> None:
    jil = "insert_job: A\njob_type: c\ncommand: x\nterm_run_time: 5\n"
    folder = estate(tmp_path / "e", rule("spark.py.jinja"), jil, template)
    if says is None:
        assert "A" not in findings(folder)
    else:
        assert findings(folder)["A"].startswith(says)
    module_of(folder, "a")
    text = (folder / "out" / "a.py").read_text(encoding="utf-8")
    assert "time_limit=timedelta(minutes=5)" in text


def test_what_a_template_imports_in_vain_is_not_imported(tmp_path: Path) -> None:
    template = (
        "from acme_spark import Spark\nfrom x import run\n@task\ndef a(odate: str) -> int: ...\n"
    )
    folder = estate(tmp_path / "e", rule("spark.py.jinja", "A"), template=template)
    assert "Spark" not in vars(module_of(folder))


def test_a_template_may_print_an_object(tmp_path: Path) -> None:
    template = """\
from flytekit import Resources
from flytekit.extras.tasks.shell import ShellTask as Shell

# A shell that is ours
{{ task.function | name }} = Shell(name="x", script="true", requests=Resources(cpu="1"))
"""
    jil = "insert_job: A\njob_type: c\ncommand: x\n"
    folder = estate(tmp_path / "e", rule("spark.py.jinja"), jil, template)
    module = module_of(folder, "a")
    text = (folder / "out" / "a.py").read_text(encoding="utf-8")
    assert "# A shell that is ours\na_job = Shell(" in text
    assert module.a() is None


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            rule("java"),
            "kind is one of python, shell, container, or a template: file java does not exist",
        ),
        (rule("/dev/zero"), "file /dev/zero does not exist"),
        (rule("nowhere.jinja"), "file nowhere.jinja does not exist"),
        (rule("shell", more='entity = "acme:x"'), "an entity has its own kind"),
        (rule("shell", more="labels = { a = 1 }"), "labels must be a table of texts"),
    ],
)
def test_wrong_rules(rules: str, message: str, tmp_path: Path) -> None:
    result = cli("check", estate(tmp_path / "e", rules) / "a.jil")
    assert result.exit_code == 1
    assert message in result.output


def test_a_template_is_no_source(tmp_path: Path) -> None:
    folder = estate(tmp_path / "e", rule("spark.py.jinja", "NOBODY"))
    output = cli("check", folder, "--exclude", "*.py").output
    assert "spark.py.jinja" not in output.replace("kind", "")


def test_a_change_of_the_template_is_a_change(tmp_path: Path) -> None:
    folder = estate(tmp_path / "e", rule("spark.py.jinja"))
    module_of_text = [
        (
            (folder / "spark.py.jinja").write_text(text),
            cli("convert", folder / "a.jil", "-o", folder / "out"),
        )[1]
        for text in (TEMPLATE, TEMPLATE, TEMPLATE.replace("Spark(", "Spark(word="))
    ]
    assert ["unchanged  everything" in result.output for result in module_of_text] == [
        False,
        True,
        False,
    ]
    assert "Spark(word=" in (folder / "out" / "a_network.py").read_text(encoding="utf-8")


def test_labels_and_queues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lib" / "kubernetes").mkdir(parents=True)
    (tmp_path / "lib" / "kubernetes" / "client.py").write_text(
        "class V1PodSpec:\n    def __init__(self, containers): ...\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    settings = (
        '[[map]]\njob = "*"\nlabels = { team = "fin" }\nqueue = "night"\npod_template = "big"\n'
    )
    module = module_of(estate(tmp_path / "e", settings))
    labels = {"kueue.x-k8s.io/queue-name": "night", "team": "fin"}
    assert module.a.pod_template.labels == labels
    assert module.a.metadata.pod_template_name == "big"


def test_explain_map_names_the_kind(tmp_path: Path) -> None:
    folder = estate(tmp_path / "e", rule("shell", "A"))
    assert "sets kind shell" in cli("explain-map", "A", folder / "a.jil").output


def test_both_styles(tmp_path: Path) -> None:
    folder = estate(tmp_path / "e", rule("shell"))
    for style in ("imperative", "declarative"):
        out = folder / style
        assert cli("convert", folder / "a.jil", "-o", out, "--style", style).exit_code == 0
        spec = flyte_model.serialise(flyte_model.load(out, "a_network"), "a_network")
        assert [node.id for node in spec.template.nodes] == ["a", "b"]


def test_the_template_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "transpile/team/README.md").read_text(encoding="utf-8")
    (template,) = re.findall(r"```jinja\n(.*?)```", readme, re.DOTALL)
    (tmp_path / "lib" / "flytekitplugins").mkdir(parents=True)
    (tmp_path / "lib" / "flytekitplugins" / "spark.py").write_text(
        "class Spark:\n    def __init__(self, spark_conf): ...\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    module = module_of(estate(tmp_path / "e", rule("spark.py.jinja"), template=template))
    flyte_model.serialise(module, "a_network")
    text = (tmp_path / "e" / "out" / "a_network.py").read_text(encoding="utf-8")
    assert 'spark_conf={"spark.app.name": "B"}' in text


def test_imports_of_a_template_that_does_not_do_stay_out(tmp_path: Path) -> None:
    template = """\
from json import dumps
from json import loads as run
@task
def {{ task.function | name }}({{ task.parameters | parameters }}) -> int:
    return 0
"""
    folder = estate(tmp_path / "e", rule("spark.py.jinja"), template=template)
    assert not hasattr(module_of(folder), "dumps")


def test_what_somebody_approves_is_of_no_other_kind(tmp_path: Path) -> None:
    settings = rule("spark.py.jinja") + '[[external]]\njob = "X"\napproval = "?"\n'
    jil = "insert_job: A\njob_type: c\ncommand: true\ncondition: s(X)\n"
    folder = estate(tmp_path / "e", settings, jil, TEMPLATE.replace("odate", "unused"))
    assert "asks for an approval" in findings(folder)["X"]
