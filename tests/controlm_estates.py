"""Generated Control-M estates: folders and jobs whose events lead from one to the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

from tests.jil_networks import Chooser, Drawn

_DAYS = (
    'DAYS="ALL"',
    'DAYS="ALL"',
    'DAYS="ALL"',
    'DAYS="ALL"',
    'WEEKDAYS="1,2,3,4,5"',
    'WEEKDAYS="1"',
    'WEEKDAYS="0,6"',
    'DAYS="1,15"',
    'DAYS="12,13,14,15,16"',
)
_TIMES = ("0600", "0200", "0700", "0900", "1330", "1800", "2200", "2345")
_DATES = ("ODAT",) * 16 + ("-001", "PREV")
_RESULTS = ("NOTOK", "NOTOK", "NOTOK", "OK", "COMPSTAT EQ 3", "COMPSTAT GT 4", "COMPSTAT NE 0")


def element(tag: str, inside: Sequence[str] = (), /, **attributes: str) -> str:
    """An element of an export."""
    head = " ".join([tag, *(f"{key}={quoteattr(value)}" for key, value in attributes.items())])
    return f"<{head}>{''.join(inside)}</{tag}>\n" if inside else f"<{head}/>\n"


@dataclass
class _Producer:
    """A job or folder, the events it adds, and the folders around it."""

    name: str
    events: list[tuple[str, str]]
    around: tuple[str, ...]


@dataclass
class ControlMGenerator:
    """Writes an export with about `count` jobs; most conditions point backwards.

    In a `smart` folder around all of it, they are one workflow.
    """

    choose: Chooser
    count: int
    smart: bool = False
    cyclic: bool = True
    producers: list[_Producer] = field(default_factory=list)
    jobs: list[tuple[str, str]] = field(default_factory=list)
    _number: int = 0
    _consumed: list[tuple[str, str]] = field(default_factory=list)

    def text(self) -> str:
        """The estate as XML."""
        folders = [self._folder()]
        while not self.smart and self._number < self.count:
            folders.append(self._folder())
        return "<DEFTABLE>\n" + "".join(folders) + "</DEFTABLE>\n"

    def _name(self, letter: str) -> str:
        self._number += 1
        return f"{letter}{self._number}"

    # ---------------------------------------------------------------- folders

    def _folder(self) -> str:
        choose = self.choose
        name = self._name("F")
        attributes = {"FOLDER_NAME": name, "TIMEZONE": "UTC"}
        if choose.chance(4):
            attributes["TIMEZONE"] = "America/New_York"
        manual = not self.smart and choose.chance(6)
        attributes["FOLDER_ORDER_METHOD"] = "MANUAL" if manual else "SYSTEM"
        is_smart = self.smart or choose.chance(45)
        inside: list[str] = []
        if not is_smart:
            del attributes["TIMEZONE"]
            zone = {"TIMEZONE": "America/New_York" if choose.chance(4) else "UTC"}
            number = choose.pick([1, 1, 2, 2, 3, 4])
            members = [self._job(name, (), zone) for _ in range(number)]
            return element("FOLDER", members, **attributes)
        attributes |= self._days() | self._clock(80)
        inside += self._incond((name,), 40)
        around = (name,)
        own, adds = self._ends(name, "folder")
        total = self.count if self.smart else choose.pick([1, 2, 2, 3, 4])
        members = []
        for _ in range(total):
            members.append(self._member(around, 1))
        self.producers.append(_Producer(name, adds, ()))
        return element("SMART_FOLDER", [*inside, *own, *members], **attributes)

    def _member(self, around: tuple[str, ...], depth: int) -> str:
        choose = self.choose
        if depth < 3 and choose.chance(15):
            name = self._name("S")
            attributes = self._clock(15)
            inside = self._incond((*around, name), 40)
            own, adds = self._ends(name, "folder")
            members = [
                self._member((*around, name), depth + 1) for _ in range(choose.pick([1, 2, 3]))
            ]
            self.producers.append(_Producer(name, adds, around))
            attributes["FOLDER_NAME" if choose.chance(50) else "JOBNAME"] = name
            return element("SUB_FOLDER", [*inside, *own, *members], **attributes)
        return self._job(around[-1], around, {})

    # ---------------------------------------------------------------- jobs

    def _job(self, folder: str, around: tuple[str, ...], more: dict[str, str]) -> str:
        choose = self.choose
        name = self._name("J")
        attributes = {"JOBNAME": name, "TASKTYPE": "Command", "CMDLINE": f"run {name}", **more}
        if choose.chance(10):
            attributes["TASKTYPE"] = "Dummy"
        if around:
            attributes |= self._days() if choose.chance(8) else {}
            attributes |= self._clock(12)
        else:
            attributes |= self._days() | self._clock(55)
        if choose.chance(8):
            attributes["MAXWAIT"] = choose.pick(["1", "3", "99"])
        if choose.chance(30):
            attributes["MAXRERUN"] = choose.pick(["1", "2", "5"])
        if self.cyclic and choose.chance(5):
            attributes |= {"CYCLIC": "1", "IND_CYCLIC": "S", "INTERVAL": "00120M"}
            attributes.pop("MAXWAIT", None)
        inside = self._incond((*around, name), 65)
        own, adds = self._ends(name, "dummy" if attributes["TASKTYPE"] == "Dummy" else "job")
        self.producers.append(_Producer(name, adds, around))
        self.jobs.append((folder, name))
        return element("JOB", [*inside, *own], **attributes)

    def _days(self) -> dict[str, str]:
        key, _, value = self.choose.pick(_DAYS).partition("=")
        return {key: value.strip('"')}

    def _clock(self, percent: int) -> dict[str, str]:
        return {"TIMEFROM": self.choose.pick(_TIMES)} if self.choose.chance(percent) else {}

    # ---------------------------------------------------------------- events

    def _incond(self, around: tuple[str, ...], percent: int) -> list[str]:
        choose = self.choose
        known = [
            event for one in self.producers[-10:] if one.name not in around for event in one.events
        ]
        if not known or not choose.chance(percent):
            return []
        number = choose.pick([1, 1, 1, 2, 2, 3])
        chosen = [choose.pick(known) for _ in range(number)]
        shape = choose.pick(["A", "A", "A", "O", "()"]) if number > 1 else "A"
        found = []
        for place, (name, date) in enumerate(chosen):
            joined = "O" if shape == "O" or (shape == "()" and place == number - 1) else "A"
            more = {}
            if shape == "()" and number == 3 and place in (0, 1):
                more["OP"] = "(" if place == 0 else ")"
            asked = choose.pick(_DATES) if date == "ODAT" else date
            found.append(element("INCOND", NAME=name, ODATE=asked, AND_OR=joined, **more))
        if choose.chance(40):
            # The usual way: what waited for an event deletes it.
            self._consumed = chosen
        return found

    def _ends(self, name: str, kind: str) -> tuple[list[str], list[tuple[str, str]]]:
        """What follows from the ends of a job, dummy or folder, and the events that it adds."""
        choose = self.choose
        consumed, self._consumed = self._consumed, []
        found = [element("OUTCOND", NAME=n, ODATE=date, SIGN="-") for n, date in consumed]
        adds: list[tuple[str, str]] = []
        # One event of the next day, and one that several jobs add.
        for event, date, percent in (
            (f"{name}-OK", "ODAT", 75),
            (f"{name}-NEXT", "+001", 4),
            ("SHARED", "ODAT", 6),
        ):
            if choose.chance(percent):
                found.append(element("OUTCOND", NAME=event, ODATE=date, SIGN="+"))
                adds.append((event, "ODAT"))
        for place in range(choose.pick([0, 0, 0, 1, 1, 2])):
            actions = self._actions(f"{name}-E{place}", kind, adds)
            # A dummy ends at once in the source; one that ends NOTOK is a command here.
            some = _RESULTS if kind == "job" else ("NOTOK",) if kind == "dummy" else _RESULTS[:4]
            if actions:
                found.append(element("ON", actions, STMT="*", CODE=choose.pick(some)))
        return found, adds

    def _actions(self, event: str, kind: str, adds: list[tuple[str, str]]) -> list[str]:
        choose = self.choose
        actions = []
        if choose.chance(45):
            actions.append(element("DOCOND", NAME=event, ODATE="ODAT", SIGN="+"))
            adds.append((event, "ODAT"))
        if adds and choose.chance(8):
            other, date = choose.pick(adds)
            actions.append(element("DOCOND", NAME=other, ODATE=date, SIGN="-"))
        if kind == "folder":
            return actions
        if choose.chance(30):
            word = choose.pick(["OK", "OK", "NOTOK", "RERUN"])
            actions.append(element("DOACTION", ACTION=word))
        if self.jobs and choose.chance(8):
            folder, job = choose.pick(self.jobs)
            actions.append(element("DOFORCEJOB", TABLE_NAME=folder, NAME=job, ODATE="ODAT"))
        return actions


@st.composite
def controlm_estates(draw: st.DrawFn, most: int = 25, *, smart: bool = False) -> str:
    """The text of an estate of about so many jobs at most, all in one folder if `smart`."""
    return ControlMGenerator(Drawn(draw), draw(st.integers(1, most)), smart).text()
