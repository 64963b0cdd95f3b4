"""Azkaban: whatever is read, there are coded findings and no traceback."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.azkaban.support import SETTINGS, estate_of, flow
from tests.support import GOLDEN, codes
from transpile.targets.printing import render_module

# -------------------------------------------------------------------- whatever is read

words = st.sampled_from(
    [
        *("type=", "command=", "command.1=", "noop", "command", "flow", "dependencies=", "a", "b"),
        *("flow.name=", "${", "}", "$(", "=", ":", ",", "\\", "\\u00e9", "\n", "#", "!", "'", '"'),
        *("nodes:\n", "- name: a\n", "  type: noop\n", "  type: flow\n", "  nodes:\n", "  - "),
        *(
            "config: {",
            "dependsOn: [a]\n",
            "condition: ",
            "one_failed",
            "${a:x} == 1",
            " && ",
            "&x",
            "*x",
        ),
        *(
            "trigger:\n",
            "retries=9",
            "0 0 8 * * ?",
            "\0",
            "\t",
            "é",
            "---\n",
            "|",
            ">",
            "!!python/x",
        ),
    ]
)
texts = st.lists(words | st.text(max_size=4), max_size=40).map("".join)
fuzz = settings(
    max_examples=share_of(150),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def check_any(files: Mapping[str, str | bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        estate = estate_of(Path(folder), files)
        for module in estate.modules:
            compile(render_module(module), module.name, "exec")


@fuzz
@given(texts, texts, texts)
def test_any_text_gives_modules_that_compile(job: str, shared: str, flow: str) -> None:
    encode = "surrogatepass"
    check_any({"a.job": "type=command\n" + job, "x.properties": shared.encode("utf-8", encode)})
    check_any({**SETTINGS, "a.flow": "nodes:\n- name: a\n  type: command\n" + flow})
    check_any(
        {"a.job": job.encode("utf-8", encode), "b.flow": "nodes:\n" + flow, "c.project": shared}
    )


@pytest.mark.parametrize(
    "name", ["azkaban_flows/input/rescue.flow", "azkaban/input/load/load_items.job"]
)
def test_truncated_anywhere(name: str) -> None:
    data = (GOLDEN / name).read_bytes()
    for end in range(0, len(data), 5):
        check_any({Path(name).name: data[:end], **(SETTINGS if ".flow" in name else {})})


@pytest.mark.parametrize(
    "text",
    [
        "nodes:\n"
        + "".join(
            f"{' ' * n}- name: a\n{' ' * n}  type: flow\n{' ' * n}  nodes:\n"
            for n in range(0, 400, 4)
        ),
        "a: &a [x, x]\nb: &b [*a, *a]\nnodes: [*b, *b]\n",
        "nodes: &n\n- {name: a, type: flow, nodes: *n}\n",
        "[" * 5000,
        flow("- {name: b, type: noop, dependsOn: [a], condition: '" + "!(" * 3000 + "'}"),
        flow("- {name: b, type: noop, condition: " + "(" * 40 + "one_failed" + ")" * 40 + "}"),
    ],
)
def test_deep_and_endless_flows(text: str) -> None:
    check_any({**SETTINGS, "f.flow": text})


def test_values_without_an_end(tmp_path: Path) -> None:
    long = "".join(f"v{n}=${{v{n + 1}}}${{v{n + 1}}}\n" for n in range(60)) + "v60=x\n"
    deep = "".join(f"v{n}=${{v{n + 1}}}\n" for n in range(3000)) + "v3000=x\n"
    for text in (long, deep):
        estate = estate_of(tmp_path, {"a.job": f"type=command\n{text}command=echo ${{v0}}\n"})
        assert "A808" in codes(estate.diagnostics)


def test_flows_inside_flows_without_an_end(tmp_path: Path) -> None:
    files = {"f0.job": "type=noop\n"}
    for n in range(1, 30):
        for side in "ab":
            files[f"f{n}{side}.job"] = f"type=flow\nflow.name=f{n - 1}\n"
        files[f"f{n}.job"] = f"type=noop\ndependencies=f{n}a,f{n}b\n"
    estate = estate_of(tmp_path, files)
    assert "A807" in codes(estate.diagnostics)
