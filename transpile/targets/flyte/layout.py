"""Formats emitted text as black does, but faster.

A template prints each logical line on one physical line. black's layout of such a line depends on
the kinds and widths of its tokens only. So lines are reduced to patterns, black formats each
pattern once, and the words are put back. Unusual lines go to black itself.
"""

import functools
import keyword
import re
from itertools import chain, compress

import black

WIDTH = 88
_MODE = black.Mode(line_length=WIDTH)
_STRING = re.compile(r""""(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?""")
_NAME = re.compile(rf'\b(?!(?:{"|".join(keyword.kwlist)})\b|f")[A-Za-z_]\w*', re.ASCII)
_WORD = re.compile(rf"f?(?:{_STRING.pattern})|{_NAME.pattern}", re.ASCII)
"""A string or a name. Keywords are part of the pattern."""

_CALL = re.compile(r"(?:x = |return |@)?x(?:\.x)*\([^*]*\)")
"""The pattern of calls with no brackets before their arguments."""

_CALLS: dict[tuple[str, str, tuple[bool, ...], tuple[int, ...]], list[str]] = {}
_NEXT_CALL = re.compile(r"\.\w+")
_BRACKET = re.compile(r"[][(){}]")
_ESCAPED = re.compile(r"\\.")
_SIMPLE = re.compile(r"(?:\w+=)?(?:\w+|\{\w+: \w+(?:, \w+: \w+)*\})")
"""An argument that is a word or a dictionary of words."""

_BRACKET_OR_COMMA = re.compile(r"[][(){},]")
_WIDEST = WIDTH + 12
_NEAR = 3


def lay_out(text: str) -> str:
    """The text in black's format. Raises ValueError if it is not Python."""
    out: list[str] = []
    inside = False
    for line in text.split("\n"):
        stripped = line.lstrip()
        if inside or stripped.startswith('"""'):
            # Docstrings already have black's format.
            quotes = _ESCAPED.sub("", line).count('"""')
            inside ^= quotes == 1
            out.append(line)
        elif not stripped or stripped.startswith("#"):
            out.append(line)
        else:
            out.append(_line(line, stripped))
    return "\n".join(out)


def _line(line: str, stripped: str) -> str:
    if not line.isascii():
        return _by_black(line)
    if ("\\" in line or "'" in line) and not all(map(_is_canonical, _literals(stripped))):
        return _by_black(line)
    indent = line[: len(line) - len(stripped)]
    reduced = _NAME.sub("x", _STRING.sub('"x"', stripped))
    if len(line) <= WIDTH:
        return line if _is_stable(indent, reduced) else _by_black(line)
    words = _WORD.findall(stripped)
    widths = tuple(min(len(word), _WIDEST) for word in words)
    parts = _call_layout(line, indent, reduced, widths) or _layout(indent, reduced, widths)
    return "".join(chain.from_iterable(zip(parts, [*words, ""], strict=True)))


def _literals(line: str) -> list[str]:
    """The string literals in a line, with prefixes."""
    return [word for word in _WORD.findall(line) if word[-1] in "\"'"]


def _is_canonical(literal: str) -> bool:
    """True if black keeps the quotes of this string."""
    if "\\" not in literal:
        return literal[0] == '"' or (literal[0] == "'" and '"' in literal)
    if literal[0] == "f":
        return False
    quote = literal[0]
    other = "'" if quote == '"' else '"'
    body = literal[1:-1]
    if "\\" + other in body.replace("\\\\", ""):
        return False
    ours, theirs = body.count(quote), body.count(other)
    return ours <= theirs if quote == '"' else ours < theirs


@functools.cache
def _is_stable(indent: str, reduced: str) -> bool:
    """True if black keeps a short line of this pattern."""
    return _by_black(indent + reduced) == indent + reduced


def _call_layout(line: str, indent: str, reduced: str, widths: tuple[int, ...]) -> list[str] | None:
    """The layout of a long call, or of calls of one another's results; None for other lines.

    It depends on which parts of the line are wider than a line. Wide arguments must be simple, so
    that black cannot split them.
    """
    if not _CALL.fullmatch(reduced):
        return None
    filled = _STRING.sub(lambda match: "x" * len(match.group()), line)
    calls = _calls(filled)
    room = WIDTH - len(indent) - 4
    parts = [part for start, end in calls for part in _arguments(filled[start:end])]
    wide = tuple(len(part) >= room for part in parts)
    if not calls or calls[0][0] > WIDTH or not all(map(_SIMPLE.fullmatch, compress(parts, wide))):
        return None
    excess = [len(filled) - filled.find("=") - 2 - room]
    for start, end in calls:
        excess += [start - WIDTH, end - start - room, len(indent) + len(filled) - end - WIDTH]
    # black compares some parts of a line with a character more or less.
    key = (indent, reduced, wide, tuple(max(-_NEAR, min(number, _NEAR)) for number in excess))
    if key not in _CALLS:
        _CALLS[key] = _layout(indent, reduced, widths)
    return _CALLS[key]


def _calls(text: str) -> list[tuple[int, int]]:
    """The bounds of the arguments of a chain of calls; empty if the text is something else."""
    found, depth, start, end = [], 0, 0, -1
    for bracket in _BRACKET.finditer(text):
        if bracket.group() in "([{":
            if not depth:
                if end >= 0 and not _NEXT_CALL.fullmatch(text, end + 1, bracket.start()):
                    return []
                start = bracket.end()
            depth += 1
        else:
            depth -= 1
            if not depth:
                end = bracket.start()
                found.append((start, end))
    return found


def _arguments(text: str) -> list[str]:
    """The parts between the commas outside of brackets."""
    parts, depth, begun = [], 0, 0
    for found in _BRACKET_OR_COMMA.finditer(text):
        if found.group() != ",":
            depth += 1 if found.group() in "([{" else -1
        elif not depth:
            parts.append(text[begun : found.start()])
            begun = found.end() + 1
    return [*parts, text[begun:]]


@functools.cache
def _layout(indent: str, reduced: str, widths: tuple[int, ...]) -> list[str]:
    """The text around the words of a line of that pattern, for words of these widths."""
    left = iter(widths)

    def filler(match: re.Match[str]) -> str:
        word = match.group()
        width = next(left)
        if word[-1] != '"':
            return "x" * width
        prefix = "f" if word[0] == "f" else ""
        return f'{prefix}"{"x" * (width - 2 - len(prefix))}"'

    return _WORD.split(_by_black(indent + _WORD.sub(filler, reduced)))


def _by_black(line: str) -> str:
    """One logical line in black's format, at its indentation."""
    indent = line[: len(line) - len(line.lstrip())]
    before = "".join(f"{' ' * depth}if x:\n" for depth in range(0, len(indent), 4))
    after = ""
    if line.endswith(":"):
        after = f"\n{indent}    pass"
    elif line.lstrip().startswith("@"):
        after = f"\n{indent}def x():\n{indent}    pass"
    formatted = black.format_str(f"{before}{line}{after}\n", mode=_MODE)
    lines = formatted.rstrip("\n").split("\n")
    return "\n".join(lines[before.count("\n") : len(lines) - after.count("\n")])
