"""What every dialect provides."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from transpile.diagnostics import Diagnostics
from transpile.ir import Network
from transpile.source import Source


@dataclass(frozen=True, slots=True)
class Dialect:
    """A format that can be read.

    `recognises(head)` is true when text that begins so is of this format. `read` turns all sources
    of one estate into Networks, in the given order; it never raises, but reports. Names are
    unique inside a Network only. With `looks_like`, other formats have its suffixes too: a file
    with one is of this format when its text looks like it, and no format recognises it.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    recognises: Callable[[str], bool]
    read: Callable[[Sequence[Source], Diagnostics], Iterable[Network]]
    aliases: tuple[str, ...] = ()
    looks_like: Callable[[str], bool] | None = None
