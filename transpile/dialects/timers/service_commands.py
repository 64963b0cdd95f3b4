"""Puts the command lines of a service together: to one command, or to steps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transpile.dialects.kit.values import runs
from transpile.dialects.timers.exec_lines import ExecLine
from transpile.dialects.timers.exec_text import OF_RUN
from transpile.dialects.timers.service_limits import Limits
from transpile.dialects.timers.service_streams import Streams
from transpile.dialects.timers.time_spans import FOREVER
from transpile.dialects.timers.unit_checks import Checks
from transpile.dialects.timers.unit_environment import Surroundings
from transpile.model import Command, ExitRule, Steps
from transpile.sources.text import Span

_KILLED = 124
"""The exit code of `timeout` at its limit."""

_GRACE = 90
"""Seconds between the signals TERM and KILL, systemd's default."""


class Built(NamedTuple):
    """What a service runs, and its limit in minutes, if the commands do not keep it themselves."""

    action: Command | Steps
    time_limit: int | None


@dataclass(frozen=True, slots=True)
class Lines:
    """The command lines of a service.

    The `main` ones run one after another until one fails. One of the `conditions` may skip them.
    The `last` ones run at the end, however it is reached.
    """

    main: Sequence[ExecLine]
    conditions: Sequence[ExecLine] = ()
    last: Sequence[ExecLine] = ()


@dataclass(slots=True)
class Assembly:
    """Builds the action of a service from everything that was read."""

    lines: Lines
    checks: Checks
    around: Surroundings
    streams: Streams
    limits: Limits
    _texts: list[str] = field(default_factory=list)
    _count: int = 1
    _is_limited: bool = False
    _is_judged: bool = False

    def build(self) -> Built:
        """The action: steps where that is enough, else a script."""
        main, limits = self.lines.main, self.limits
        count = len(self.lines.main) + len(self.lines.last) + len(self.lines.conditions)
        is_single = count == 1 and not limits.retries
        self._is_limited = is_limited = limits.seconds != FOREVER and not is_single
        self._is_judged = is_judged = bool(limits.good) and not is_single
        self._count = count
        self._texts = [self._text(line) for line in main]
        is_plain = not (self.checks.lines or self.lines.last or self.lines.conditions or is_judged)
        if is_plain and not is_limited and len(main) > 1:
            parts = tuple(
                self._command(self._led(self._ignoring(text, line)), line.span)
                for text, line in zip(self._texts, main, strict=True)
            )
            return Built(Steps(parts, unless=limits.unless), None)
        command = self._command(self._whole(), main[0].span, () if is_judged else limits.good)
        if limits.retries:
            # Steps are tried again after a signal, too.
            return Built(Steps((command,), unless=limits.unless), None)
        return Built(command, None if is_limited else limits.minutes)

    # ---------------------------------------------------------------- texts

    def _whole(self) -> str:
        """All command lines as one script."""
        main = map(self._judged, self._texts, self.lines.main)
        first = [self._condition(line) for line in self.lines.conditions]
        body = self._led("\n".join([*first, " &&\n".join(main)]))
        if self.lines.last:
            last = (self._judged(self._text(line), line) for line in self.lines.last)
            ends = self._led(" &&\n".join(last))
            body = (
                f"({body})\ncode=$?\n({ends})\nlast=$?\n"
                '[ "$code" != 0 ] || code=$last\nexit "$code"'
            )
        return "\n".join([*self.checks.lines, body])

    def _led(self, text: str) -> str:
        """The text behind what each command needs: folder, mask, files of variables."""
        lead = ["set -f", *self.around.lead] if self.around.variables.split else self.around.lead
        if "\n" in text and lead:
            return "\n".join([*(f"{_grouped(each)} || exit" for each in lead), text])
        return " && ".join([*lead, text])

    def _text(self, line: ExecLine) -> str:
        text = self.around.variables.text(line)
        if self._is_limited:
            text = f"timeout -k {_GRACE} {self.limits.seconds:g} {text}"
        return self.streams.around(text, self._count)

    def _ignoring(self, text: str, line: ExecLine) -> str:
        """The text, as a success if the line ignores failures; systemd never ignores its limit."""
        if not line.ignores:
            return text
        return f"{text} || [ $? -ne {_KILLED} ]" if self._is_limited else f"{text} || true"

    def _judged(self, text: str, line: ExecLine) -> str:
        """The text of one of several commands, as a success where systemd sees one."""
        if line.ignores:
            found = self._ignoring(text, line)
        elif self._is_judged:
            good = "|".join(map(str, self.limits.good))
            found = f"{text} || case $? in {good}) ;; *) exit $? ;; esac"
        else:
            return text
        return found if self._count == 1 else f"{{ {found}; }}"

    def _condition(self, line: ExecLine) -> str:
        """An exit code from 1 to 254 skips the rest without a failure."""
        text = self._text(line)
        if line.ignores:
            return self._ignoring(text, line)
        return f"{text} || case $? in 255) exit 255 ;; *) exit 0 ;; esac"

    def _command(self, text: str, span: Span, good: Sequence[int] = ()) -> Command:
        streams, count = self.streams, self._count
        return Command(
            (text,),
            stdin=streams.whole_stdin(count),
            stdout=streams.whole(streams.stdout, count),
            stderr=streams.whole(streams.stderr, count),
            environment=tuple((name, (v,)) for name, v in self.around.environment.items()),
            success=ExitRule(runs(sorted({0, *good}))),
            place=span,
        )

    @property
    def of_the_run(self) -> list[str]:
        """The variables of a run of systemd that commands use."""
        return [name for name in self.around.variables.taken if name in OF_RUN]


def _grouped(text: str) -> str:
    is_list = (" && " in text or " || " in text) and not text.startswith("{ ")
    return f"{{ {text}; }}" if is_list else text
