"""What every dialect provides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transpile.diagnostics import Diagnostics
from transpile.ir import Network
from transpile.source import Source


@dataclass(frozen=True, slots=True)
class Dialect:
    """A format that can be read.

    `recognises(head)` is true when text that begins so is of this format. `read` turns all sources
    of one estate into a Network, in the given order; it never raises, but reports.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    recognises: Callable[[str], bool]
    read: Callable[[Sequence[Source], Diagnostics], Network]
    aliases: tuple[str, ...] = ()
