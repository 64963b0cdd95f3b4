"""The definition of one job: its attributes, until a builder takes them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from transpile.dialects.autosys.catalogue import EXPRESSIONS, FREE_TEXT, LISTS, NOTED, PASSED_ON
from transpile.dialects.autosys.codes.text import (
    AttributeInLine,
    CommentRemoved,
    ContinuedCondition,
    RepeatedAttribute,
)
from transpile.dialects.autosys.reader import Attribute, Statement
from transpile.dialects.autosys.values import unquoted
from transpile.findings.codes.reading import NulCharacter, StrayText, UnknownPlaceholder, WrongValue
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Blocked, Tally
from transpile.sources.text import Span

T = TypeVar("T")


@dataclass(slots=True)
class Definition:
    """The attributes from all statements about one job that no builder has taken yet.

    `blocked` says why the job cannot run.
    """

    name: str
    span: Span
    diagnostics: Diagnostics
    tally: Tally
    attributes: dict[str, Attribute] = field(default_factory=dict)
    blocked: Blocked | None = None

    @property
    def box(self) -> str | None:
        """The name of the job's box."""
        attribute = self.attributes.get("box_name")
        return unquoted(attribute.value) if attribute else None

    def report(
        self,
        finding: Finding,
        span: Span | None = None,
        *,
        text: str | None = None,
        help: str | None = None,
    ) -> None:
        """Record a finding about this job, by default at its definition."""
        self.diagnostics.add(finding, span or self.span, job=self.name, text=text, help=help)

    def block(self, cause: type[Finding], reason: str) -> None:
        """Keep the job from running; the first reason counts."""
        self.blocked = self.blocked or Blocked(cause, reason)

    def update(self, statement: Statement) -> None:
        """Apply a statement's attributes to this job."""
        given: set[str] = set()
        line = 0
        outer = ""
        for attribute in statement.attributes:
            self._join_rows(attribute)
            key = attribute.key
            if attribute.span.line == line and outer in FREE_TEXT:
                self.report(AttributeInLine(key=key, outer=outer), attribute.span, text=key)
            line, outer = attribute.span.line, key
            earlier = self.attributes.pop(key, None)
            if earlier is not None:
                self.tally.noted += 1
                if key in given and earlier.value != attribute.value:
                    self.report(RepeatedAttribute(key=key), attribute.span, text=attribute.value)
            given.add(key)
            if attribute.comment:
                self.report(CommentRemoved(text=attribute.comment), attribute.span)
            if "\0" in attribute.value and key in PASSED_ON:
                self.report(NulCharacter(key=key), attribute.span, text=attribute.value)
                self.blocked = Blocked(NulCharacter, f"{key} holds a NUL character")
            if attribute.missing and key not in NOTED and key != "description":
                reason = f"{key} has a placeholder without a value: {attribute.missing}"
                self.block(UnknownPlaceholder, reason)
            if unquoted(attribute.value):
                self.attributes[key] = attribute
            else:
                # AutoSys: an empty value sets the attribute back to its default.
                self.tally.translated += 1

    def _join_rows(self, attribute: Attribute) -> None:
        """Join continuation lines to the value; report lines that cannot continue it."""
        key, rows = attribute.key, attribute.rows
        if not rows:
            return
        parts = [attribute.value, *(row.text for row in rows)]
        if key in EXPRESSIONS:
            self.report(ContinuedCondition(key=key), rows[0].span, text=rows[0].text)
            attribute.value = " ".join(parts)
        elif key in LISTS:
            glue = " " if key == "resources" else ","
            attribute.value = glue.join(part.strip().strip(",") for part in parts)
        else:
            for row in rows:
                self.report(StrayText(text=row.text), row.span)
            if key == "command":
                reason = "the command continues on lines that cannot be joined"
                self.blocked = Blocked(StrayText, reason)

    def take(self, key: str) -> Attribute | None:
        """The attribute, which then counts as translated."""
        attribute = self.attributes.pop(key, None)
        if attribute is not None:
            self.tally.translated += 1
        return attribute

    def take_text(self, key: str) -> str | None:
        """The attribute's value without quotes around it."""
        attribute = self.take(key)
        return unquoted(attribute.value) if attribute else None

    def take_as(self, key: str, read: Callable[[str], T | None], expected: str) -> T | None:
        """The attribute's value, converted by `read`; A115 if `read` returns None."""
        attribute = self.attributes.get(key)
        if attribute is None:
            return None
        value = read(attribute.value)
        if value is None:
            self.drop_wrong(key, expected)
        else:
            self.take(key)
        return value

    def drop(self, key: str, finding: Finding, help: str | None = None) -> None:
        """Drop the attribute, if it is there, report it and count it as unsupported."""
        attribute = self.attributes.pop(key, None)
        if attribute is not None:
            self.report(finding, attribute.span, text=attribute.value, help=help)
            self.tally.unsupported += 1

    def drop_wrong(self, key: str, expected: str) -> None:
        """Drop the attribute and report that its value does not have the expected form."""
        value = self.attributes[key].value
        self.drop(key, WrongValue(key=key, value=value, expected=expected))

    def notes(self) -> tuple[tuple[str, str], ...]:
        """The attributes that are left, as (key, value); they count as noted."""
        found = tuple((a.key, a.value) for a in self.attributes.values())
        self.tally.noted += len(found)
        self.attributes.clear()
        return found
