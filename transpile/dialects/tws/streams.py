"""Clauses of a stream other than its schedule and its dependencies."""

from transpile.dialects.tws.clauses import LOSSES, ClauseReader, Loss, Payload, starts_late
from transpile.dialects.tws.codes.dependencies import (
    DeadlineIgnored,
    LatestStartIgnored,
    LimitIgnored,
)
from transpile.dialects.tws.codes.objects import DraftStream, VariableTableIgnored
from transpile.dialects.tws.codes.schedules import (
    OverlappingRuns,
    OverlapSkipped,
    OwnTimeInStream,
    StartCondition,
    ValidityIgnored,
)
from transpile.dialects.tws.units import HELD
from transpile.dialects.tws.values import Clause, first, inner, keyword, spelled
from transpile.model import InitialStatus

_TAKEN = ("on", "except", "at", "schedtime", "follows", "join", "opens", "prompt", "matching")
"""Clauses that other modules of this package translate."""

_LOST: dict[str, Loss] = {**LOSSES, "startcond": StartCondition, "validto": ValidityIgnored}


class StreamReader(ClauseReader):
    """Reads the clauses of one stream."""

    def read(self) -> Payload:
        """The payload of the box that represents the stream."""
        stream, payload = self._unit.stream, self._payload
        if stream.workstation:
            payload.notes.append(("machine", stream.workstation))
        for clause in stream.clauses:
            self._clause(clause)
        for clause in stream.all("on", "except"):
            payload.notes.append((str(clause.data), spelled(clause).partition(" ")[2]))
            for window in inner(clause, "window"):
                self._window(window)
        for table in self._unit.table.lost:
            self._reporter.lose(VariableTableIgnored, table)
        return payload

    def _window(self, window: Clause) -> None:
        """Report the times of a run cycle other than its start."""
        if not starts_late(inner(window, "onuntil")):
            for time in inner(window, "until"):
                self._reporter.lose(LatestStartIgnored, time)
        for time in inner(window, "deadline", "onlate"):
            self._reporter.lose(DeadlineIgnored, time)

    def _clause(self, clause: Clause) -> None:
        kind = str(clause.data)
        if loss := self._loss(kind):
            self._lose(loss, clause)
        elif kind == "onoverlap":
            self._overlap(clause)
        elif kind == "vartable" and clause in self._unit.table.lost:
            self._tally.unsupported += 1
        elif kind == "vartable" or kind in _TAKEN:
            self._tally.translated += 1
        elif kind == "description":
            self._describe(clause)
        elif kind == "keyed":
            self._keyed(clause)
        else:
            if kind == "flag" and str(first(clause)).upper() == "DRAFT":
                self._reporter.report(DraftStream(name=self._name), clause)
            self._note(clause)

    def _loss(self, kind: str) -> Loss | None:
        """Makes the finding about a clause of this kind; None if the clause is not ignored."""
        stream = self._unit.stream
        if kind in ("at", "schedtime"):
            return None if stream.all("on") else OwnTimeInStream
        return None if kind == "until" and starts_late(stream.clauses) else _LOST.get(kind)

    def _overlap(self, clause: Clause) -> None:
        """Without a schedule no launch plan can skip a start."""
        action = keyword(clause) if self._unit.stream.all("on") else ""
        if action == "PARALLEL":
            self._note(clause)
        elif action == "DONOTSTART":
            self._reporter.report(OverlapSkipped(name=self._name), clause)
            self._tally.translated += 1
        else:
            self._lose(OverlappingRuns, clause)

    def _keyed(self, clause: Clause) -> None:
        shown = spelled(clause).upper()
        if shown in HELD:
            self._payload.status = InitialStatus.ON_HOLD
            self._tally.translated += 1
        elif shown.startswith("LIMIT") and int(shown.split()[1]) < len(self._unit.stream.entries):
            self._lose(LimitIgnored, clause)
        else:
            self._note(clause)
