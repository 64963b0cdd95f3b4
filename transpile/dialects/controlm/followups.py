"""What follows from the ends of a job, but not from that of its stand-in, which always ends OK."""

from collections.abc import Collection

from transpile.dialects.controlm.effects import EffectReader
from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.entries import Entry, Reporter
from transpile.dialects.controlm.plan import Change, On, Planned
from transpile.dialects.kit.values import runs
from transpile.findings.diagnostics import Diagnostics

KILL = "kill"
"""The word for the end of a job that was killed, among exit codes."""


def follow_ups(
    dummy: Element, planned: Planned, needed: Collection[str], moved: Collection[str]
) -> tuple[list[str], list[str]]:
    """The events that the bridge has to add or delete itself, and what cannot be done.

    Staying jobs need the events `needed`. A row of the first list has exit codes, a sign, an event
    and a date, with blanks between them.
    """
    entry = Entry(dummy, planned.name, "", None, dummy)
    ends = EffectReader({}, Reporter(Diagnostics())).read(entry).ends
    done = {_key(c): c for end in ends if end.is_ok for c in end.changes}
    rows, lost = [], []
    for end in planned.ends:
        mine = {_key(c): c for c in end.changes if c.event.name in needed}
        codes = _codes(end.codes)
        for key in sorted(done.keys() - mine.keys()) if end.is_ok else ():
            if done[key].event.name in needed:
                lost.append(f"its stand-in changes {key[1]} also after exit codes {codes}")
        for key, change in mine.items():
            if end.is_ok and key in done:
                continue
            if change.event.date.on not in (On.ORDER, On.NONE) or len(key[1].split()) != 1:
                lost.append(
                    f"nothing changes {key[1]} of the date {key[2]} after exit codes {codes}"
                )
            else:
                rows.append(f"{codes} {' '.join(key)}")
        orders = end.is_ok and any(any(on.all("DOFORCEJOB")) for on in dummy.all("ON"))
        if not orders and any(name not in moved for name in end.forces):
            lost.append(f"nothing orders {', '.join(end.forces)} after exit codes {codes}")
    return rows, lost


def _key(change: Change) -> tuple[str, str, str]:
    """Sign, name and date of a change."""
    return "+" if change.adds else "-", change.event.name, str(change.event.date)


def _codes(codes: Collection[int | None]) -> str:
    """Exit codes as ranges with commas: `1-7,9,kill`."""
    known = runs(sorted(code for code in codes if code is not None))
    shown = [f"{low}-{high}" if low < high else str(low) for low, high in known]
    return ",".join((*shown, *((KILL,) if None in codes else ())))
