"""Excerpts of sources and emitted modules, by job."""

import re
import textwrap
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from transpile.model import Facts, Job
from transpile.sources.text import Span
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte2.model import DriverPlan

LONGEST, MOST_MENTIONS = 60, 20
"""Maximum number of lines of one excerpt, and of other lines that name a job."""

_LINE_END = re.compile("\n")
_BLOCKS = re.compile(r"\n\n\n(?=\S)")
_ASIDE = re.compile(r"\s*(?:#.*|/\*.*\*/\s*)?")
_NAME = re.compile(r"^(?:(?:async )?def (\w+)\(|(\w+) = )", re.MULTILINE)
_BODY = re.compile(r"^(?:async )?def .*?:\n(?=    )", re.MULTILINE | re.DOTALL)
_STATEMENT = re.compile(r"^(?=[^\s)])", re.MULTILINE)
_STARTS = re.compile(
    r"(?:\w+ = )?\w+\.(?:box|fails_if|on_ice|passes|start|succeeds_if|waits_for)\("
)
_TARGET = re.compile(r"(\w+) = |\w+ >> (\w+)")


class Excerpt(NamedTuple):
    """Lines of a file; `line` is the number of the first one.

    `path` is that of a file beside the one that the reader expects, else empty.
    """

    line: int
    text: str
    path: str = ""


class _File:
    """A source file; `starts` are the lines on which jobs begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Offsets of lines take a tenth of the memory of the lines.
        self._places = array("Q", (0, *(m.end() for m in _LINE_END.finditer(text)), len(text) + 1))
        self.starts: list[int] = []
        self._mentions: dict[str, list[int]] = {}

    def __len__(self) -> int:
        """The number of lines."""
        return len(self._places) - 1

    def lines(self, first: int, last: int) -> list[str]:
        """The lines `first` to `last`, counted from 1, without trailing blanks."""
        part = self._text[self._places[first - 1] : self._places[min(last, len(self))] - 1]
        return [line.rstrip() for line in part.split("\n")]

    def mentions(self, word: str) -> list[int]:
        """The numbers of the lines that hold the word."""
        if not self._mentions:
            for number, text in enumerate(self.lines(1, len(self)), 1):
                for found in dict.fromkeys(text.split()):
                    self._mentions.setdefault(found, []).append(number)
        return self._mentions.get(word, [])


class Origins:
    """The source lines of jobs."""

    def __init__(self, texts: Mapping[str, str], networks: Iterable[Facts]) -> None:
        self._texts = texts
        self._files: dict[tuple[str | None, str], _File | None] = {}
        for facts in networks:
            for span in (
                *(job.span for job in facts.jobs.values()),
                *facts.said.deleted.values(),
            ):
                if file := self._file(span.file, facts):
                    file.starts.append(span.line)
        for file in filter(None, self._files.values()):
            file.starts.sort()

    def _file(self, label: str, facts: Facts) -> _File | None:
        """The file of that label: a source, or a file that a source refers to."""
        is_beside = label in facts.said.side_texts
        key = (facts.title if is_beside else None, label)
        if key not in self._files:
            text = facts.said.side_texts[label] if is_beside else self._texts.get(label)
            self._files[key] = None if text is None else _File(text)
        return self._files[key]

    def of(self, name: str, span: Span, facts: Facts) -> Iterator[Excerpt]:
        """The lines from a job to the next one, and other lines about the job."""
        file, line = self._file(span.file, facts), span.line
        if file is None or line > len(file):
            return
        place = bisect_right(file.starts, line)
        end = file.starts[place] - 1 if place < len(file.starts) else len(file)
        own = file.lines(line, min(end, line - 1 + LONGEST))
        # In such a format lines behind an empty one are not about the job.
        words = facts.said.engine.words_about(name, own[0])
        if words and "" in own:
            own = own[: own.index("")]
        # A comment at the end belongs to the next job.
        while len(own) > 1 and _ASIDE.fullmatch(own[-1]):
            own.pop()
        yield Excerpt(line, "\n".join(own))
        about = {number for word in words for number in file.mentions(word)}
        for number in sorted(about.difference(range(line, line + len(own))))[:MOST_MENTIONS]:
            yield Excerpt(number, *file.lines(number, number))


class Emitted:
    """The parts of an emitted module, by job; `texts` are those of its files, by path."""

    def __init__(self, module: ModulePlan, texts: Mapping[str, str]) -> None:
        self._module = module
        self._tasks: dict[str, Excerpt] = {}
        self._workflows: dict[str, Excerpt] = {}
        self._nodes: dict[str, list[Excerpt]] = defaultdict(list)
        plans = [task for workflow in module.workflows for task in workflow.tasks]
        tasks = {name for task in plans for name in (task.function, task.entity)}
        known = tasks | {workflow.variable for workflow in module.workflows}
        self._functions: dict[str, list[str]] = defaultdict(list)
        for task in plans:
            self._functions[task.job] += dict.fromkeys((task.function, task.entity))
        self._variables: dict[str, list[str]] = defaultdict(list)
        self._imported: dict[str, list[str]] = defaultdict(list)
        self._entities: dict[str, str] = {}
        for path, text in texts.items():
            for name, found in _definitions(text, known):
                block = found if path == module.path else found._replace(path=path)
                (self._tasks if name in tasks else self._workflows)[name] = block
                if name not in tasks and module.driver is None:
                    self._sort_in(_body(block))
                elif name not in tasks and module.driver is not None:
                    self._sort_lines(_body(block), module.driver)
        for node in (node for workflow in module.workflows for node in workflow.nodes):
            if module.driver is not None:
                continue
            if node.entity in self._tasks or node.is_workflow:
                self._variables[node.entity].append(node.variable)
            else:
                # The job is an imported entity, which other jobs may share.
                self._imported[node.job or ""].append(node.variable)
            if node.is_workflow and node.job is not None:
                self._entities[node.job] = node.entity

    def _sort_in(self, block: Excerpt) -> None:
        """Assign the statements of a workflow to the nodes that they define."""
        comments: list[Excerpt] = []
        for statement in _statements(block):
            if statement.text.startswith("#"):
                comments.append(statement)
            elif target := _TARGET.match(statement.text):
                # Notes about a job without a task stand above its node.
                self._nodes[target[1] or target[2]] += [*comments, statement]
                comments = []

    def _sort_lines(self, block: Excerpt, driver: DriverPlan) -> None:
        """Assign the lines of a driver to the jobs that they start, which have the same order."""
        comments: list[Excerpt] = []
        lines = iter(driver.statements)
        for statement in _statements(block):
            if statement.text.startswith("#"):
                comments.append(statement)
            elif _STARTS.match(statement.text):
                name = next(lines).name
                self._nodes[name] += [*comments, statement]
                self._imported[name] = [name]
                comments = []

    def of(self, job: Job, *, is_root: bool) -> Iterator[Excerpt]:
        """The task of a job and the statements of its nodes; for a box, its workflow."""
        entity = self._module.name if is_root else self._entities.get(job.name)
        if entity is not None and entity in self._workflows:
            found = self._workflows[entity]
            yield found._replace(text="\n".join(found.text.split("\n")[:LONGEST]))
        functions = self._functions.get(job.name, ())
        for function in functions:
            if function in self._tasks:
                yield self._tasks[function]
        entities = dict.fromkeys((*functions, *((entity,) if entity else ())))
        variables = [v for name in entities for v in self._variables.get(name, ())]
        for variable in (*variables, *self._imported.get(job.name, ())):
            yield from _joined(self._nodes.get(variable, ()))


def _definitions(text: str, known: Collection[str]) -> Iterator[tuple[str, Excerpt]]:
    """The definitions of the known names."""
    line = 1
    for block in _BLOCKS.split(text):
        named = (m for m in _NAME.finditer(block) if (m[1] or m[2]) in known)
        if match := next(named, None):
            # A single empty line may separate the first definition from the imports.
            start = block.rfind("\n\n", 0, match.start()) + 1
            skipped = block.count("\n", 0, start + 1) if start else 0
            yield match[1] or match[2], Excerpt(line + skipped, block[start:].lstrip("\n"))
        line += block.count("\n") + 3


def _body(block: Excerpt) -> Excerpt:
    """The body of a workflow function, dedented; other blocks unchanged."""
    head = _BODY.search(block.text)
    if head is None:
        return block
    line = block.line + block.text.count("\n", 0, head.end())
    return block._replace(line=line, text=textwrap.dedent(block.text[head.end() :]))


def _statements(block: Excerpt) -> Iterator[Excerpt]:
    """The statements at the outer level of a block."""
    line = block.line
    for text in _STATEMENT.split(block.text):
        if text:
            yield block._replace(line=line, text=text.rstrip("\n"))
        line += text.count("\n")


def _joined(statements: Iterable[Excerpt]) -> Iterator[Excerpt]:
    """Join statements on consecutive lines into one excerpt."""
    last: Excerpt | None = None
    for found in statements:
        if last and last.line + last.text.count("\n") + 1 == found.line:
            last = last._replace(text=f"{last.text}\n{found.text}")
        else:
            if last:
                yield last
            last = found
    if last:
        yield last
