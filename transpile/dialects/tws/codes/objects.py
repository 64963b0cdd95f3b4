"""Objects of composer text: streams, jobs, definitions."""

from transpile.dialects.tws.codes.examples import stream
from transpile.findings.finding import Finding, Level


class UnreadableObject(Finding, code="A751", level=Level.ERROR):
    """Unreadable object.

    The text is not valid composer text. The objects before and behind it were read.
    """

    message = "the {kind} {name} cannot be read: {reason}"
    help = "correct it; it was not converted"
    example = "SCHEDULE S ON REQUEST :\nA FOLLOWS\nEND\n"
    kind: str
    name: str
    reason: str


class ObjectRedefined(Finding, code="A752", level=Level.WARNING):
    """Object defined twice.

    Of two job streams the one that is valid from a later date counts, of other objects the last one
    in the sources.
    """

    message = "{name} is already defined at {earlier}: only one definition counts"
    help = "pass only the files that are in use"
    example = stream() + stream()
    name: str
    earlier: str


class DraftStream(Finding, code="A753", level=Level.WARNING):
    """Draft.

    The source never plans a draft, so a job that waits for one never starts.
    """

    message = "{name} is a draft: it was converted without a launch plan"
    help = "delete DRAFT when the stream is to run"
    example = 'SCHEDULE S DRAFT ON EVERYDAY :\nA DOCOMMAND "true"\nEND\n'
    name: str


class NoDefinition(Finding, code="A754", level=Level.ERROR, of_action=True):
    """Job without a definition.

    A stream names its jobs. Their commands are in the job definitions, which composer exports
    separately.
    """

    message = "{name} runs {definition}, which is not defined: its node fails"
    help = "pass the file with the job definitions"
    example = "SCHEDULE S ON REQUEST :\nA\nEND\n"
    name: str
    definition: str


class JobRepeated(Finding, code="A760", level=Level.ERROR):
    """Job repeated in a stream.

    Composer refuses such a stream: dependencies on the job would be ambiguous.
    """

    message = "{name} is already in its stream, at {earlier}: the second job was left out"
    help = "give it its own name with AS"
    example = stream(job='A DOCOMMAND "true"')
    name: str
    earlier: str


class StartedTogether(Finding, code="A774", level=Level.WARNING):
    """Streams that nothing starts.

    Streams without a run cycle are submitted by hand or by an event, each separately.
    """

    message = "neither {name} nor {upstream} has a run cycle: one workflow starts both together"
    help = "check that they belong to one run"
    example = (
        'SCHEDULE T ON REQUEST : B DOCOMMAND "true" END\n'
        'SCHEDULE S ON REQUEST FOLLOWS T : A DOCOMMAND "true" END\n'
    )
    name: str
    upstream: str


class UnusedDefinition(Finding, code="A777", level=Level.NOTE):
    """Unused job definition.

    A job definition runs only as part of a job stream.
    """

    message = "no stream runs {name}: it was not converted"
    help = "nothing to do, unless a stream is missing from the sources"
    example = '$JOBS\nA DOCOMMAND "true"\n'
    name: str


class VariableTableIgnored(Finding, code="A778", level=Level.ERROR):
    """Variable table ignored.

    A variable table gives parameters other values for one stream or run cycle.
    """

    message = "{value} of {name} is ignored: parameters have the values of the default table"
    help = "pass the values as inputs of the workflow"
    example = stream("VARTABLE OTHER")
    value: str
    name: str


class UnknownWord(Finding, code="A781", level=Level.ERROR):
    """Unknown word in place of a job.

    The word is in the place of a job, but has no definition. It may be a keyword of a later version
    that changes the job before it. A word is taken for a job if it is defined, names its
    workstation, or begins a line in the same column as the jobs before it.
    """

    message = "{text} behind {name} is neither a known keyword nor a job: the node of {name} fails"
    help = "correct the word, or pass the file that defines the job"
    example = stream(job="PAINTED BLUE")
    text: str
    name: str


class EventRule(Finding, code="A783", level=Level.ERROR):
    """Event rule.

    An event rule watches files, jobs or messages, and submits streams or notifies somebody.
    """

    message = "event rule {name} has no translation"
    help = "start the workflow from outside when the event occurs"
    example = (
        '$EVENTRULE\n<eventRuleSet>\n<eventRule name="ON_FILE" ruleType="filter">\n'
        "</eventRule>\n</eventRuleSet>\n"
    )
    name: str
