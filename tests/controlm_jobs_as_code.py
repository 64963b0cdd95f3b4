"""Jobs as code for tests of Control-M: documents, and what is read of them."""

import json
from typing import Any

from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.json_reader import read_json
from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.sources.text import Source

COMMAND = {"Type": "Job:Command", "Command": "true"}
DUMMY = {"Type": "Job:Dummy"}


def read(text: str) -> tuple[list[Element], list[Diagnostic]]:
    diagnostics = Diagnostics()
    return read_json(Source("jobs.json", text), diagnostics), list(diagnostics)


def clean(document: object) -> list[Element]:
    """The elements of a document about which there is nothing to say."""
    elements, found = read(json.dumps(document))
    assert [str(diagnostic) for diagnostic in found] == []
    return elements


def folder(**members: Any) -> Element:
    (found,) = clean({"F": {"Type": "Folder", **members}})
    return found


def job(kind: str = "Command", **members: Any) -> Element:
    return one(folder(A={"Type": f"Job:{kind}", **members}), "JOB")


def one(element: Element, tag: str) -> Element:
    (found,) = element.all(tag)
    return found


def kept(element: Element, *left_out: str) -> dict[str, str]:
    return {name: value for name, value in element.attributes.items() if name not in left_out}


def shown(element: Element, *tags: str) -> list[str]:
    """The events of an element as one line each."""
    return [
        " ".join(each.get(name) for name in ("NAME", "ODATE", "SIGN", "AND_OR", "OP")).rstrip()
        for each in element.all(*tags)
    ]


def places(found: list[Diagnostic]) -> list[tuple[str, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in found]


def flow(*steps: str) -> dict[str, Any]:
    return {"Type": "Flow", "Sequence": list(steps)}
