"""What every dialect provides."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.sources.text import Source


@dataclass(frozen=True, slots=True)
class Construct:
    """Something that can be said in a format, and what becomes of it: a row of its table.

    `source` and `target` are Markdown. `words` are keywords of the format that it is about and the
    two do not spell; `codes` what may be found there and `target` does not name. Tests hold a
    dialect's constructs to every word that it knows and every code that it reports.
    """

    source: str
    target: str
    words: Collection[str] = ()
    codes: str = ""

    @property
    def findings(self) -> tuple[str, ...]:
        """Every code that the row names."""
        return tuple(sorted(set(re.findall(r"A\d{3}", f"{self.target} {self.codes}"))))


@dataclass(frozen=True, slots=True)
class Dialect:
    """A format that can be read.

    `recognises(head)` is true when text that begins so is of this format. `read` turns all sources
    of one estate into Networks, in the given order; it never raises, but reports. Its third
    argument is what transpile.toml says about the site. Names are unique inside a Network only.
    `constructs` say what becomes of all that the format can say; the README's tables are made of
    them. With `looks_like`, other formats have its suffixes too: a file
    with one is of this format when its text looks like it, and no format recognises it. `codes`
    are the first and the last number of the codes that only this format reports.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    recognises: Callable[[str], bool]
    read: Callable[[Sequence[Source], Diagnostics, Site], Iterable[Network]]
    constructs: tuple[Construct, ...]
    aliases: tuple[str, ...] = ()
    looks_like: Callable[[str], bool] | None = None
    codes: tuple[str, str] | None = None


SCHEDULER_CALLS = Construct(
    "a command that calls a scheduler: `sendevent`, `conman`, `condor_submit`, `ctmorder`, "
    "`curl` to Azkaban or Oozie ...",
    "reported with the job and the event that the text names: A220 what drives it, A221 what asks "
    "it",
)
"""What becomes of such a command in every format."""
