"""Variables that say something to cron, and those that do not say what they seem to."""

from collections.abc import Iterator, Mapping

from transpile.dialects.timers.alerts import MAILTO, recipients
from transpile.dialects.timers.codes.cron import CronReading, CronStart, CronVariable
from transpile.dialects.timers.crontab import Variable
from transpile.dialects.timers.settings import CRONIE, TimerSettings
from transpile.findings.codes.schedules import UnknownTimeZone
from transpile.findings.diagnostics import Diagnostics

ZONE, DELAY = "CRON_TZ", "RANDOM_DELAY"
OF_CRON = (
    *(MAILTO, "MAILFROM", "CONTENT_TYPE", "CONTENT_TRANSFER_ENCODING", "NO_MAIL_OUTPUT"),
    *(DELAY, "START_HOURS_RANGE", "PREFERRED_HOUR"),
)
"""Variables for cron, not for jobs."""

_SET_BY_CRON = ("LOGNAME", "USER")
_ZONE_READING = "a variable for jobs: it moves no start time"


class Variables:
    """Reports what the variables of lines do, each once."""

    def __init__(self, settings: TimerSettings, diagnostics: Diagnostics, random: str) -> None:
        self._settings = settings
        self._diagnostics = diagnostics
        self._random = random
        self._last: Mapping[str, Variable] | None = None
        self._environment: tuple[tuple[str, tuple[str]], ...] = ()

    def environment(self, variables: Mapping[str, Variable]) -> tuple[tuple[str, tuple[str]], ...]:
        """The variables that jobs get; reports those that need a look."""
        if variables is not self._last:
            self._last = variables
            for variable in variables.values():
                self._report(variable)
            left_out = {"SHELL", *_SET_BY_CRON, *OF_CRON}
            values = ((name, each.value) for name, each in variables.items())
            self._environment = tuple((n, (value,)) for n, value in values if n not in left_out)
        return self._environment

    def zone(self, variables: Mapping[str, Variable]) -> str | None:
        """The zone that cronie takes for the time fields. Raises ValueError if it is unknown."""
        variable = variables.get(ZONE)
        if self._settings.engine != CRONIE or variable is None or not variable.value:
            return None
        zone = self._settings.zones.find(variable.value)
        if zone is None:
            raise ValueError(variable.value)
        return zone

    def _report(self, variable: Variable) -> None:
        name, value, span = variable.name, variable.value, variable.span
        is_zone = self._settings.engine == CRONIE and name == ZONE
        if name in _SET_BY_CRON:
            effect = "cron sets it to the user of the line, whatever this line says"
            self._diagnostics.add(CronVariable(name=name, effect=effect), span, text=value)
        elif "$" in value and name != MAILTO:
            found = CronVariable(
                name=name, effect=f"cron expands no variables: jobs get {value} as it is"
            )
            told = "write the whole value, or set the variable in the commands"
            self._diagnostics.add(found, span, text=value, help=told)
        elif is_zone and value and self._settings.zones.find(value) is None:
            self._diagnostics.add(UnknownTimeZone(timezone=value), span, text=value)
        elif name in (ZONE, "TZ") and not is_zone:
            reading = CronReading(text=f"{name}={value}", reading=_ZONE_READING)
            self._diagnostics.add(reading, span)
        elif name == DELAY and self._settings.engine == CRONIE and value.strip("0"):
            delay = CronStart(text=f"{DELAY}={value}", reason=self._random)
            self._diagnostics.add(delay, span)


def notes_of(variables: Mapping[str, Variable]) -> Iterator[tuple[str, str]]:
    """The variables for cron, for readers, apart from those that became alerts."""
    for name in OF_CRON:
        if name in variables and not (name == MAILTO and recipients(variables)):
            yield name, variables[name].value or "nobody"
