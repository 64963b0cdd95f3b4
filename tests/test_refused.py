"""Jobs that rules map to entities, where no entity can stand for them, or only by halves."""

from pathlib import Path

import black
import pytest

from tests.support import ROOT, cli, python
from tests.test_mapping import converted, estate

REFUSED = """\
insert_job: A
job_type: {kind}
{lines}

insert_job: B
job_type: c
command: true
condition: {condition}
"""
CALL = '[[map]]\njob = "A"\nentity = "acme.tasks:nothing"\n'


@pytest.mark.parametrize("condition", ["d(A)", "f(A)"])
def test_an_entity_may_fail_where_the_job_does_nothing(condition: str, tmp_path: Path) -> None:
    """It is not mapped, and what stands in the way of the job stands in it again."""
    jil = REFUSED.format(kind="sql", lines="machine: m", condition=condition)
    folder = estate(tmp_path, CALL, jil)
    result = cli("convert", folder, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "A954" in result.output
    assert "A201" in result.output
    text = "".join(path.read_text() for path in (tmp_path / "out").glob("[!j]*.py"))
    assert 'blocked("A201"' in text


def test_what_is_not_mapped_has_its_globals_and_exit_codes(tmp_path: Path) -> None:
    lines = "command: echo $$X\nsuccess_codes: 4"
    jil = REFUSED.format(kind="c", lines=lines, condition="f(A)")
    folder = estate(tmp_path, CALL, jil)
    result = cli("convert", folder, "-o", tmp_path / "out")
    assert "A954" in result.output
    text = "".join(path.read_text() for path in (tmp_path / "out").glob("[!j]*.py"))
    assert 'env={"X": x}' in text
    assert "success_codes=(4,)" in text
    assert "1 of 1 workflow agree" in cli("verify", folder).output


def test_an_entity_has_no_exit_codes_of_its_own(tmp_path: Path) -> None:
    jil = REFUSED.format(kind="c", lines="command: x\nsuccess_codes: 4", condition="s(A)")
    folder = estate(tmp_path, CALL, jil)
    (folder / "acme" / "__init__.py").write_text("", encoding="utf-8")
    done = python("-m", "transpile", "verify", folder, env={"PYTHONPATH": f"{ROOT}:{folder}"})
    assert "1 of 1 workflow agree" in done.stdout, done.stderr


def test_a_module_without_tasks_is_what_black_writes(tmp_path: Path) -> None:
    jil = "insert_job: A\njob_type: c\ncommand: x\n"
    text = converted(estate(tmp_path, CALL, jil), tmp_path / "out")
    assert black.format_str(text, mode=black.Mode()) == text


@pytest.mark.parametrize("value", ["nan", "inf", "[-inf]"])
def test_numbers_that_python_cannot_spell(value: str, tmp_path: Path) -> None:
    rule = f'[[map]]\njob = "A"\nentity = "acme.tasks:whole"\ninputs = {{ count = {value} }}\n'
    result = cli("check", estate(tmp_path, rule))
    assert "A952" in result.output
    assert "cannot be passed to a task" in result.output


def test_scripts_of_a_node_are_not_dropped(tmp_path: Path) -> None:
    folder = estate(tmp_path, CALL, "")
    (folder / "a.jil").unlink()
    (folder / "x.sub").write_text("executable = x\nqueue\n", encoding="utf-8")
    (folder / "x.dag").write_text("JOB A x.sub\nSCRIPT POST A mend\n", encoding="utf-8")
    output = cli("check", folder).output
    assert "A954" in output
    assert "it has scripts before or after it" in output


@pytest.mark.parametrize("suffix", [".job", ".dag", ".jil"])
def test_retries_of_a_rule_are_those_of_the_engine(suffix: str, tmp_path: Path) -> None:
    texts = {
        ".job": "type=command\ncommand=./x\n",
        ".dag": "JOB A x.sub\n",
        ".jil": "insert_job: A\ncommand: x\n",
    }
    (tmp_path / f"a{suffix}").write_text(texts[suffix], encoding="utf-8")
    (tmp_path / "x.sub").write_text("executable = x\nqueue\n", encoding="utf-8")
    rule = '[[map]]\njob = "*"\nretries = 2\n'
    (tmp_path / "transpile.toml").write_text(rule, encoding="utf-8")
    result = cli("verify", tmp_path / f"a{suffix}")
    assert "1 of 1 workflow agree" in result.output, result.output
