"""The formats that can be read: one line each."""

from transpile.dialects import autosys, azkaban, dagman, tws
from transpile.dialects.kit.contract import Construct, Dialect
from transpile.sources.text import HEAD

DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        autosys.DIALECT,
        dagman.DIALECT,
        tws.DIALECT,
        azkaban.DIALECT,
    )
}


def by_name(name: str) -> Dialect | None:
    """The dialect of that name or alias."""
    for dialect in DIALECTS.values():
        if name == dialect.name or name in dialect.aliases:
            return dialect
    return None


def recognise(path: str, head: str) -> Dialect | None:
    """The dialect of a file: by its suffix, else by how its text begins, else by both."""
    head = head[:HEAD]
    named = [d for d in DIALECTS.values() if path.lower().endswith(d.suffixes)]
    for dialect in named:
        if dialect.looks_like is None:
            return dialect
    for dialect in DIALECTS.values():
        if dialect.recognises(head):
            return dialect
    return next((d for d in named if d.looks_like is not None and d.looks_like(head)), None)


__all__ = ["DIALECTS", "Construct", "Dialect", "by_name", "recognise"]
