"""IBM Workload Scheduler: what becomes of each stream and job in one run of the streams.

The rules follow the product's documentation: [F] follows, [C] "Evaluating and processing a
conditional dependency flow", [J] "Job definition" (recovery, rccondsucc), [S] job stream states.
Where no page says anything [?], the engine takes the reading that stops more.

The plain engine does all of it. [F] A job or stream starts when all that it waits for is met, and
no job starts before its stream; what waits for a job outside the run stays on hold. [C] What is
not met, or is suppressed, does not run. [J] RCCONDSUCC says which exit codes are a success, and
RECOVERY RERUN runs a job again that abended; a job with NOP succeeds without running. [?] A job
that is killed is ABEND, and its recovery options do not count. [S] A stream is SUCC when every job
is, or was suppressed, ABEND when all ended and one abended, else STUCK. [?] A job that abends makes
its stream ABEND also where a conditional dependency on that was met.
"""

from transpile.dialects.kit.engine import PlainEngine


class Tws(PlainEngine):
    """The engine's rules for streams that run together; a stream is a box."""

    name = "tws"

    @staticmethod
    def other_names(name: str) -> tuple[str, ...]:
        """Names in upper case: the scheduler ignores case, and the workstation is optional."""
        upper, (_, sign, job) = name.upper(), name.upper().partition("#")
        return (upper, f"@#{job}", job) if sign else ()
