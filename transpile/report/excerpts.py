"""The part of a source that a job was read from, and the part of a module that was made of it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from transpile.flyte.model import ModulePlan
from transpile.ir import Job, Network

LONGEST, MOST_MENTIONS = 60, 20
"""So many lines of one place are shown, and so many lines elsewhere that name a job."""

EVERY_NODE = "ALL_NODES"
"""In the place of a name: a line of a DAG file is about each of its nodes."""

_BLOCKS = re.compile(r"\n\n\n(?=\S)")
_ASIDE = re.compile(r"\s*(?:#.*|/\*.*\*/\s*)?")
_FUNCTION = re.compile(r"^def (\w+)\(", re.MULTILINE)
_STATEMENT = re.compile(r"^(?=[^\s)])", re.MULTILINE)
_TARGET = re.compile(r"(\w+)(?: = |\.with_overrides\()|\w+ >> (\w+)")
_WORKFLOW = re.compile(r"^(\w+) = Workflow\(", re.MULTILINE)


class Excerpt(NamedTuple):
    """Lines of a file; `line` is the number of the first one."""

    line: int
    text: str


class Origins:
    """The lines that jobs were read from."""

    def __init__(self, texts: Mapping[str, str], networks: Iterable[Network]) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {}
        self._mentions: dict[str, dict[str, list[int]]] = {}
        self._starts: dict[str, list[int]] = {}
        self._networks = tuple(networks)
        places: dict[str, set[int]] = defaultdict(set)
        for network in self._networks:
            for job in network.jobs.values():
                places[job.span.file].add(job.span.line)
        self._starts = {file: sorted(lines) for file, lines in places.items()}

    def of(self, job: Job, network: Network) -> Iterator[Excerpt]:
        """From the job's line to the line before the next job; of a DAG, all that names a node."""
        file, line = job.span.file, job.span.line
        lines = self._read(file, network)
        if not lines:
            return
        starts = self._starts[file]
        place = bisect_right(starts, line)
        end = starts[place] - 1 if place < len(starts) else len(lines)
        # Commands of a DAG come in any order: what follows a node is not about it.
        scattered = network.engine == "dagman"
        own = lines[line - 1 : min(end, line - 1 + LONGEST)]
        if scattered and "" in own:
            own = own[: own.index("")]
        # A comment at the end is the heading of the next job.
        while len(own) > 1 and _ASIDE.fullmatch(own[-1]):
            own.pop()
        yield Excerpt(line, "\n".join(own))
        if scattered:
            known = range(line, line + len(own))
            yield from self._elsewhere(job, file, lines, known)

    def _read(self, file: str, network: Network) -> list[str]:
        text = network.side_texts.get(file, self._texts.get(file, ""))
        key = file if file not in network.side_texts else f"{network.title}\n{file}"
        if key not in self._lines:
            self._lines[key] = [line.rstrip() for line in text.split("\n")]
        return self._lines[key]

    def _elsewhere(self, job: Job, file: str, lines: list[str], known: range) -> Iterator[Excerpt]:
        if file not in self._mentions:
            found = self._mentions[file] = defaultdict(list)
            for number, text in enumerate(lines, 1):
                for word in dict.fromkeys(text.split()):
                    found[word].append(number)
        words = lines[job.span.line - 1].split() if job.span.line <= len(lines) else []
        name = max((word for word in words if job.name.endswith(word)), key=len, default=job.name)
        mentions = self._mentions[file]
        numbers = sorted({*mentions.get(name, ()), *mentions.get(EVERY_NODE, ())} - set(known))
        for number in numbers[:MOST_MENTIONS]:
            yield Excerpt(number, lines[number - 1])


class Emitted:
    """The parts of an emitted module, by the jobs that they were made from."""

    def __init__(self, module: ModulePlan, text: str) -> None:
        self._module = module
        self._tasks: dict[str, Excerpt] = {}
        self._workflows: dict[str, Excerpt] = {}
        self._nodes: dict[str, list[Excerpt]] = defaultdict(list)
        line = 1
        for block in _BLOCKS.split(text):
            self._sort_in(Excerpt(line, block))
            line += block.count("\n") + 3
        self._functions: dict[str, list[str]] = defaultdict(list)
        for task in (task for workflow in module.workflows for task in workflow.tasks):
            self._functions[task.job].append(task.function)
        self._variables: dict[str, list[str]] = defaultdict(list)
        self._entities: dict[str, str] = {}
        for node in (node for workflow in module.workflows for node in workflow.nodes):
            self._variables[node.entity].append(node.variable)
            if node.is_workflow:
                self._entities[node.label] = node.entity

    def _sort_in(self, block: Excerpt) -> None:
        if block.text.startswith("@task"):
            function = _FUNCTION.search(block.text)
            if function:
                self._tasks[function[1]] = block
        elif workflow := _WORKFLOW.search(block.text):
            self._workflows[workflow[1]] = block
            for statement in _statements(block):
                target = _TARGET.match(statement.text)
                if target:
                    self._nodes[target[1] or target[2]].append(statement)

    def of(self, job: Job, *, is_root: bool) -> Iterator[Excerpt]:
        """The job's task and the lines that put it into a workflow; a box's workflow."""
        entity = self._module.name if is_root else self._entities.get(job.name)
        if entity is not None and entity in self._workflows:
            line, text = self._workflows[entity]
            yield Excerpt(line, "\n".join(text.split("\n")[:LONGEST]))
        functions = self._functions.get(job.name, ())
        for function in functions:
            if function in self._tasks:
                yield self._tasks[function]
        for name in (*functions, *((entity,) if entity else ())):
            for variable in self._variables.get(name, ()):
                yield from _joined(self._nodes.get(variable, ()))


def _statements(block: Excerpt) -> Iterator[Excerpt]:
    """The statements at the outer level of a block."""
    line = block.line
    for text in _STATEMENT.split(block.text):
        if text:
            yield Excerpt(line, text.rstrip("\n"))
        line += text.count("\n")


def _joined(statements: Iterable[Excerpt]) -> Iterator[Excerpt]:
    """Statements that follow one another as one excerpt."""
    last: Excerpt | None = None
    for found in statements:
        if last and last.line + last.text.count("\n") + 1 == found.line:
            last = Excerpt(last.line, f"{last.text}\n{found.text}")
        else:
            if last:
                yield last
            last = found
    if last:
        yield last
