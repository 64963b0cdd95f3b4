"""Estates in JIL that move in three waves, and generated ones."""

import random
from dataclasses import dataclass, field

CLOCK = 'date_conditions: 1\ndays_of_week: all\nstart_times: "{}"\n'
WAVES = "orders", "finance", "reports"
BRIDGE = """
[bridge]
status = "last-status {job}"
tell = "sendevent -E CHANGE_STATUS -s {status} -J {job}"
start = "pyflyte run -p nightly -d production remote-launchplan {launch_plan}"
interval = 60
times = true
"""


def job(name: str, *lines: str, box: str = "", kind: str = "CMD", at: str = "") -> str:
    """A job; `at` is its start time, `box` the box that holds it."""
    command = "" if kind == "BOX" else "command: work\nmachine: batch\n"
    inside = f"box_name: {box}\n" if box else ""
    clock = CLOCK.format(at) if at else ""
    more = "".join(f"{line}\n" for line in lines)
    return f"insert_job: {name}\njob_type: {kind}\n{inside}{command}{clock}{more}\n"


def settings(waves: dict[str, str]) -> str:
    """The transpile.toml of waves, each with a pattern or names between blanks."""
    text = '[timezones]\ndefault = "UTC"\n\n[platform]\nendpoint = "flyteadmin:81"\n'
    for name, patterns in waves.items():
        listed = ", ".join(f'"{pattern}"' for pattern in patterns.split())
        text += f'\n[[wave]]\nname = "{name}"\njobs = [{listed}]\n'
    return text + BRIDGE


THREE_WAVES = settings({"orders": "ORD.*", "finance": "FIN.*", "reports": "RPT.*"})
ESTATE = "".join(
    (
        job("HR.FEED", at="00:30"),
        job("HR.ICE", "status: ON_ICE", at="00:30"),
        job("HR.HOURS", "condition: t(HR.FEED) | s(FIN.TAX)"),
        job("FIN.RATES", "condition: d(HR.FEED) & s(ORD.ICE)", at="01:00"),
        job("FIN.TAX", "condition: s(ORD.EXTRACT) & s(HR.FEED, 2.00)"),
        job("ORD.NIGHT", "box_success: s(ORD.SUM) | d(ORD.FIX)", kind="BOX", at="01:30"),
        job("ORD.EXTRACT", "n_retrys: 1", box="ORD.NIGHT"),
        job("ORD.LOAD", "condition: s(ORD.EXTRACT)", box="ORD.NIGHT"),
        job("ORD.FIX", "condition: f(ORD.LOAD)", box="ORD.NIGHT"),
        job("ORD.SUM", "condition: s(ORD.LOAD) & s(FIN.RATES, 12.00)", box="ORD.NIGHT"),
        job("ORD.ICE", "status: ON_ICE", at="00:30"),
        job("FIN.LEDGER", "condition: d(ORD.NIGHT, 6.00) & n(HR.ICE)", kind="BOX", at="01:45"),
        job("FIN.POST", box="FIN.LEDGER"),
        job("FIN.CHECK", "condition: d(FIN.POST)", "term_run_time: 30", box="FIN.LEDGER"),
        job("FIN.ALERT", "condition: f(FIN.POST) | t(FIN.CHECK)"),
        job(
            "RPT.DAILY",
            "condition: s(FIN.LEDGER, 3.00) & s(HR.PAY, 4.00)",
            "box_failure: f(RPT.MAKE)",
            kind="BOX",
        ),
        job("RPT.MAKE", box="RPT.DAILY"),
        job("RPT.SEND", "condition: s(RPT.MAKE)", box="RPT.DAILY"),
        job("RPT.SORRY", "condition: d(FIN.ALERT, 2.00) & s(HR.PAY, 2.00)", at="05:15"),
        job("HR.PAY", "condition: n(FIN.CHECK) & s(FIN.RATES)", at="03:30"),
        job("HR.BOX", kind="BOX", at="03:00"),
        job("HR.WAIT", "condition: d(RPT.DAILY, 20.00) | d(FIN.ALERT, 20.00)", box="HR.BOX"),
        job("HR.CLOSE", "condition: s(RPT.DAILY, 2.00)"),
        job("HR.MOURN", "condition: f(ORD.LOAD) & d(FIN.POST)"),
    )
)
"""Three applications move, HR stays. Each waits for the others, in every direction."""

_TESTS = ("s", "s", "s", "d", "f", "t")


@dataclass
class SplitGenerator:
    """Writes an estate of a few units, and says which wave moves each of them, if one does.

    Windows keep the statuses of yesterday out. A unit with a start time waits for the ends of
    others with one, which come each night: a wait that stays open would keep its workflow running.
    """

    rnd: random.Random
    waves: dict[str, list[str]] = field(default_factory=lambda: {wave: [] for wave in WAVES})
    _names: list[str] = field(default_factory=list)
    _clocked: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The estate as JIL."""
        return "".join(self._unit(f"U{number}") for number in range(self.rnd.randrange(4, 8)))

    def settings(self) -> str:
        """Its transpile.toml, once its text is written."""
        return settings({wave: " ".join(found) or "-" for wave, found in self.waves.items()})

    def _unit(self, name: str) -> str:
        rnd = self.rnd
        at = ""
        if not self._names or rnd.random() < 0.5:
            at = f"{rnd.randrange(6):02}:{rnd.choice((0, 15, 30, 45)):02}"
        condition = self._condition(self._clocked if at else self._names, at)
        if wave := rnd.choice((*WAVES, "")):
            self.waves[wave].append(name)
        members = [f"{name}.{letter}" for letter in "ABC"[: rnd.randrange(4)]]
        text = job(name, *condition, kind="BOX" if members else "CMD", at=at)
        for before, member in zip(("", *members), members, strict=False):
            inside = [f"condition: d({before})"] if before else []
            text += job(member, *inside, box=name)
        self._names += [name, *members]
        self._clocked += [name, *members] if at else []
        return text

    def _condition(self, known: list[str], at: str) -> list[str]:
        rnd = self.rnd
        if not known or (at and rnd.random() < 0.5):
            return []
        names = rnd.sample(known, min(len(known), rnd.choice((1, 1, 2, 2, 3))))
        tests = (f"{'d' if at else rnd.choice(_TESTS)}({name}, 20.00)" for name in names)
        return [f"condition: {' & '.join(tests)}"]
