"""Reports about one unit, and the count of its keys."""

from dataclasses import dataclass, field

from transpile.dialects.timers.codes.units import (
    LineIgnored,
    SettingApproximated,
    UntranslatedSetting,
)
from transpile.dialects.timers.unit_files import Entry
from transpile.dialects.timers.unit_names import BadSpecifier, expand
from transpile.dialects.timers.unit_sets import Unit
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.sources.text import Span

TRUE_WORDS = ("1", "yes", "y", "true", "t", "on")
_FALSE = ("0", "no", "n", "false", "f", "off")


@dataclass(slots=True)
class Reporter:
    """Reports what does not become of a unit; `job` is the name of its job.

    `lost` has the keys that were reported as lost.
    """

    unit: Unit
    job: str
    diagnostics: Diagnostics
    lost: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The name of the unit."""
        return str(self.unit.name)

    def report(self, finding: Finding, span: Span, text: str = "") -> None:
        """Record a finding about the job."""
        self.diagnostics.add(finding, span, job=self.job, text=text)

    def ignored(self, entry: Entry, reason: str) -> None:
        """Report a line that systemd ignores."""
        self.report(LineIgnored(reason=reason), entry.span, entry.value)

    def differs(self, entry: Entry, reason: str) -> None:
        """Report a setting that is kept in part."""
        found = SettingApproximated(key=entry.key, name=self.name, reason=reason)
        self.report(found, entry.span, entry.value)

    def refuse(self, entry: Entry, reason: str) -> None:
        """Report a setting that is not kept."""
        self.lost.add(entry.key)
        found = UntranslatedSetting(key=entry.key, name=self.name, reason=reason)
        self.report(found, entry.span, entry.value)

    def expanded(self, entry: Entry, text: str | None = None) -> str | None:
        """A value with its specifiers; None, and a report, if one has no value."""
        value = entry.value if text is None else text
        try:
            return expand(value, self.unit.name, is_user=self.unit.is_user)
        except BadSpecifier as error:
            self.refuse(entry, str(error))
            return None

    def flag(self, section: str, key: str, default: bool = False) -> bool:
        """The value of a boolean key; systemd ignores one that is no boolean."""
        found = default
        for entry in self.unit.entries:
            if entry.section == section and entry.key == key:
                word = entry.value.lower()
                if word in TRUE_WORDS or word in _FALSE:
                    found = word in TRUE_WORDS
                elif word:
                    self.ignored(entry, f"{entry.value} is no boolean")
        return found
