"""Programs that drive or query HTCondor."""

import re
from collections.abc import Iterator

from transpile.model.programs import Program, Programs, Reader, SchedulerCall

_VERBS = "rm hold release qedit prio suspend continue vacate_job".split()
_QUESTIONS = "q history wait status tail".split()


_WITH_VALUE = (
    "name pool remote append a batch-name b maxjobs maxidle usedagdir constraint reason".split()
)
"""Options that take the next word."""


def _reader(event: str, *, drives: bool = True) -> Reader:
    def read(program: Program) -> Iterator[SchedulerCall]:
        others: list[str] = []
        skip = False
        for word in program.arguments:
            option = word.lstrip("-").lower() if word.startswith("-") else ""
            if not skip and not option and not re.match(r"\w+\s*=", word):
                others.append(word)
            skip = option in _WITH_VALUE
        yield SchedulerCall(program.name, event, tuple(others[:20]), drives)

    return read


PROGRAMS = Programs(
    {
        "condor_submit": _reader("submit"),
        "condor_submit_dag": _reader("submit"),
        "condor_dagman": _reader("submit"),
        "condor_run": _reader("submit"),
        **{f"condor_{verb}": _reader(verb) for verb in _VERBS},
        **{f"condor_{verb}": _reader("status", drives=False) for verb in _QUESTIONS},
    }
)
