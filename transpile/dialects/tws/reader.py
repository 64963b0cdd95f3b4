"""Objects of composer text, parsed one by one with grammars/tws.lark."""

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from transpile.diagnostics import Diagnostics
from transpile.dialects.tws.calendars import read_calendar
from transpile.dialects.tws.chunks import Chunk, ChunkKind, chunks
from transpile.dialects.tws.model import Definition, Entry, Parameter, Parsed, Prompt, Stream
from transpile.dialects.tws.values import Clause, key_of, split_name, unquoted
from transpile.resources import read_resource
from transpile.source import Source, Span

IN_DEFINITIONS = frozenset("""
    abendprompt command description outputcond rccondsucc recovery script streamlogon succoutputcond
    task tasktype
    """.split())
"""Clauses that define what a job is, wherever they stand."""

_RUNNABLE = ("script", "command", "task")
_MEMBER = re.compile(r'(?<![\w.$-])(?P<name>[\w.$-]+)\s+(?P<value>"(?:[^"\\]|\\[\s\S])*")')
_TABLE = re.compile(r"vartable\s+(?P<table>\S+)", re.I)
_HELP = "a job stream begins with SCHEDULE, a job definition with its name and what it runs"
DEEPEST = 50


@functools.cache
def _parser() -> Lark:
    # Loaded when the first file of this format is read.
    starts = ["stream", "job_definition", "expression"]
    return Lark(read_resource("grammars", "tws.lark"), parser="lalr", start=starts)


class TextError(ValueError):
    """The text cannot be read; `line` and `column` count from 0 inside it."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.line = line
        self.column = column


def parse(text: str, start: str) -> Clause:
    """The tree of an object or expression. Raises TextError."""
    if start == "expression" and text.count("(") > DEEPEST:
        raise TextError(f"more than {DEEPEST} parentheses", 0, 0)
    try:
        tree: Any = _parser().parse(text, start=start)
    except UnexpectedInput as error:
        raise _explained(error, text) from error
    return tree if isinstance(tree, Tree) else Tree(start, [tree])


def _explained(error: UnexpectedInput, text: str) -> TextError:
    offset: Any = error.pos_in_stream
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    if at_end or offset is None or not 0 <= offset < len(text):
        body = text.rstrip()
        line = body.count("\n")
        return TextError("it ends too early", line, len(body) - (body.rfind("\n") + 1))
    shown = re.split(r"\s", text[offset : offset + 40])[0]
    reason = "a quote is not closed" if shown.startswith('"') else f"unexpected {shown!r}"
    return TextError(reason, error.line - 1, error.column - 1)


def read_objects(source: Source, diagnostics: Diagnostics) -> Iterator[Parsed]:
    """Streams, job definitions, calendars, parameters and prompts; all else is reported."""
    file = source.label
    if source.encoding == "latin-1":
        diagnostics.add("A106", Span(file, 1))
    found = False
    for chunk in chunks(source):
        found = True
        if chunk.kind in (ChunkKind.STREAM, ChunkKind.JOB):
            yield from _object(chunk, diagnostics)
        elif chunk.kind is ChunkKind.PARAMETER:
            yield from _parameters(chunk)
        elif chunk.kind is ChunkKind.PROMPT and (prompt := _MEMBER.search(chunk.text)):
            name, shown = prompt["name"].upper(), " ".join(unquoted(prompt["value"]).split())
            yield Prompt(name, shown, chunk.span)
        elif chunk.kind is ChunkKind.STRAY:
            shown = chunk.text.strip().partition("\n")[0]
            diagnostics.add("A110", chunk.span, text=shown, help=_HELP)
        elif chunk.kind is ChunkKind.CALENDAR:
            yield from read_calendar(chunk.text, chunk.span, diagnostics)
        else:
            name = _name_in(chunk)
            diagnostics.add("A124", chunk.span, verb=chunk.word.upper(), name=name)
    if not found:
        diagnostics.add("A105", Span(file, 1))


def _name_in(chunk: Chunk) -> str:
    text = chunk.text.strip()
    if text.lower().startswith(chunk.word):
        text = text[len(chunk.word) :]
    match = re.match(r'\s*([^\s":]+)', text)
    return match[1] if match else ""


def _object(chunk: Chunk, diagnostics: Diagnostics) -> Iterator[Stream | Definition]:
    is_stream = chunk.kind is ChunkKind.STREAM
    try:
        if "\0" in chunk.text:
            at = chunk.text.index("\0")
            line = chunk.text.count("\n", 0, at)
            raise TextError("a NUL character", line, at - (chunk.text.rfind("\n", 0, at) + 1))
        tree = parse(chunk.text, "stream" if is_stream else "job_definition")
        yield _stream(tree, chunk) if is_stream else _definition(tree, chunk)
    except TextError as error:
        reason = str(error)
        line, column = error.line, error.column
        if not chunk.closed and reason == "it ends too early":
            reason, line, column = "its END is missing", 0, chunk.span.column - 1
        place = Span(chunk.span.file, chunk.span.line + line, column + 1)
        name = _name_in(chunk)
        fields = {"kind": chunk.kind.value, "name": name, "reason": reason}
        diagnostics.add("A751", place, text=name, **fields)


def _stream(tree: Clause, chunk: Chunk) -> Stream:
    _, title, *children = (c for c in tree.children if c is not None)
    workstation, name = split_name(str(title))
    clauses = [c for c in _clauses(children) if c.data != "job"]
    stream = Stream(key_of(str(title)), name, workstation, chunk.span, clauses)
    for child in children:
        if isinstance(child, Tree) and child.data == "job":
            stream.entries.append(_entry(child, stream, chunk))
    return stream


def _entry(tree: Clause, stream: Stream, chunk: Chunk) -> Entry:
    names = [t for t in tree.children if isinstance(t, Token) and t.type == "NAME"]
    workstation, name = split_name(str(names[0]), stream.workstation)
    called = str(names[-1])
    return Entry(
        name=split_name(called)[1] if len(names) == 2 else name,
        workstation=workstation,
        definition=key_of(str(names[0]), stream.workstation),
        span=span_of(names[0], chunk.span),
        clauses=_clauses(tree.children),
    )


def _definition(tree: Clause, chunk: Chunk) -> Definition:
    name = str(tree.children[0])
    clauses = _clauses(tree.children)
    return Definition(key_of(name), name, chunk.span, chunk.span, clauses)


def _clauses(children: Iterable[Any]) -> list[Clause]:
    """The clauses among these; a plain string as their kind is compared faster than a token."""
    found = [child for child in children if isinstance(child, Tree)]
    for clause in found:
        clause.data = str(clause.data)
    return found


def _parameters(chunk: Chunk) -> Iterator[Parameter]:
    table = _TABLE.match(chunk.text.lstrip())
    lead = f"{table['table'].upper()}." if table else ""
    for match in _MEMBER.finditer(chunk.text):
        name = match["name"].upper()
        if name not in ("DESCRIPTION", "ISDEFAULT"):
            yield Parameter(f"{lead}{name}", unquoted(match["value"]), chunk.span)


def is_inline(entry: Entry) -> bool:
    """True for a job whose definition stands inside its stream."""
    return any(clause.data in _RUNNABLE for clause in entry.clauses)


def span_of(word: Token, origin: Span) -> Span:
    """Where a word of an object stands; `origin` is the object's own place."""
    return Span(origin.file, origin.line + (word.line or 1) - 1, word.column or 1)
