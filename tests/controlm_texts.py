"""A job of Control-M in a folder, whose texts are resolved."""

from collections.abc import Iterable

import pytest

from transpile.dialects.controlm.elements import Element, Origin
from transpile.dialects.controlm.variables import Scope, Unknown, Variables
from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Text, VariableRef
from transpile.sources.text import Source, Span

PLACE = Span("a.xml", 1)
ORIGIN = Origin(Source("a.xml", ""))
Pairs = Iterable[tuple[str, str]]


def element(tag: str, variables: Pairs = (), **attributes: str) -> Element:
    """A job or folder with these variables."""
    children = [
        Element("VARIABLE", ORIGIN, 1, 1, {"NAME": f"%%{name}", "VALUE": value})
        for name, value in variables
    ]
    return Element(tag, ORIGIN, 1, 1, attributes, children)


class Estate:
    """One job in a folder, and what was reported about it."""

    def __init__(
        self,
        *own: tuple[str, str],
        folder: Pairs = (),
        days_late: int = 0,
        zone: str | None = "Europe/Berlin",
        **attributes: str,
    ) -> None:
        self.diagnostics = Diagnostics()
        self.variables = Variables(self.diagnostics, zone)
        around = element("SMART_FOLDER", folder, FOLDER_NAME="F", DATACENTER="ctm")
        self.folder = self.variables.scope(around, None, "F")
        self.days_late = days_late
        self.job = self.other("A", *own, **attributes)

    def other(self, name: str, *own: tuple[str, str], **attributes: str) -> Scope:
        """The scope of a job in the folder."""
        found = element("JOB", own, JOBNAME=name, **attributes)
        return self.variables.scope(found, self.folder, f"F.{name}", days_late=self.days_late)

    def text(self, raw: str, scope: Scope | None = None, *, shell: bool = True) -> Text:
        return self.variables.text(raw, scope or self.job, "F.A", PLACE, shell=shell)

    def static(self, raw: str) -> str:
        """The resolved text, which no run decides."""
        text = self.text(raw)
        assert all(isinstance(part, str) for part in text), text
        return "".join(map(str, text))

    def inputs(self, raw: str) -> list[str]:
        return [part.name for part in self.text(raw) if isinstance(part, VariableRef)]

    @property
    def found(self) -> list[Diagnostic]:
        """What was reported, with what is about the actions of jobs."""
        self.diagnostics.decide()
        return list(self.diagnostics)

    @property
    def codes(self) -> list[str]:
        return [found.code for found in self.found]


def refused(cause: type[Finding], raw: str, *own: tuple[str, str], reason: str = " ") -> None:
    """Check that a text is refused and reported for this cause."""
    estate = Estate(*own)
    with pytest.raises(Unknown) as caught:
        estate.text(raw)
    assert reason in caught.value.reason
    assert caught.value.cause is cause
    assert estate.codes[-1:] == [cause.code]


def shown(text: Text) -> str:
    """A text with `<NAME.PART>` for each value of the run."""
    return "".join(part if isinstance(part, str) else f"<{_shown(part)}>" for part in text)


def _shown(value: VariableRef) -> str:
    return f"{value.name}.{value.part}" if value.part else value.name
