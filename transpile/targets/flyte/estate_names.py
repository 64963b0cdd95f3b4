"""Names of workflows and launch plans; all estates of a project and domain share them."""

import re
from collections.abc import Sequence

from transpile.findings.codes.limits import CommonNames
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.printable import listed
from transpile.sources.text import Span
from transpile.targets.flyte.names import Scope, flyte_name

COMMON = frozenset("""
    backup batch bod box cleanup cycle daily day default eod end etl evening export extract flow
    group hourly housekeeping import job jobs load main maintenance master month monthly morning
    network night nightly overnight pipeline process processing purge report reporting reports run
    schedule sod start stream test transform week weekend weekly workflow year yearly
    """.split())
"""Words that are common in names of workflows."""


class EstateNames:
    """The names in use in an estate, each with its prefix."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.scope = Scope()

    def claim(self, name: str) -> str:
        """A new name that resembles this one."""
        return self.scope.claim(flyte_name(f"{self.prefix}{flyte_name(name)}"))

    def bare(self, name: str) -> str:
        """The name without the prefix."""
        return name.removeprefix(self.prefix)


def is_common(name: str) -> bool:
    """True if another estate is likely to have a workflow of this name."""
    words = [word for word in re.split(r"[^a-z]+", name.lower()) if word]
    return bool(words) and COMMON.issuperset(words)


def report_common(
    titles: Sequence[tuple[str, Span]], prefix: str, diagnostics: Diagnostics
) -> None:
    """Report, once, the names that other estates are likely to have, too."""
    common = [(title, span) for title, span in titles if is_common(title)]
    if prefix or not common:
        return
    shown = listed([title for title, _ in common], 3)
    name, span = common[0]
    diagnostics.add(CommonNames(names=shown), span, text=name)
