"""Objects of composer text, parsed one by one with grammars/tws.lark."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lark import Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from transpile.dialects.tws.calendars import read_calendar
from transpile.dialects.tws.chunks import Chunk, ChunkKind, begins_line, chunks
from transpile.dialects.tws.codes.objects import EventRule, UnreadableObject, VariableTableIgnored
from transpile.dialects.tws.model import (
    Definition,
    Entry,
    Parameter,
    Parsed,
    Prompt,
    RunCycleGroup,
    Stream,
)
from transpile.dialects.tws.values import (
    Clause,
    key_of,
    one_line,
    place_of,
    span_of,
    split_name,
    unquoted,
    within,
    words,
)
from transpile.findings.codes.reading import EmptySource, Latin1Source, OldPlatformObject, StrayText
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.grammars import Grammar
from transpile.sources.text import Source, Span

_MEMBER = re.compile(r'(?<![\w.$-])(?P<name>[\w.$-]+)\s+(?P<value>"(?:[^"\\]|\\[\s\S])*")')
_TABLE = re.compile(r"\s*vartable\s+(?P<table>\S+)", re.I)
_OWN_TABLE = re.compile(r"\bvartable[ \t]+\S+", re.I)
_DEFAULT = re.compile(r"\bisdefault\s+(?:members|description)\b", re.I)
_OF_TABLES = ("members", "isdefault", "end")
_RULE_NAME = re.compile(r"\sname\s*=\s*[\"']([^\"'<>]*)")
_STARTS = {
    ChunkKind.STREAM: "stream",
    ChunkKind.JOB: "job_definition",
    ChunkKind.GROUP: "run_cycle_group",
}
_HELP = "a job stream begins with SCHEDULE, a job definition with its name and what it runs"
_DEEPEST = 50
"""Maximum number of parentheses in an expression."""


_GRAMMAR = Grammar("tws.lark", [*_STARTS.values(), "expression"])


class TextError(ValueError):
    """The text is invalid at `line` and `column`, which count from 0 in it."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


def parse(text: str, start: str) -> Clause:
    """The tree of an object or expression, which the rule `start` describes.

    Raises:
        TextError: the text is invalid.
    """
    if start == "expression" and text.count("(") > _DEEPEST:
        raise TextError(f"more than {_DEEPEST} parentheses", 0, 0)
    try:
        tree: Any = _GRAMMAR.parse(text, start=start)
    except UnexpectedInput as error:
        raise _explained(error, text) from error
    return tree if isinstance(tree, Tree) else Tree(start, [tree])


def _explained(error: UnexpectedInput, text: str) -> TextError:
    offset: Any = error.pos_in_stream
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    if at_end or offset is None or not 0 <= offset < len(text):
        return TextError("it ends too early", *_line_column(text, len(text.rstrip())))
    shown = re.split(r"\s", text[offset : offset + 40])[0]
    reason = "a quote is not closed" if shown.startswith('"') else f"unexpected {shown!r}"
    return TextError(reason, error.line - 1, error.column - 1)


def _line_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)


def read_objects(source: Source, diagnostics: Diagnostics) -> Iterator[Parsed]:
    """The objects of a source; other text is reported."""
    start = Span(source.label, 1)
    if source.encoding == "latin-1":
        diagnostics.add(Latin1Source(), start)
    found = False
    for chunk in chunks(source):
        found = True
        yield from _read(chunk, diagnostics)
    if not found:
        diagnostics.add(EmptySource(), start)


def _read(chunk: Chunk, diagnostics: Diagnostics) -> Iterator[Parsed]:
    if chunk.kind in _STARTS:
        yield from _object(chunk, diagnostics)
    elif chunk.kind is ChunkKind.PARAMETER:
        yield from _parameters(chunk, diagnostics)
    elif chunk.kind is ChunkKind.PROMPT and (prompt := _MEMBER.search(chunk.text)):
        yield Prompt(prompt["name"].upper(), one_line(unquoted(prompt["value"])), chunk.span)
    elif chunk.kind in (ChunkKind.STRAY, ChunkKind.PROMPT):
        _stray(chunk.text.strip(), chunk.span, diagnostics)
    elif chunk.kind is ChunkKind.CALENDAR:
        yield from read_calendar(chunk.text, chunk.span, diagnostics)
    elif chunk.kind is ChunkKind.RULE:
        match = _RULE_NAME.search(chunk.text)
        name = match[1] if match else "without a name"
        diagnostics.add(EventRule(name=name), chunk.span, text=name, statement=chunk.text)
    else:
        name = _name_in(chunk)
        found = OldPlatformObject(verb=chunk.word.upper(), name=name)
        diagnostics.add(found, chunk.span, statement=chunk.text)
        _report_own_table(chunk, diagnostics)


def _stray(text: str, span: Span, diagnostics: Diagnostics) -> None:
    diagnostics.add(StrayText(text=text.partition("\n")[0]), span, help=_HELP)


def _name_in(chunk: Chunk) -> str:
    text = chunk.text.strip()
    if text.lower().startswith(chunk.word):
        text = text[len(chunk.word) :]
    match = re.match(r'\s*([^\s":]+)', text)
    return match[1] if match else ""


def _object(chunk: Chunk, diagnostics: Diagnostics) -> Iterator[Parsed]:
    start = _STARTS[chunk.kind]
    try:
        if "\0" in chunk.text:
            raise TextError("a NUL character", *_line_column(chunk.text, chunk.text.index("\0")))
        yield _BUILT[start](parse(chunk.text, start), chunk)
    except TextError as error:
        reason = str(error)
        line, column = error.line, error.column
        if not chunk.closed and reason == "it ends too early":
            reason, line, column = "its END is missing", 0, 0
        place = within(chunk.span, line, column)
        name = _name_in(chunk)
        diagnostics.add(
            UnreadableObject(kind=chunk.kind.value, name=name, reason=reason), place, text=name
        )


def stream_of(tree: Clause, chunk: Chunk) -> Stream:
    """The stream in the tree of a chunk."""
    _, title, *children = (c for c in tree.children if c is not None)
    workstation, name = split_name(str(title))
    clauses = [c for c in _clauses(children) if c.data != "job"]
    stream = Stream(key_of(str(title)), name, workstation, chunk.span, clauses)
    for child in children:
        if isinstance(child, Tree) and child.data == "job":
            stream.entries.append(_entry(child, stream, chunk))
    return stream


def _entry(tree: Clause, stream: Stream, chunk: Chunk) -> Entry:
    names = words(tree)
    return Entry(
        name=split_name(str(names[-1]))[1],
        workstation=split_name(str(names[0]), stream.workstation)[0],
        definition=key_of(str(names[0]), stream.workstation),
        span=span_of(names[0], chunk.span),
        clauses=_clauses(tree.children),
        has_workstation="#" in names[0],
        begins_line=begins_line(chunk.text, names[0].start_pos or 0),
    )


def _definition(tree: Clause, chunk: Chunk) -> Definition:
    name = str(tree.children[0])
    return Definition(key_of(name), name, chunk.span, chunk.span, _clauses(tree.children))


def _clauses(children: Iterable[Any]) -> list[Clause]:
    """The clauses among these, with plain strings as kinds: they compare faster than tokens."""
    found = [child for child in children if isinstance(child, Tree)]
    for clause in found:
        clause.data = str(clause.data)
    return found


def _group(tree: Clause, chunk: Chunk) -> RunCycleGroup:
    return RunCycleGroup(str(words(tree)[0]), chunk.span, _clauses(tree.children))


_BUILT: dict[str, Callable[[Clause, Chunk], Parsed]] = {
    "stream": stream_of,
    "job_definition": _definition,
    "run_cycle_group": _group,
}


def _parameters(chunk: Chunk, diagnostics: Diagnostics) -> Iterator[Parameter]:
    """The parameters of a `$PARM` section or of a table; those of the default table twice."""
    table = _TABLE.match(chunk.text)
    lead = f"{table['table'].upper()}." if table else ""
    is_default = table is not None and _DEFAULT.search(chunk.text) is not None
    done, between = (table.end() if table else 0), []
    for match in _MEMBER.finditer(chunk.text, done):
        between.append((done, match.start()))
        done = match.end()
        name = match["name"].upper()
        if name != "DESCRIPTION" or not table:
            for called in (f"{lead}{name}", name)[: 1 + is_default]:
                yield Parameter(called, unquoted(match["value"]), chunk.span)
    line = seen = 0
    for start, end in [*between, (done, len(chunk.text))]:
        strays = chunk.text[start:end].split()
        if any(not table or word.lower() not in _OF_TABLES for word in strays):
            at = chunk.text.index(strays[0], start)
            line += chunk.text.count("\n", seen, at)
            seen = at
            place = within(chunk.span, line, at - chunk.text.rfind("\n", 0, at) - 1)
            _stray(" ".join(strays), place, diagnostics)


def _report_own_table(chunk: Chunk, diagnostics: Diagnostics) -> None:
    """Report the variable table that a workstation gives to its streams."""
    if chunk.word == "cpuname" and (match := _OWN_TABLE.search(chunk.text)):
        place = place_of(chunk.span, chunk.text, match.start())
        diagnostics.add(
            VariableTableIgnored(value=match[0], name=_name_in(chunk)), place, text=match[0]
        )
