"""What a stream says about itself: kept, noted or reported."""

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
from transpile.dialects.tws.jobs import Payload, runs_late
from transpile.dialects.tws.losses import LOSSES, Loss
from transpile.dialects.tws.model import Stream
from transpile.dialects.tws.reader import span_of
from transpile.dialects.tws.units import HELD, Table
from transpile.dialects.tws.values import Clause, first, inner, spelled, unquoted, words
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import InitialStatus, Tally

_TAKEN = ("on", "except", "at", "schedtime", "follows", "join", "opens", "prompt", "matching")
_LOST = {
    **LOSSES,
    "onoverlap": OverlappingRuns,
    "startcond": StartCondition,
    "validto": ValidityIgnored,
}


def _skipped(*, name: str, value: str) -> Finding:
    return OverlapSkipped(name=name)


_ON_OVERLAP: dict[str, Loss | None] = {"PARALLEL": None, "DONOTSTART": _skipped}


class StreamReader:
    """Reads the clauses of one stream that are not about when it starts or what it waits for."""

    def __init__(self, name: str, diagnostics: Diagnostics, tally: Tally, table: Table) -> None:
        self._name = name
        self._table = table
        self._diagnostics = diagnostics
        self._tally = tally
        self._payload = Payload()

    def read(self, stream: Stream) -> Payload:
        """The payload of the box that stands for the stream."""
        if stream.workstation:
            self._payload.notes.append(("machine", stream.workstation))
        for clause in stream.clauses:
            self._clause(clause, stream)
        for clause in stream.all("on", "except"):
            self._payload.notes.append((str(clause.data), spelled(clause).partition(" ")[2]))
            for window in inner(clause, "window"):
                self._window(window, stream)
        for table in self._table.lost:
            self._lose(VariableTableIgnored, table, stream)
        return self._payload

    def _window(self, window: Clause, stream: Stream) -> None:
        """The times of a run cycle that say something else than when it starts."""
        late = runs_late(inner(window, "onuntil"))
        for time in inner(window, "until") if not late else ():
            self._lose(LatestStartIgnored, time, stream)
        for time in inner(window, "deadline", "onlate"):
            self._lose(DeadlineIgnored, time, stream)

    def _clause(self, clause: Clause, stream: Stream) -> None:
        kind = str(clause.data)
        loss = self._lost(clause, stream)
        if loss:
            self._lose(loss, clause, stream)
            self._tally.unsupported += loss is not _skipped
            self._tally.translated += loss is _skipped
        elif kind == "vartable":
            self._tally.unsupported += clause in self._table.lost
            self._tally.translated += clause not in self._table.lost
        elif kind in _TAKEN:
            self._tally.translated += 1
        elif kind == "description":
            text = unquoted(words(clause, "STRING")[0])
            self._payload.description = " ".join(text.split())
            self._tally.translated += 1
        elif kind == "flag":
            self._flag(clause, stream)
        elif kind == "keyed":
            self._keyed(clause, stream)
        else:
            self._note(clause)

    def _lost(self, clause: Clause, stream: Stream) -> Loss | None:
        """Makes the finding about a clause that is ignored, if it is."""
        kind = str(clause.data)
        if kind in ("at", "schedtime"):
            return None if stream.all("on") else OwnTimeInStream
        if kind == "until" and runs_late(stream.clauses):
            return None
        if kind == "onoverlap" and stream.all("on"):
            return _ON_OVERLAP.get(str(words(clause, "NAME")[0]).upper(), OverlappingRuns)
        return _LOST.get(kind)

    def _flag(self, clause: Clause, stream: Stream) -> None:
        if str(first(clause)).upper() == "DRAFT":
            self._report(DraftStream(name=self._name), clause, stream)
        self._note(clause)

    def _keyed(self, clause: Clause, stream: Stream) -> None:
        shown = spelled(clause).upper()
        if shown in HELD:
            self._payload.status = InitialStatus.ON_HOLD
            self._tally.translated += 1
        elif shown.startswith("LIMIT") and int(shown.split()[1]) < len(stream.entries):
            self._lose(LimitIgnored, clause, stream)
            self._tally.unsupported += 1
        else:
            self._note(clause)

    def _note(self, clause: Clause) -> None:
        keyword, _, value = spelled(clause).partition(" ")
        self._payload.notes.append((keyword.lower(), value or "yes"))
        self._tally.noted += 1

    def _lose(self, loss: Loss, clause: Clause, stream: Stream) -> None:
        self._report(loss(name=self._name, value=spelled(clause)), clause, stream)

    def _report(self, finding: Finding, clause: Clause, stream: Stream) -> None:
        span = span_of(first(clause), stream.span)
        self._diagnostics.add(finding, span, job=self._name, text=spelled(clause))
