"""DAG files and their commands."""

from transpile.findings.finding import Finding, Level


class UnreadableCommand(Finding, code="A701", level=Level.ERROR):
    """Unreadable command.

    DAGMan's parser refuses the line. It stops there and runs no node.
    """

    message = "the command cannot be read: {reason}"
    help = "correct it; DAGMan refuses the whole DAG, so none of it was converted"
    example = "JOB A {\nexecutable = /bin/true\n}\nJOBS B b.sub\n"
    reason: str


class UndefinedNode(Finding, code="A702", level=Level.ERROR):
    """Command about an undefined node.

    Names are case-sensitive. The node may be defined after the command.
    """

    message = "{command} names {name}, but no {what} has this name"
    help = "correct the name; DAGMan refuses the whole DAG, so none of it was converted"
    example = "JOB A {\nexecutable = /bin/true\n}\nPARENT A CHILD B\n"
    command: str
    name: str
    what: str


class DagRefused(Finding, code="A703", level=Level.ERROR):
    """DAG that DAGMan refuses.

    The command contradicts another command or breaks a rule of DAGMan.
    """

    message = "DAGMan refuses this: {reason}"
    help = "correct it; none of the DAG was converted"
    example = "JOB A {\nexecutable = /bin/true\n}\nJOB A a.sub\n"
    reason: str


class UnreadableFile(Finding, code="A704", level=Level.ERROR, of_action=True):
    """Unreadable file of a DAG.

    Submit descriptions, splices and includes are separate files. Without a splice or an include
    the DAG is not converted; without a submit description the node fails.
    """

    message = "{path} cannot be read: {reason}"
    help = "put the file where the DAG looks for it, relative to the DAG's folder"
    example = "JOB A nowhere.sub\n"
    path: str
    reason: str


class ThrottleIgnored(Finding, code="A705", level=Level.WARNING):
    """Throttle or priority ignored.

    PRIORITY, CATEGORY and MAXJOBS decide how many nodes run at a time, and in which order. Flyte
    limits only the parallelism of a whole execution. The results are the same.
    """

    message = "{command} is ignored: Flyte runs all nodes that can run"
    help = "limit the parallelism of the execution, or the resources of its project"
    example = "JOB A {\nexecutable = /bin/true\n}\nPRIORITY A 10\n"
    command: str


class NoMeaning(Finding, code="A709", level=Level.NOTE):
    """Command without an equivalent on Flyte.

    The command configures DAGMan, or names files that DAGMan writes about a run.
    """

    message = "{command} has no equivalent on Flyte"
    help = "nothing to do"
    example = "JOB A {\nexecutable = /bin/true\n}\nDOT a.dot\n"
    command: str


class RescueFile(Finding, code="A710", level=Level.ERROR):
    """Rescue file.

    DAGMan writes a rescue file when a DAG fails. It is not a DAG.
    """

    message = "this is a rescue file: it lists only the nodes that are done"
    help = "pass the DAG file itself"
    example = "# Rescue DAG file, created after running\nDONE A\n"


class PmcFile(Finding, code="A711", level=Level.ERROR):
    """Pegasus PMC file.

    The two formats share a suffix. TASK and EDGE are commands of pegasus-mpi-cluster.
    """

    message = "this is a file of pegasus-mpi-cluster, not a DAG file"
    help = "exclude the file: transpile does not translate this language"
    example = "TASK A /bin/true\n"


class SpliceFlattened(Finding, code="A712", level=Level.NOTE):
    """Splice flattened.

    The nodes of the splice are nodes of the surrounding workflow, under the names that DAGMan gives
    them.
    """

    message = "splice {name} was flattened: {reason}"
    help = "nothing to do: order and results are the same"
    name: str
    reason: str


class DoneInSplice(Finding, code="A719", level=Level.WARNING):
    """DONE inside a splice.

    DAGMan 23.9 runs such a node. Outside of splices, a node that is DONE does not run, and its
    children start.
    """

    message = "{name} is marked DONE, but runs: DAGMan ignores DONE in a splice"
    help = "delete the node, or the word DONE"
    name: str


class NewerSyntax(Finding, code="A721", level=Level.ERROR):
    """Syntax that DAGMan 23.9 does not accept.

    HTCondor rewrote DAGMan's parser after version 23.9. Syntax that only the new parser accepts has
    the meaning that this parser gives it: WEAK, TOLERANCE, quotes around names, values of VARS
    without double quotes, options in any order.
    """

    message = "DAGMan 23.9 refuses or misreads this, newer versions accept it: {what}"
    help = "use syntax that both accept; if only newer versions run the DAG, make A721 a note"
    example = "JOB A {\nexecutable = /bin/true\n}\nRETRY 'A' 1\n"
    what: str


class IgnoredWords(Finding, code="A722", level=Level.WARNING):
    """Words that DAGMan ignores.

    The command is complete before the end of its line.
    """

    message = "DAGMan ignores {unread}"
    help = "delete the words; newer versions of DAGMan refuse them"
    example = "JOB A {\nexecutable = /bin/true\n}\nABORT-DAG-ON A 1 RETURN 2 3\n"
    unread: str


class EnvironmentIgnored(Finding, code="A725", level=Level.ERROR, was="A870"):
    """Environment of DAGMan ignored.

    DAGMan passes its own environment to the scripts that it starts, and to jobs that inherit the
    environment of their submission.
    """

    message = "ENV is ignored: scripts, and jobs with getenv, do not get these variables: {value}"
    help = "set them in the scripts and submit descriptions, or in a pod template"
    example = "JOB A {\nexecutable = /bin/true\n}\nENV SET STAGE=test\n"
    value: str


class ConfigurationIgnored(Finding, code="A726", level=Level.WARNING, was="A871"):
    """Configuration of DAGMan ignored.

    Every DAG is converted under the defaults of DAGMan.
    """

    message = "the settings in {value} are not read; some of them change what DAGMan runs"
    help = "check the file for settings such as DAGMAN_ALWAYS_RUN_POST"
    example = "JOB A {\nexecutable = /bin/true\n}\nCONFIG dagman.config\n"
    value: str
