"""Which shape a list has, and the lists of a file."""

from collections.abc import Iterator
from enum import Enum
from pathlib import PurePath

from transpile.dialects.joblist.dot_syntax import is_drawing
from transpile.dialects.joblist.graph_reader import read_drawings
from transpile.dialects.joblist.header import is_table
from transpile.dialects.joblist.model import JobList
from transpile.dialects.joblist.outline import is_tree
from transpile.dialects.joblist.pair_reader import read_pairs
from transpile.dialects.joblist.settings import PAIRS, ListSettings
from transpile.dialects.joblist.table_reader import read_table
from transpile.dialects.joblist.tree_reader import read_trees
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import HEAD, Source


class Shape(Enum):
    """How a list is written."""

    TABLE = "table"
    TREE = "YAML or JSON"
    DRAWING = "drawing"
    PAIRS = "pairs"


_BY_SUFFIX = {
    **dict.fromkeys(PAIRS, Shape.PAIRS),
    **dict.fromkeys((".dot", ".gv"), Shape.DRAWING),
    **dict.fromkeys((".csv", ".tsv"), Shape.TABLE),
    **dict.fromkeys((".yaml", ".yml", ".json"), Shape.TREE),
}


def recognises(head: str) -> bool:
    """True for the beginning of a drawing, a table or a tree of jobs."""
    return _by_content(head) is not None


def looks_like(head: str) -> bool:
    """True for text that may be pairs, or a drawing that cannot be read."""
    return "\0" not in head and not head.lstrip().startswith("<")


def _by_content(head: str) -> Shape | None:
    if is_drawing(head):
        return Shape.DRAWING
    if is_tree(head):
        return Shape.TREE
    return Shape.TABLE if is_table(head) else None


def shape_of(source: Source) -> Shape:
    """The shape of a list: pairs by the name of the file, others by content before the name."""
    suffix = PurePath(source.label).suffix.lower()
    named = _BY_SUFFIX.get(suffix)
    if named is Shape.PAIRS:
        return named
    found = _by_content(source.text[:HEAD]) or named
    if found is not None:
        return found
    return Shape.TREE if source.text.lstrip()[:1] in ("{", "[") else Shape.TABLE


def read_lists(
    source: Source, settings: ListSettings, diagnostics: Diagnostics
) -> Iterator[JobList]:
    """The lists of a file."""
    title = PurePath(source.label).stem
    shape = shape_of(source)
    if shape is Shape.TREE:
        yield from read_trees(source, settings, title, diagnostics)
    elif shape is Shape.DRAWING:
        yield from read_drawings(source, settings, title, diagnostics)
    else:
        if shape is Shape.PAIRS:
            found = read_pairs(source, title, diagnostics)
        else:
            found = read_table(source, settings, title, diagnostics)
        if found is not None:
            yield found
