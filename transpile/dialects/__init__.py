"""The formats that can be read: one line each."""

from transpile.dialects import autosys, dagman, tws
from transpile.dialects.contract import Dialect

DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect for dialect in (autosys.DIALECT, dagman.DIALECT, tws.DIALECT)
}


def by_name(name: str) -> Dialect | None:
    """The dialect of that name or alias."""
    for dialect in DIALECTS.values():
        if name == dialect.name or name in dialect.aliases:
            return dialect
    return None


def recognise(path: str, head: str) -> Dialect | None:
    """The dialect of a file: by its suffix, else by how its text begins."""
    for dialect in DIALECTS.values():
        if path.lower().endswith(dialect.suffixes):
            return dialect
    for dialect in DIALECTS.values():
        if dialect.recognises(head):
            return dialect
    return None


__all__ = ["DIALECTS", "Dialect", "by_name", "recognise"]
