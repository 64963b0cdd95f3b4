"""Generated composer text, and an oracle that knows what the scheduler does with it.

The oracle follows the documentation on the generated structure, with the states that jobs have
there: it does not read the text, and knows nothing of the converter.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

KILLED = None
SUCC, ABEND, CONTINUED, SUPPR, HOLD = "SUCC", "ABEND", "CONTINUED", "SUPPR", "HOLD"


@dataclass
class Follows:
    """A reference to a job, or to a stream; `terms` are those of its IF."""

    target: str
    terms: tuple[str, ...] = ()


@dataclass
class Join:
    """JOIN n OF."""

    needed: int
    options: list[Follows]


@dataclass
class Waits:
    """What a job or stream waits for."""

    follows: list[Follows] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)

    def targets(self) -> list[str]:
        """Everything that is named."""
        joined = [option.target for join in self.joins for option in join.options]
        return [follows.target for follows in self.follows] + joined


@dataclass
class Job:
    """A job of a stream."""

    name: str
    recovery: str = ""
    after: bool = False
    good: tuple[int, ...] = (0,)
    nop: bool = False
    held: bool = False
    opens: bool = False
    waits: Waits = field(default_factory=Waits)


@dataclass
class Stream:
    """A stream."""

    name: str
    held: bool = False
    opens: bool = False
    jobs: list[Job] = field(default_factory=list)
    waits: Waits = field(default_factory=Waits)


@dataclass
class Result:
    """What the scheduler does: the jobs that run, recovery and second runs included, and states."""

    ran: set[str]
    streams: dict[str, str]

    @property
    def succeeded(self) -> bool:
        return all(state in (SUCC, SUPPR) for state in self.streams.values())


class Estate:
    """Streams whose dependencies point backwards."""

    def __init__(self, rnd: random.Random, most: int = 9) -> None:
        self._random = rnd
        self.streams: list[Stream] = []
        self._ended: list[str] = []
        count = rnd.choice((1, 1, 2, 3))
        for number in range(count):
            self.streams.append(self._stream(f"W#S{number}", rnd.randint(1, max(1, most // count))))

    # ---------------------------------------------------------------- structure

    def _stream(self, name: str, count: int) -> Stream:
        stream = Stream(name, held=self._random.random() < 0.04)
        stream.opens = self._random.random() < 0.06
        if self.streams and self._random.random() < 0.5:
            stream.waits = self._waits(
                [*self._ended, *(s.name for s in self.streams)], is_job=False
            )
        local: list[str] = []
        for number in range(count):
            others = self._ended if self._random.random() < 0.25 else []
            job = self._job(f"{name}.J{number}", [*local[-5:], *others])
            stream.jobs.append(job)
            local.append(job.name)
        self._ended += local
        return stream

    def _job(self, name: str, targets: list[str]) -> Job:
        rnd = self._random
        job = Job(name)
        if rnd.random() < 0.4:
            job.recovery = rnd.choice(("STOP", "CONTINUE", "CONTINUE", "RERUN"))
            job.after = rnd.random() < 0.4
        job.good = rnd.choice(((0,), (0,), (0,), (0, 4), (4,)))
        job.nop = rnd.random() < 0.04
        job.held = rnd.random() < 0.03
        job.opens = rnd.random() < 0.08
        if targets and rnd.random() < 0.85:
            job.waits = self._waits(targets, is_job=True)
        return job

    def _waits(self, targets: list[str], *, is_job: bool) -> Waits:
        rnd = self._random
        waits = Waits()
        for target in rnd.sample(targets, min(len(targets), rnd.choice((1, 1, 2)))):
            waits.follows.append(Follows(target, self._terms(target, is_job=is_job)))
        if is_job and rnd.random() < 0.15:
            chosen = rnd.sample(targets, min(len(targets), rnd.randint(1, 3)))
            options = [Follows(t, self._terms(t, is_job=True, likely=1.0)) for t in chosen]
            waits.joins.append(Join(rnd.randint(0, len(options)), options))
        return waits

    def _terms(self, target: str, *, is_job: bool, likely: float = 0.3) -> tuple[str, ...]:
        rnd = self._random
        if rnd.random() > likely:
            return ()
        if "." not in target:
            return ("SUCC",)
        kinds = ("SUCC", "ABEND", "ABEND", "SUPPR", "RC = 4", "RC > 0", "RC <> 1", "FOUR")
        return tuple(rnd.sample(kinds, rnd.choice((1, 1, 2))))

    # ---------------------------------------------------------------- text

    def text(self) -> str:
        """The estate as composer text, definitions apart."""
        lines = ["$JOBS"]
        for stream in self.streams:
            for job in stream.jobs:
                lines += self._definition(stream, job)
        lines.append("$SCHEDULES")
        for stream in self.streams:
            lines.append(f'SCHEDULE {stream.name} ON RUNCYCLE R "FREQ=DAILY" ( AT 0600 TZ UTC )')
            lines += ["PRIORITY 0"] if stream.held else []
            lines += ['OPENS "/s"'] if stream.opens else []
            lines += self._dependencies(stream.waits, stream.name)
            lines.append(":")
            for job in stream.jobs:
                lines.append(self._called(stream, job))
                lines += ["NOP"] if job.nop else []
                lines += ["PRIORITY 0"] if job.held else []
                lines += ['OPENS "/f"'] if job.opens else []
                lines += self._dependencies(job.waits, stream.name)
            lines.append("END")
        return "\n".join([*lines, ""])

    @staticmethod
    def _called(stream: Stream, job: Job) -> str:
        name = job.name.rpartition(".")[2]
        return f"D{stream.name[2:]}{name} AS {name}"

    def _definition(self, stream: Stream, job: Job) -> list[str]:
        name = self._called(stream, job).partition(" ")[0]
        lines = [f'W#{name} DOCOMMAND "true"', 'OUTPUTCOND FOUR "RC=4"']
        if job.good != (0,):
            lines.append(f'RCCONDSUCC "{" OR ".join(f"(RC={code})" for code in job.good)}"')
        if job.recovery:
            after = f" AFTER W#R{name}" if job.after else ""
            lines.append(f"RECOVERY {job.recovery}{after}")
            lines += [f'W#R{name} DOCOMMAND "true"'] if job.after else []
        return lines

    def _dependencies(self, waits: Waits, stream: str) -> list[str]:
        lines = [self._reference(f, stream) for f in waits.follows]
        for number, join in enumerate(waits.joins):
            lines.append(f"JOIN N{number} {join.needed or 'ALL'} OF")
            lines += [self._reference(f, stream) for f in join.options]
            lines.append("ENDJOIN")
        return lines

    def _reference(self, follows: Follows, stream: str) -> str:
        target = follows.target
        if target.startswith(f"{stream}."):
            target = target.rpartition(".")[2]
        elif "." not in target:
            target += self._random.choice(("", ".@")) if not follows.terms else ""
        terms = f" IF {' | '.join(follows.terms)}" if follows.terms else ""
        return f"FOLLOWS {target}{terms}"

    # ---------------------------------------------------------------- oracle

    def run(self, codes: Mapping[str, int | None]) -> Result:
        """What the scheduler does when the jobs end with these codes."""
        return _Oracle(self, codes).result()


class _Oracle:
    def __init__(self, estate: Estate, codes: Mapping[str, int | None]) -> None:
        self._estate = estate
        self._codes = codes
        self._state: dict[str, str] = {}
        self._code: dict[str, int | None] = {}
        self._ran: set[str] = set()

    def result(self) -> Result:
        streams: dict[str, str] = {}
        for stream in self._estate.streams:
            begins = self._decision(stream.waits)
            begins = HOLD if stream.held and begins == SUCC else begins
            there = begins != SUCC or not stream.opens or self._is_there(f"{stream.name} opens /s")
            for job in stream.jobs:
                self._state[job.name] = begins
                if begins == SUCC:
                    first = not any(t.startswith(f"{stream.name}.") for t in job.waits.targets())
                    self._state[job.name] = self._job(job, HOLD if first and not there else SUCC)
            states = {self._state[job.name] for job in stream.jobs}
            fine = there and states <= {SUCC, CONTINUED, SUPPR}
            streams[stream.name] = begins if begins != SUCC else SUCC if fine else ABEND
            self._state[stream.name] = streams[stream.name]
        return Result(self._ran, streams)

    def _decision(self, waits: Waits) -> str:
        """SUCC to run, SUPPR or HOLD: conditions are looked at when standard ones are met."""
        standard = [self._state[f.target] for f in waits.follows if not f.terms]
        if any(state in (HOLD, ABEND) for state in standard):
            return HOLD
        if SUPPR in standard:
            return SUPPR
        chosen = [self._choice(1, [f]) for f in waits.follows if f.terms]
        chosen += [self._choice(j.needed or len(j.options), j.options) for j in waits.joins]
        if False in chosen:
            return SUPPR
        return HOLD if None in chosen else SUCC

    def _choice(self, needed: int, options: list[Follows]) -> bool | None:
        values = [self._holds(option) for option in options]
        if values.count(True) >= needed:
            return True
        return False if values.count(False) > len(options) - needed else None

    def _holds(self, follows: Follows) -> bool | None:
        state = self._state[follows.target]
        if state == HOLD or (state == ABEND and "." not in follows.target):
            return None
        if not follows.terms:
            return None if state == ABEND else state != SUPPR
        return any(self._term(follows.target, state, term) for term in follows.terms)

    def _term(self, target: str, state: str, term: str) -> bool:
        if term == "SUCC":
            return state == SUCC
        if term == "ABEND":
            return state in (ABEND, CONTINUED)
        if term == "SUPPR":
            return state == SUPPR
        code = self._code.get(target)
        if state == SUPPR or code is None:
            return False
        if term == "FOUR":
            return code == 4
        _, sign, number = term.split()
        return {"=": code == int(number), ">": code > int(number), "<>": code != int(number)}[sign]

    def _is_there(self, name: str) -> bool:
        return self._run(name, (0,)) == 0

    def _job(self, job: Job, before: str) -> str:
        decision = self._decision(job.waits)
        if decision != SUCC:
            return decision
        if (job.opens and not self._is_there(f"{job.name} opens /f")) or before != SUCC:
            return HOLD
        if job.held:
            return HOLD
        if job.nop:
            self._code[job.name] = 0
            return SUCC
        code = self._run(job.name, job.good)
        self._code[job.name] = code
        if code is KILLED:
            return ABEND
        if code in job.good:
            return SUCC
        if job.after:
            return self._recovered(job)
        return CONTINUED if job.recovery == "CONTINUE" else ABEND

    def _run(self, name: str, good: tuple[int, ...]) -> int | None:
        self._ran.add(name)
        return self._codes.get(name, good[0])

    def _recovered(self, job: Job) -> str:
        code = self._run(f"{job.name} recovery", (0,))
        if code != 0 or job.recovery == "STOP":
            return ABEND
        if job.recovery == "CONTINUE":
            return CONTINUED
        again = self._run(f"{job.name} rerun", job.good)
        return SUCC if again in job.good else ABEND
