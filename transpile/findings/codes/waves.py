"""A97x: an estate that moves in waves."""

from transpile.findings.finding import Finding, Level, Starts


class NoBridge(Finding, code="A971", level=Level.ERROR):
    """Condition on a job of the legacy side, and no way to ask.

    With `--wave`, jobs of later waves stay on the legacy side. A job that waits for one of them
    asks by the command `status` in the table [bridge] of transpile.toml. Without it the node of the
    job fails.
    """

    message = "{name} cannot wait for {upstream} on the legacy side: [bridge] has no status command"
    help = "set status in the table [bridge] of transpile.toml, or move both jobs in one wave"
    name: str
    upstream: str


class NoAnswerFits(Finding, code="A972", level=Level.ERROR):
    """Condition on a job of the legacy side that its answers do not decide.

    The command `status` in the table [bridge] prints how a job last ended. The condition asks for
    more than that, or a shell would not take the name of the job for one word. The node of the job
    fails.
    """

    message = "the condition of {name} on {upstream} on the legacy side is not kept: {reason}"
    help = "move both jobs in one wave"
    name: str
    upstream: str
    reason: str


class LegacyStart(Finding, code="A973", level=Level.ERROR, starts=Starts.NOT_PLANNED):
    """Unit that only the legacy side could start.

    A unit without start times starts when its condition comes true. If the condition names a job of
    the legacy side, that has to start the launch plan, by the command `start` in the table [bridge]
    of transpile.toml. It cannot do so without this command, if it does not hear of another job that
    the condition names, or if the format has no definitions for it. The workflow has a launch plan,
    and each run of it waits for the condition.
    """

    message = "nothing starts the workflow of {name}: its start by {feeders} is on the legacy side"
    help = "set start in the table [bridge] of transpile.toml, or move both in one wave"
    name: str
    feeders: str


class NoTell(Finding, code="A974", level=Level.ERROR):
    """Condition of a job of the legacy side on a job that has moved.

    The legacy side keeps the status that it has last seen of a job that has moved. Tasks tell it
    how the job ends by the command `tell` in the table [bridge] of transpile.toml. Without it, or
    if it cannot say what the condition asks, the condition does not come true, or holds by an old
    status.
    """

    message = (
        "{name} stays on the legacy side and does not hear how {upstream} ends on Flyte: {reason}"
    )
    help = "set tell in the table [bridge] of transpile.toml, or move both jobs in one wave"
    name: str
    upstream: str
    reason: str


class LegacyByHand(Finding, code="A975", level=Level.ERROR):
    """Definitions of the legacy side that have to be changed by hand.

    Jobs that have moved must not start on the legacy side any more. The files that convert writes
    into OUT/legacy cannot prevent this start.
    """

    message = "{name} may still start on the legacy side: {reason}"
    help = "take it off the legacy side by hand"
    name: str
    reason: str


class UnitInWaves(Finding, code="A976", level=Level.WARNING):
    """Unit that several waves name.

    A box moves with all its members, by the first wave that names the box, or else one of the
    members. Some of its jobs are named by another wave first.
    """

    message = "the waves {waves} name jobs of {name}, which moves as a whole in {wave}"
    help = "name the jobs of a box in one wave only"
    name: str
    waves: str
    wave: str


class LegacyOrderLost(Finding, code="A978", level=Level.ERROR):
    """Order between a job of the legacy side and one that has moved.

    Some schedulers keep the order of jobs only while they run both, and nothing can tell them how
    a job ends on the platform. The job that stays does not wait for the one that has moved, or
    overlaps with it.
    """

    message = "{name} stays on the legacy side, which no longer keeps {key}={upstream}"
    help = "move both jobs in one wave"
    name: str
    key: str
    upstream: str
