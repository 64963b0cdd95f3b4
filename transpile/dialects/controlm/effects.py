"""ON, DO, OUTCOND and SHOUT: what follows from each end of a job or folder.

Control-M evaluates completion codes first, then output, then OK and NOTOK. DO OK and DO NOTOK set
the status whatever the exit code was.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.dialects.controlm.codes.events import (
    ActionLost,
    ForcedUnknown,
    RerunLost,
    ResultLost,
    WaitBeforeRerun,
)
from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.entries import Entry, Reporter, shown
from transpile.dialects.controlm.plan import Change, End, Event, EventDate, On
from transpile.dialects.controlm.results import Kind, Result, read_result
from transpile.dialects.controlm.waits import date_of
from transpile.dialects.kit.values import runs
from transpile.findings.codes.reading import WrongValue
from transpile.findings.finding import Finding
from transpile.model import ANY_FAILURE, Alert, ExitRule
from transpile.model import End as ModelEnd

ALL_CODES: tuple[int | None, ...] = (*range(256), None)
"""Every way in which a command may end; None is a kill."""

_FEW: tuple[int | None, ...] = (0, 1, None)
"""One code for each end where nothing asks for more: 1 stands for all failures."""

_INFORM = ("DOMAIL", "DOSHOUT")
_ABOUT_OUTPUT = ("DOSYSOUT",)
_COPIES = ("C", "F", "M")
"""How operations on the output begin that may leave a file for others: copy, file, move."""

Targets = Mapping[tuple[str, str], list[Entry]]
"""Entries by the name of their folder and their own name; a folder's own name is empty."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What follows from the ends of a job.

    Exit codes of `success` end it OK. It is tried `retries` times again. `blocked` says why it
    must not run: a result that decides about its end cannot be known. `output` has patterns for
    lines of its output, which make its end OK or not.
    """

    ends: tuple[End, ...]
    success: ExitRule
    retries: int
    alerts: tuple[Alert, ...]
    blocked: type[Finding] | None = None
    output: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    """An ON statement: what it asks, and what it does.

    `changes` are those of its DO COND, `forces` the names of the jobs that it orders.
    """

    element: Element
    result: Result
    actions: tuple[Element, ...]
    changes: tuple[Change, ...]
    forces: tuple[str, ...]

    def names(self, *actions: str) -> bool:
        """True if it does one of these actions: OK, NOTOK, RERUN, SPCYC."""
        return any(a.tag == "DOACTION" and _action(a) in actions for a in self.actions)


@dataclass(slots=True)
class _Fate:
    """What has been found out about one exit code; `fired` are the rules that applied."""

    is_ok: bool
    fired: list[_Rule] = field(default_factory=list)
    reruns: bool = False
    stops: bool = False
    changes: list[Change] = field(default_factory=list)
    forces: list[str] = field(default_factory=list)


class EffectReader:
    """Reads the effects of entries; `targets` are what DO FORCEJOB may name."""

    def __init__(self, targets: Targets, reporter: Reporter) -> None:
        self._targets = targets
        self._reporter = reporter

    def read(self, entry: Entry) -> Effects:
        """What follows from the ends of an entry; counts reruns of jobs that are not cyclic."""
        rules = [self._rule(entry, element) for element in entry.each("ON")]
        output = _judged(rules) if not entry.is_folder else {}
        blocked = self._unknown(entry, [rule for rule in rules if id(rule.element) not in output])
        known = [rule for rule in rules if rule.result.kind in _DECIDED]
        out = [c for e in entry.each("OUTCOND") if (c := self._change(entry, e)) is not None]
        fates = {code: _fate(code, known, out) for code in _interesting(entry, known)}
        ends = tuple(_ends(fates))
        for rule in known:
            self._report_actions(entry, rule, fates)
        alerts = [*self._alerts(entry, known, fates), *self._shouts(entry)]
        success = _success(_ok_codes(ends))
        retries = self._retries(entry, ends)
        patterns = tuple(output.values())
        return Effects(ends, success, retries, tuple(alerts), blocked, patterns)

    # ---------------------------------------------------------------- statements

    def _rule(self, entry: Entry, element: Element) -> _Rule:
        result = read_result(element.get("STMT"), element.get("CODE"))
        conds = element.all("DOCOND") if result.kind in _DECIDED else ()
        changes = (self._change(entry, action) for action in conds)
        forced = (self._forced(a) for a in element.all("DOFORCEJOB"))
        return _Rule(
            element,
            result,
            tuple(element.children),
            tuple(filter(None, changes)),
            tuple(target.name for targets in forced for target in targets),
        )

    def _unknown(self, entry: Entry, rules: Iterable[_Rule]) -> type[Finding] | None:
        """Report the results that cannot be known; the reason why the job must not run, if any."""
        blocked: type[Finding] | None = None
        for rule in rules:
            if rule.result.kind in _DECIDED:
                continue
            reason = _REASONS[rule.result.kind]
            code = f"STMT={rule.element.get('STMT')} CODE={rule.element.get('CODE')}"
            lost = ResultLost(name=entry.name, result=code, reason=reason)
            self._reporter.lose_statement(lost, entry, rule.element)
            if rule.names("OK", "NOTOK") or any(a.tag == "DOCOND" for a in rule.actions):
                blocked = ResultLost
        return blocked

    def _change(self, entry: Entry, element: Element) -> Change | None:
        """The change of an OUTCOND or DOCOND; None if its date is none."""
        date = date_of(element.get("ODATE"))
        sign = element.get("SIGN")
        if sign not in ("+", "-"):
            wrong = WrongValue(key="SIGN", expected="+ or -", value=sign)
            self._reporter.report_at(wrong, entry, element, "SIGN")
            return None
        adds = sign == "+"
        if date is None or (adds and date.on is On.ANY):
            report_date(entry, element, self._reporter)
            return None
        return Change(Event(element.get("NAME"), date, element.span()), adds)

    def _forced(self, action: Element) -> list[Entry]:
        """The jobs that DO FORCEJOB orders."""
        return self._targets.get((action.get("FOLDER_NAME"), action.get("NAME")), [])

    # ---------------------------------------------------------------- what is lost

    def _report_actions(self, entry: Entry, rule: _Rule, fates: Mapping[int | None, _Fate]) -> None:
        for action in rule.actions:
            if action.tag == "DOFORCEJOB" and not self._forced(action):
                target = ".".join(filter(None, map(action.get, ("FOLDER_NAME", "NAME"))))
                unknown = ForcedUnknown(name=entry.name, target=target)
                self._reporter.report_at(unknown, entry, action)
            elif reason := _reason(action, entry):
                lost = ActionLost(action=shown(action), name=entry.name, reason=reason)
                self._reporter.report_at(lost, entry, action)

    def _retries(self, entry: Entry, ends: Iterable[End]) -> int:
        """How often a task is tried again.

        Control-M: MAXRERUN is a limit; without a DO RERUN that fires nothing runs again.
        """
        most = entry.number("MAXRERUN")
        again = [end for end in ends if end.reruns]
        if not again:
            return 0
        fails = [end for end in ends if not end.is_ok and end.codes != {None}]
        reason = ""
        if any(end.is_ok for end in again) or any(not end.reruns for end in fails):
            reason = "only some of its exit codes do that"
        elif any(end.changes or end.forces for end in fails):
            reason = "each failure also changes events, before the last try"
        elif not most:
            reason = "MAXRERUN sets no limit"
        if reason:
            self._reporter.report(RerunLost(name=entry.name, reason=reason), entry, "MAXRERUN")
            return 0
        interval = entry.take("INTERVAL")
        if interval.strip("0MHDS"):
            waits = WaitBeforeRerun(name=entry.name, interval=interval)
            self._reporter.report(waits, entry, "INTERVAL")
        return most

    # ---------------------------------------------------------------- messages

    def _alerts(
        self, entry: Entry, rules: Iterable[_Rule], fates: Mapping[int | None, _Fate]
    ) -> Iterator[Alert]:
        """The messages of DO MAIL and DO SHOUT. One that nothing can send is reported."""
        for rule in rules:
            for action in (a for a in rule.actions if a.tag in _INFORM):
                ends = _ends_of(rule, fates)
                if not ends:
                    reason = "no end of the task is the same"
                    lost = ActionLost(action=shown(action), name=entry.name, reason=reason)
                    self._reporter.report_at(lost, entry, action)
                yield from (_alert(end, action) for end in ends)

    def _shouts(self, entry: Entry) -> Iterator[Alert]:
        for shout in entry.each("SHOUT"):
            ends = _SHOUTED.get(shout.get("WHEN").upper().replace(" ", ""), ())
            if not ends:
                reason = f"nothing watches {shout.get('WHEN') or 'the time'}"
                lost = ActionLost(action=shown(shout), name=entry.name, reason=reason)
                self._reporter.lose_statement(lost, entry, shout)
            yield from (_alert(end, shout) for end in ends)


_DECIDED = (Kind.OK, Kind.NOTOK, Kind.CODES)
_REASONS = {
    Kind.RUNCOUNT: "a task does not know how often it ran",
    Kind.FAILCOUNT: "a task does not know how often it failed",
    Kind.OUTPUT: "nothing looks at the output",
    Kind.UNKNOWN: "its meaning is not known",
}
_SHOUTED = {"OK": (ModelEnd.SUCCESS,), "NOTOK": ANY_FAILURE}
_TRANSLATED = ("DOCOND", "DOFORCEJOB", *_INFORM, *_ABOUT_OUTPUT)


def _judged(rules: list[_Rule]) -> dict[int, tuple[str, bool]]:
    """The patterns for output that only set the end, by their statements.

    Nothing can ask for exit codes beside them: the output changes the code that is seen.
    """
    if any(rule.result.kind is Kind.CODES for rule in rules):
        return {}
    found: dict[int, tuple[str, bool]] = {}
    for rule in rules:
        words = {_action(a) if a.tag == "DOACTION" else a.tag for a in rule.actions}
        any_statement = rule.element.get("STMT") in ("", "*")
        if rule.result.kind is Kind.OUTPUT and any_statement and words in ({"OK"}, {"NOTOK"}):
            found[id(rule.element)] = (rule.result.text.strip(), words == {"OK"})
    return found


def _action(element: Element) -> str:
    word = element.get("ACTION").upper().replace(" ", "").replace("_", "")
    return "SPCYC" if word == "STOPCYCLIC" else word


def _reason(action: Element, entry: Entry) -> str:
    """Why an action has no translation; empty if it has one."""
    if action.tag in _TRANSLATED:
        # A class of the output has one letter.
        copies = action.get("OPTION")[:1].upper() in _COPIES and len(action.get("PAR")) > 1
        return "nothing copies the output" if copies and action.tag in _ABOUT_OUTPUT else ""
    if action.tag == "DOACTION":
        word = _action(action)
        if word == "SPCYC" and entry.element.says_yes("CYCLIC"):
            return "the launch plan of a cyclic job goes on"
        return "" if word in ("OK", "NOTOK", "RERUN", "SPCYC") else "it is not known"
    if action.tag == "DOVARIABLE":
        return "no job hands its variables to other jobs"
    return "nothing on Flyte does this"


def _fate(code: int | None, rules: Iterable[_Rule], out: Iterable[Change]) -> _Fate:
    """What follows from an exit code; `out` are the changes of an end that is OK."""
    fate = _Fate(code == 0)
    for by_code in (True, False):
        status = fate.is_ok
        for rule in rules:
            if (rule.result.kind is Kind.CODES) is by_code and _applies(rule, code, status):
                _apply(rule, code, fate)
    if fate.is_ok:
        done = {(c.event.name, c.event.date): c.adds for c in fate.changes}
        kept = (c for c in out if done.get((c.event.name, c.event.date), c.adds) is c.adds)
        fate.changes = [*kept, *fate.changes]
    return fate


def _apply(rule: _Rule, code: int | None, fate: _Fate) -> None:
    fate.fired.append(rule)
    fate.changes += rule.changes
    fate.forces += rule.forces
    for word in (_action(a) for a in rule.actions if a.tag == "DOACTION"):
        fate.is_ok = fate.is_ok if word not in ("OK", "NOTOK") else word == "OK"
        # Whether a job that somebody has killed is run again is not in the manuals.
        fate.reruns |= word == "RERUN" and code is not None
        fate.stops |= word == "SPCYC"


def _applies(rule: _Rule, code: int | None, status: bool) -> bool:
    if rule.result.kind is Kind.CODES:
        return code in rule.result.codes
    return status is (rule.result.kind is Kind.OK)


def _interesting(entry: Entry, rules: Iterable[_Rule]) -> tuple[int | None, ...]:
    """All exit codes if a rule of a job asks about some; otherwise one stands for each end."""
    asks = any(rule.result.kind is Kind.CODES for rule in rules)
    return ALL_CODES if asks and not entry.is_folder else _FEW


def _ends(fates: Mapping[int | None, _Fate]) -> Iterator[End]:
    """One end for all codes with the same fate. If few were asked, 1 stands for all failures."""
    alike: dict[tuple[object, ...], tuple[_Fate, set[int | None]]] = {}
    for code, fate in fates.items():
        key = (fate.is_ok, fate.reruns, fate.stops, tuple(fate.changes), tuple(fate.forces))
        alike.setdefault(key, (fate, set()))[1].add(code)
    for fate, found in alike.values():
        if len(fates) < len(ALL_CODES) and 1 in found:
            found |= set(range(1, 256))
        yield End(
            frozenset(found),
            fate.is_ok,
            tuple(dict.fromkeys(fate.changes)),
            fate.reruns,
            tuple(dict.fromkeys(fate.forces)),
            fate.stops,
        )


def _success(good: set[int]) -> ExitRule:
    """The codes that end a job OK; if the last ones do, those that do not are named."""
    if 255 in good:
        return ExitRule(runs(sorted(set(range(256)) - good)), fails=True)
    return ExitRule(runs(sorted(good)))


def _ok_codes(ends: Iterable[End]) -> set[int]:
    return {code for end in ends if end.is_ok for code in end.codes if code is not None}


def report_date(entry: Entry, element: Element, reporter: Reporter) -> None:
    """Report a statement about an event with a date that it cannot have."""
    value = element.get("ODATE")
    wrong = WrongValue(key="ODATE", expected="a date of an event", value=value)
    reporter.report_at(wrong, entry, element, "ODATE")


def _ends_of(rule: _Rule, fates: Mapping[int | None, _Fate]) -> tuple[ModelEnd, ...]:
    """The ends of a task at which a rule applies and at no other ones; empty if there are none."""
    found: list[ModelEnd] = []
    for is_ok, ends in ((True, (ModelEnd.SUCCESS,)), (False, ANY_FAILURE)):
        fired = {rule in fate.fired for fate in fates.values() if fate.is_ok is is_ok}
        if len(fired) > 1:
            return ()
        found += ends if fired == {True} else ()
    return tuple(found)


def _alert(end: ModelEnd, element: Element) -> Alert:
    """The message of a mail or shout."""
    addresses = f"{element.get('DEST')},{element.get('CC_DEST')}"
    names = addresses.replace(";", ",").split(",")
    subject = element.get("SUBJECT") or element.get("SUBJ")
    text = " ".join(filter(None, (subject, element.get("MESSAGE"))))
    recipients = tuple(filter(None, (name.strip() for name in names)))
    alarm = "" if element.tag == "DOMAIL" else "SHOUT"
    return Alert(end, alarm=alarm, recipients=recipients, message=text)


def dates_of(ends: Iterable[End], *, adds: bool) -> dict[tuple[str, EventDate], set[int | None]]:
    """The events that ends add or delete, each with the exit codes at which that happens."""
    found: dict[tuple[str, EventDate], set[int | None]] = {}
    for end in ends:
        for change in end.changes:
            if change.adds is adds:
                key = (change.event.name, change.event.date)
                found.setdefault(key, set()).update(end.codes)
    return found
