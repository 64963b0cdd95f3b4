"""Azkaban: sources to projects and flows, and what is refused."""

import zipfile
from pathlib import Path

import pytest

from tests.azkaban.support import SETTINGS, estate_of, flow, places, verdicts, write
from tests.support import CORPUS, cli, codes
from transpile.dialects import recognise
from transpile.dialects.azkaban.schedules import CronError, five_fields
from transpile.pipeline import read_estate
from transpile.targets.printing import render_module

# -------------------------------------------------------------------- projects


def test_properties_are_chained(tmp_path: Path) -> None:
    files = {
        "a.properties": "x=1\ny=1\nz=1\n",
        "b.properties": "y=2\n",
        "sub/c.properties": "z=3\n",
        "sub/deep/job.job": "type=command\nw=${x}${y}\ncommand=./x ${w} ${z} ${own}\nown=4\n",
    }
    estate = estate_of(tmp_path, files)
    assert '"cd sub/deep && ./x 12 3 4"' in render_module(estate.modules[0])
    # The flow has a name that any project may have; a lost container is said of every estate.
    assert codes(estate.diagnostics) <= {"A606", "A642"}


def test_flows_inside_see_what_is_around_them(tmp_path: Path) -> None:
    files = {
        "inner.job": "type=command\ncommand=./x ${a} ${b} ${c}\nc=own\n",
        "outer.job": "type=flow\nflow.name=inner\na=1\nb=2\nc=3\n",
        "inner.properties": "b=shared\n",
    }
    estate = estate_of(tmp_path, files)
    texts = {module.title: render_module(module) for module in estate.modules}
    assert '"./x 1 2 own"' in texts["outer"]
    assert '"./x ${a} shared own"' in texts["inner"]


def test_a_flow_for_each_job_that_nobody_depends_on(tmp_path: Path) -> None:
    files = {
        "first.job": "type=noop\n",
        "left.job": "type=noop\ndependencies=first\nroot.node=true\n",
        "right.job": "type=noop\ndependencies= first , ,\n",
        "end.job": "type=noop\ndependencies=left\n",
    }
    estate = estate_of(tmp_path, files)
    found = {module.title: set(module.node_of) for module in estate.modules}
    assert found == {
        "left": {"first", "left"},
        "right": {"first", "right"},
        "end": {"first", "left", "end"},
    }


def test_projects_stay_apart(tmp_path: Path) -> None:
    files = {
        "one/end.job": "type=noop\ndependencies=start\n",
        "one/start.job": "type=noop\n",
        "two/end.job": "type=noop\n",
        "three/p.project": SETTINGS["p.project"],
        "three/deep/end.flow": "nodes:\n  - {name: n, type: noop}\n",
    }
    estate = estate_of(tmp_path, files)
    # The flow has a name that any project may have; a lost container is said of every estate.
    assert codes(estate.diagnostics) <= {"A606", "A642"}
    assert {network.title for network in estate.networks} == {"one_end", "two_end", "three_end"}


def test_folders_that_depend_on_one_another_are_one_project(tmp_path: Path) -> None:
    files = {"one/end.job": "type=noop\ndependencies=start\n", "two/start.job": "type=noop\n"}
    estate = estate_of(tmp_path, files)
    # The flow has a name that any project may have; a lost container is said of every estate.
    assert codes(estate.diagnostics) <= {"A606", "A642"}
    assert [module.title for module in estate.modules] == ["end"]


def test_a_zip_is_read_where_it_lies(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"x.properties": "x=1\n", "a/job.job": "type=command\ncommand=./x ${x}\n"}
    )
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for path in folder.rglob("*.*"):
            file.write(path, path.relative_to(folder))
    estate = read_estate([str(tmp_path / "p.zip")], None)
    assert "cd a && ./x 1" in render_module(estate.modules[0])
    # The flow has a name that any project may have; a lost container is said of every estate.
    assert codes(estate.diagnostics) <= {"A606", "A642"}
    assert not [path for path in tmp_path.rglob("*.job") if "in" not in path.parts]


def test_odd_zips(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("../up.job", "/root.job", "a\\b.job", "good.job"):
            file.writestr(name, "type=noop\n")
        file.writestr("bomb.job", b"type=noop\n" + b"#" * 70_000_000)
    estate = read_estate([str(tmp_path / "p.zip")], None)
    found = [d.span.file for d in estate.diagnostics if d.code == "A101"]
    assert sorted(found) == ["../up.job", "/root.job", "a\\b.job", "bomb.job"]
    assert [module.title for module in estate.modules] == ["good"]
    (tmp_path / "bad.zip").write_bytes((tmp_path / "p.zip").read_bytes()[:100])
    assert "A101" in codes(read_estate([str(tmp_path / "bad.zip")], None).diagnostics)


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("a.job", "type=noop\n", "azkaban"),
        ("a.job", "dependencies=b\n", "azkaban"),
        ("a.job", "insert_job: A\ncommand: true\n", "autosys"),
        ("a.job", "hello\n", None),
        ("a.properties", "type=command\n", None),
        ("a.properties", "env=prod\nretries=3\n", None),
        ("a.flow", "<?xml version='1.0'?>\n<Flow/>\n", None),
        ("a.flow", "---\nconfig:\nnodes:\n", "azkaban"),
        ("", "nodes:\n  - name: a\n    type: noop\n", "azkaban"),
        ("a.yaml", "nodes:\n  - role: worker\n", None),
        ("x.project", "azkaban-flow-version: 2.0\n", "azkaban"),
        ("x.project", "<projectDescription>\n", None),
    ],
)
def test_what_is_recognised(path: str, text: str, name: str | None) -> None:
    found = recognise(path, text)
    assert (found.name if found else None) == name


# -------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("files", "code", "line", "column"),
    [
        ({"a.job": "type=noop\ndependencies=b, c\n", "b.job": "type=noop\n"}, "A804", 2, 17),
        ({"a.job": "type=noop\ndependencies=a\n"}, "A401", 2, 14),
        ({"a.job": "type=noop\n dependencies : \\\n   b"}, "A804", 3, 4),
        ({"a.job": "type=flow\nflow.name = b\n"}, "A806", 2, 13),
        ({"a.job": "type=flow\nflow.name=a\n"}, "A807", 2, 11),
        (
            {"x/a.job": "type=noop\n", "y/a.job": "type=noop\n", "n.job": "type=noop\n"},
            "A802",
            1,
            1,
        ),
        ({"a.job": "# no type\nx=1\n"}, "A803", 1, 1),
        ({"a.job": "type=command\ncommand=\\u00\n"}, "A801", 2, 1),
        ({"a.job": "type=command\ncommand=a $(b)\n"}, "A809", 2, 9),
        ({"a.job": "type=command\ncommand=a\ncommand=b\n"}, "A811", 3, 9),
        ({"a.job": "type=voldemort\n"}, "A813", 1, 6),
    ],
)
def test_job_files_that_are_refused(
    files: dict[str, str], code: str, line: int, column: int, tmp_path: Path
) -> None:
    estate = estate_of(tmp_path, files)
    assert (code, line, column) in {(found[0], *found[2:]) for found in places(estate)}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (flow("- {name: a, type: noop}"), "A818", 3, 10),
        (flow("- {name: ROOT, type: noop}"), "A818", 3, 10),
        (flow("- {name: b, type: noop, dependsOn: [c]}"), "A818", 3, 37),
        (flow("- {name: b}"), "A817", 3, 3),
        (flow("- {name: b, type: noop, depends: [a]}"), "A817", 3, 25),
        (flow("- {name: b, type: noop, dependsOn: a}"), "A817", 3, 36),
        (flow("- {name: b, type: flow}"), "A817", 3, 3),
        (flow("- {name: b, type: noop, nodes: []}"), "A817", 3, 32),
        ("nodes: [\n", "A817", 2, 1),
        ("a: b\n", "A817", 1, 1),
        ("nodes:\n", "A817", 1, 7),
        (flow("- {name: b, type: noop, dependsOn: [a], condition: all_gone}"), "A822", 3, 52),
        (flow("- {name: b, type: noop, dependsOn: [a], condition: '${c:x} == 1'}"), "A822", 3, 52),
        (flow("- {name: b, type: noop, condition: all_done}\n---\nx: y"), "A817", 4, 1),
        (flow("x"), "A817", 4, 1),
    ],
)
def test_flow_files_that_are_refused(
    text: str, code: str, line: int, column: int, tmp_path: Path
) -> None:
    estate = estate_of(tmp_path, {**SETTINGS, "f.flow": text})
    assert (code, "f.flow", line, column) in places(estate)
    assert not estate.modules
    assert cli("convert", tmp_path / "in", "-o", tmp_path / "out").exit_code == 1


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 0 8 * * ?", ("0 8 * * *", 0)),
        ("0 0/5 * ? * *", ("*/5 * * * *", 0)),
        ("0 10/25 * * * ?", ("10,35 * * * *", 0)),
        ("0 0 12 ? * MON-FRI", ("0 12 * * 1-5", 0)),
        ("0 0 12 ? * 1,7", ("0 12 * * 0,6", 0)),
        ("0 0 0 ? * FRI-MON", ("0 0 * * 0,1,5,6", 0)),
        ("0 0 0 ? * FRI-MON/2", ("0 0 * * 0,1,5,6", 0)),
        ("0 0 0 ? * MONDAY/2", ("0 0 * * 1", 0)),
        ("0 0 0 1 NOV-FEB/2 ?", ("0 0 1 1,2,11,12 *", 0)),
        ("0 0 0 ? * 6-2/2", ("0 0 * * 0,5", 0)),
        ("0 0 22-4/3 * * ?", ("0 1,4,22 * * *", 0)),
        ("0 50-10/7 * * * ?", ("4,50,57 * * * *", 0)),
        ("30 0 0 1,15 jan-mar ? *", ("0 0 1,15 1-3 *", 30)),
        ("0 0 8-18/2 * * ?", ("0 8,10,12,14,16,18 * * *", 0)),
        *(
            (text, None)
            for text in (
                "0 0 8 * *",
                "0 0 8 L * ?",
                "0 0 8 ? * 2#1",
                "0 0 8 ? * MON#1",
                "* * * * * ?",
            )
        ),
        *((text, None) for text in ("0 0 8 * * ? 2030", "0 0 8 15W * ?", "0 60 8 * * ?", "")),
        *(
            (text, None)
            for text in ("0 0 8 1 * 1", "0 0 8 ? * ?", "0 0 8 * * ? * *", "0 /0 8 * * ?")
        ),
    ],
)
def test_cron_expressions(expression: str, expected: tuple[str, int] | None) -> None:
    if expected is None:
        with pytest.raises(CronError):
            five_fields(expression)
    else:
        assert five_fields(expression) == expected


# -------------------------------------------------------------------- files of others

FOREIGN = CORPUS / "azkaban" / "azkaban__azkaban"
EXPECTED = {
    "az-examples/flow20-projects": {},
    "az-examples/kafka-event-based-trigger": {"A817": 1},
    "azkaban-web-server/src/test/resources": {"A820": 1, "A828": 1},
    "test/execution-test-data/basicflowyamltest": {},
    "test/execution-test-data/conditionalflowtest/conditional_flow3": {"A813": 3},
    "test/execution-test-data/conditionalflowyamltest": {"A813": 25},
    "test/execution-test-data/cyclefoundyamltest": {"A401": 1, "A402": 1},
    "test/execution-test-data/dependencyundefinedyamltest": {"A818": 1},
    "test/execution-test-data/duplicatenodenamesyamltest": {"A818": 1},
    "test/execution-test-data/duplicateprojectyamltest": {"A819": 1},
    "test/execution-test-data/embedded_bad": {"A807": 5},
    "test/execution-test-data/embeddedflowyamltest": {},
    "test/execution-test-data/invalidflowversiontest": {"A819": 1},
    "test/execution-test-data/noflowyamltest": {"A105": 1},
    "test/execution-test-data/recursivedirectoryyamltest": {},
}


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="the corpus is not beside the checkout")
@pytest.mark.parametrize("name", EXPECTED)
def test_foreign_projects(name: str, tmp_path: Path) -> None:
    estate = read_estate([str(FOREIGN / name)], None)
    found: dict[str, int] = {}
    for diagnostic in estate.diagnostics:
        if diagnostic.level.value != "note":
            found[diagnostic.code] = found.get(diagnostic.code, 0) + 1
    for code in {"A813", "A826"} - set(EXPECTED[name]):
        found.pop(code, None)
    assert found == EXPECTED[name]
    for verdict in verdicts(estate, tmp_path, 40):
        assert verdict.disagreements == []
        assert verdict.problems == []


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="the corpus is not beside the checkout")
def test_every_foreign_file_is_converted_or_refused(tmp_path: Path) -> None:
    for folder in sorted({path.parent for path in FOREIGN.rglob("*.[jf]*")}):
        estate = read_estate([str(folder)], None)
        assert estate.modules or estate.diagnostics.failed(strict=True), folder
