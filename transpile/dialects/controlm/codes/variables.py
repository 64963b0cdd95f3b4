"""Variables and functions."""

from transpile.dialects.controlm.codes.examples import DAILY, folder
from transpile.findings.finding import Finding, Level


def _job(command: str, variables: str = "", days: str = DAILY) -> str:
    """An export with a job that runs this command."""
    head = f'JOBNAME="A" TASKTYPE="Command" CMDLINE="{command}" {days}'
    return folder(f"<JOB {head}>{variables}</JOB>")


class FunctionLost(Finding, code="A020", level=Level.ERROR, of_action=True):
    """Function without a known value.

    Functions are evaluated if all that they read is known before the run. What the manuals do not
    say about them is not guessed.
    """

    message = "{name} calls a function whose value is not known: {reason}"
    help = "let the command compute the value; the job's node fails until then"
    example = _job("echo %%USER", '<VARIABLE NAME="%%USER" VALUE="%%GETENV LOGNAME"/>')
    name: str
    reason: str


class EndlessVariable(Finding, code="A021", level=Level.ERROR, of_action=True):
    """Variable that cannot be resolved.

    Its value refers to itself, or is very long.
    """

    message = "a variable of {name} cannot be resolved: {reason}"
    help = "set one of the variables to a fixed value; the job's node fails until then"
    example = _job(
        "echo %%X", '<VARIABLE NAME="%%X" VALUE="%%Y"/><VARIABLE NAME="%%Y" VALUE="%%X"/>'
    )
    name: str
    reason: str


class ValueLost(Finding, code="A022", level=Level.ERROR, of_action=True):
    """Value without a place in a workflow.

    Only Control-M knows the value, or it is known too late: names of variables are resolved before
    the run, and values of the run are inserted by a shell.
    """

    message = "{name} has no value for a variable: {reason}"
    help = "write out the value, or let the command find it; the job's node fails until then"
    example = _job("echo %%COMPSTAT")
    name: str
    reason: str


class ServerZone(Finding, code="A024", level=Level.WARNING):
    """Time zone of a date.

    Exports do not name the time zone of the server. Only the first job that uses a date in that
    zone is reported.
    """

    message = "{name} uses {word}: Control-M uses the time zone of its server, the workflow UTC"
    help = "set the server's zone in transpile.toml: default under [timezones]"
    example = _job("./load.sh %%$ODATE")
    name: str
    word: str


class OrderIdentity(Finding, code="A025", level=Level.WARNING):
    """Identity of an order.

    Control-M gives each order of a job an identifier of five characters. In the workflow all jobs
    of a run share the name of the run, which is longer.
    """

    message = "{name} uses %%ORDERID: in the workflow it is the name of the run, for all its jobs"
    help = "check that no two jobs of a run use it for the same file or key"
    example = _job("./load.sh %%ORDERID")
    name: str


class SharedVariable(Finding, code="A026", level=Level.WARNING):
    """Variable that a job sets for others.

    Control-M sets the variable when the job starts. In the workflow it is an input. If the value is
    always the same, it is the default of the input.
    """

    message = "{name} sets {variable} for other jobs: for them it is an input of the workflow"
    help = "check that no job needs the value from before, or from another run"
    example = _job("true", r'<VARIABLE NAME="%%\REGION" VALUE="north"/>')
    name: str
    variable: str
