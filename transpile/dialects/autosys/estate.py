"""Statements, in the order of the sources, to the estate that they define."""

from collections.abc import Callable, Iterable, Mapping

from transpile.dialects.autosys.builder import build_job
from transpile.dialects.autosys.calendars import CALENDARS, Calendars
from transpile.dialects.autosys.catalogue import PLATFORM_VERBS
from transpile.dialects.autosys.codes.text import (
    JobDeleted,
    JobRedefined,
    NotYetDefined,
    OneTimeOverride,
    UnknownAttribute,
    UnknownStatement,
    UnnamedStatement,
)
from transpile.dialects.autosys.definition import Definition
from transpile.dialects.autosys.engine import AutoSys
from transpile.dialects.autosys.reader import Statement
from transpile.dialects.autosys.values import unquoted
from transpile.findings.codes.reading import NulCharacter, OldPlatformObject, StrayText
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Network, Tally, Variable
from transpile.model.zones import Zones


def build_estate(
    statements: Iterable[Statement],
    diagnostics: Diagnostics,
    zones: Zones,
    readings: Mapping[str, str] | None = None,
) -> Network:
    """The network that all statements define together; `readings` are answers that were chosen."""
    estate = _Estate(diagnostics, zones, readings or {})
    for statement in statements:
        estate.apply(statement)
    return estate.network()


class _Estate:
    """The objects that the statements so far have defined."""

    def __init__(self, diagnostics: Diagnostics, zones: Zones, readings: Mapping[str, str]) -> None:
        self._diagnostics = diagnostics
        self._zones = zones
        self._definitions: dict[str, Definition] = {}
        self._deleted: dict[str, Definition] = {}
        self._variables: dict[str, Variable] = {}
        self._tally = Tally()
        self._calendars = Calendars(diagnostics, self._tally, readings)

    def apply(self, statement: Statement) -> None:
        """Apply one statement."""
        if statement.verb not in CALENDARS:
            for row in statement.rows:
                self._diagnostics.add(StrayText(text=row.text), row.span)
        apply = _VERBS.get(statement.verb)
        if apply is None:
            self._drop(statement, UnknownStatement(verb=statement.verb))
        elif not statement.name:
            self._drop(statement, UnnamedStatement(verb=statement.verb))
        else:
            apply(self, statement)

    def network(self) -> Network:
        """The network: each definition becomes a job."""
        self._calendars.settle()
        jobs = {
            name: build_job(d, self._calendars, self._zones)
            for name, d in self._definitions.items()
        }
        self._calendars.report_unused()
        deleted = {name: d.span for name, d in self._deleted.items() if name not in jobs}
        return Network(jobs, self._variables, AutoSys, deleted, self._tally)

    def _drop(self, statement: Statement, finding: Finding) -> None:
        said = _said(statement)
        self._diagnostics.add(finding, statement.span, text=statement.verb, statement=said)
        self._tally.unsupported += len(statement.attributes)

    def _insert(self, statement: Statement) -> None:
        name = statement.name
        if earlier := self._definitions.pop(name, None):
            self._diagnostics.add(
                JobRedefined(name=name, earlier=f"{earlier.span.file}:{earlier.span.line}"),
                statement.span,
                job=name,
            )
            self._tally.unsupported += len(earlier.attributes)
        definition = Definition(name, statement.span, self._diagnostics, self._tally)
        definition.update(statement)
        self._definitions[name] = definition

    def _defined(self, statement: Statement) -> Definition | None:
        found = self._definitions.get(statement.name)
        if found is None:
            self._diagnostics.add(
                NotYetDefined(verb=statement.verb, name=statement.name), statement.span
            )
            self._tally.unsupported += len(statement.attributes)
        return found

    def _update(self, statement: Statement) -> None:
        if definition := self._defined(statement):
            definition.update(statement)

    def _override(self, statement: Statement) -> None:
        """Report an override; AutoSys: `override_job: NAME delete` cancels one."""
        statement.name = statement.name.removesuffix(" delete").rstrip()
        if self._defined(statement):
            name = statement.name
            found, said = OneTimeOverride(name=name), _said(statement)
            self._diagnostics.add(found, statement.span, job=name, statement=said)
            self._tally.unsupported += len(statement.attributes)

    def _delete(self, statement: Statement) -> None:
        """AutoSys: the members of a deleted box become stand-alone jobs."""
        if self._defined(statement):
            self._remove(statement.name, statement)
            for definition in self._definitions.values():
                if definition.box == statement.name:
                    del definition.attributes["box_name"]
                    self._tally.noted += 1

    def _delete_box(self, statement: Statement) -> None:
        """AutoSys: delete_box deletes a box with its members, at any depth."""
        if self._defined(statement) is None:
            return
        pending = [statement.name]
        while pending:
            name = pending.pop()
            pending += [n for n, d in self._definitions.items() if n != name and d.box == name]
            self._remove(name, statement)

    def _remove(self, name: str, statement: Statement) -> None:
        definition = self._definitions.pop(name, None)
        if definition is not None:
            self._deleted[name] = definition
            self._tally.noted += len(definition.attributes)
            self._diagnostics.add(JobDeleted(name=name), statement.span, job=name)

    def _set_variable(self, statement: Statement) -> None:
        name, _, inline = statement.name.partition(" value:")
        value = unquoted(inline) if inline else None
        for attribute in statement.attributes:
            if attribute.key == "value":
                value = unquoted(attribute.value)
                self._tally.translated += 1
                if "\0" in value:
                    self._diagnostics.add(NulCharacter(key="value"), attribute.span, text=value)
                    value = None
                if attribute.missing:
                    value = None
            else:
                self._diagnostics.add(
                    UnknownAttribute(key=attribute.key), attribute.span, text=attribute.value
                )
                self._tally.unsupported += 1
        self._variables[name.strip()] = Variable(name.strip(), value)

    def _delete_variable(self, statement: Statement) -> None:
        self._variables.pop(statement.name, None)

    def _define_calendar(self, statement: Statement) -> None:
        self._calendars.define(statement)

    def _platform(self, statement: Statement) -> None:
        self._diagnostics.add(
            OldPlatformObject(verb=statement.verb, name=statement.name),
            statement.span,
            statement=_said(statement),
        )
        self._tally.noted += len(statement.attributes)


def _said(statement: Statement) -> str:
    """All attributes of a statement."""
    return ", ".join(f"{each.key}: {each.value}" for each in statement.attributes)


_VERBS: dict[str, Callable[[_Estate, Statement], None]] = {
    "insert_job": _Estate._insert,
    "update_job": _Estate._update,
    "override_job": _Estate._override,
    "delete_job": _Estate._delete,
    "delete_box": _Estate._delete_box,
    "insert_global": _Estate._set_variable,
    "update_global": _Estate._set_variable,
    "delete_global": _Estate._delete_variable,
    **dict.fromkeys(CALENDARS, _Estate._define_calendar),
    **dict.fromkeys(PLATFORM_VERBS, _Estate._platform),
}
