"""Jobs, and what they do when they run."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from transpile.findings.finding import Finding
from transpile.model.alert import Alert
from transpile.model.condition import TRUE, Condition
from transpile.model.mapping import Bound, TaskKind
from transpile.model.schedule import Deadlines, Schedule, StartRule
from transpile.sources.text import Span


@dataclass(frozen=True, slots=True)
class VariableRef:
    """The place of a global variable's value inside a text. `text` is how the source spells it.

    A value that one of `jobs` hands over, the last one first, comes before it; they call it
    `output`, or, if that is empty, as the variable is called. With a `part` the variable is the
    time at which the run starts, and the value is that part of it in the time zone `zone`: a word
    such as year, or a format of `date` and a number of days, such as "%Y%m%d -1".
    """

    name: str
    text: str
    jobs: tuple[str, ...] = ()
    output: str = ""
    part: str = ""
    zone: str = ""

    @property
    def key(self) -> str:
        """Tells values of one variable apart."""
        part = self.part.replace("%", "").replace(" -", "_minus_").replace(" +", "_plus_")
        return f"{self.name}.{part}" if part else self.name


Text: TypeAlias = tuple[str | VariableRef, ...]
"""Source text with holes for global variables."""


def plain(text: Text, value: Callable[[VariableRef], str] = lambda ref: ref.text) -> str:
    """The text as one string, with each variable replaced by its `value`."""
    if len(text) == 1 and isinstance(text[0], str):
        return text[0]
    return "".join(part if isinstance(part, str) else value(part) for part in text)


class Kind(Enum):
    """What a job is. EXTERNAL stands for one elsewhere; OTHER is every type without translation."""

    COMMAND = "command"
    BOX = "box"
    FILE = "file"
    EXTERNAL = "external"
    OTHER = "other"


class InitialStatus(Enum):
    """The status that a definition gives its job before the first run."""

    ACTIVE = "active"
    ON_HOLD = "on hold"
    ON_ICE = "on ice"
    ON_NOEXEC = "on noexec"


@dataclass(frozen=True, slots=True)
class Redirect:
    """Output goes to `path`, behind what is there when `append`."""

    path: Text
    append: bool


@dataclass(frozen=True, slots=True)
class ExitRule:
    """Exit codes that are a success: those in `ranges`, both ends in; if `fails`, all others."""

    ranges: tuple[tuple[int, int], ...] = ((0, 0),)
    fails: bool = False

    def accepts(self, code: int) -> bool:
        """True if a job with this rule succeeds with this exit code."""
        return any(low <= code <= high for low, high in self.ranges) is not self.fails


@dataclass(frozen=True, slots=True)
class Command:
    """A shell command and the surroundings it runs in.

    `reads` and `writes` are files that the source says it needs or makes, beside its text. The
    last pattern of `output` that a line of its output fits says whether it succeeds. `place` is
    where the source says it.
    """

    text: Text
    stdin: Text | None = None
    stdout: Redirect | None = None
    stderr: Redirect | None = None
    environment: tuple[tuple[str, Text], ...] = ()
    profile: Text | None = None
    shell: str | None = None
    success: ExitRule = ExitRule()
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    output: tuple[tuple[str, bool], ...] = ()
    place: Span | None = field(default=None, compare=False)

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every text in which a global variable may stand."""
        redirects = tuple(r.path for r in (self.stdout, self.stderr) if r)
        values = tuple(value for _, value in self.environment)
        return (self.text, self.stdin or (), *redirects, self.profile or (), *values)


@dataclass(frozen=True, slots=True)
class Abort:
    """The exit code of a node that ends everything, and the exit code of the whole then."""

    code: int
    result: int


@dataclass(frozen=True, slots=True)
class Steps:
    """Commands of one node, and scripts before and after them. The last part that ran decides.

    The node fails when more than `tolerance` of its commands do. It succeeds at once when `before`
    exits with `skip`, and is not tried again after an exit code of `unless`.
    """

    commands: tuple[Command, ...]
    before: Command | None = None
    after: Command | None = None
    skip: int | None = None
    tolerance: int = 0
    unless: int | None = None
    abort: Abort | None = None

    @property
    def parts(self) -> tuple[Command, ...]:
        """The commands and scripts, in order."""
        scripts = (self.before, self.after)
        before, after = ((script,) if script else () for script in scripts)
        return (*before, *self.commands, *after)

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every text in which a variable may stand."""
        return tuple(text for part in self.parts for text in part.texts)


class FileState(Enum):
    """The state of the file that ends the wait."""

    EXISTS = "exists"
    COMPLETE = "complete"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class FileWatch:
    """Looks at `path` every `interval` seconds.

    EXISTS: it is there with at least `min_size` bytes. COMPLETE: moreover its size has not changed
    for `steady` seconds. ABSENT: it is not there. With `once` it looks one time and fails where
    that is not so. `profile` is a shell script that sets variables of the path.
    """

    path: Text
    state: FileState = FileState.COMPLETE
    interval: int = 60
    min_size: int = 0
    steady: int = 0
    once: bool = False
    profile: Text | None = None

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every text in which a global variable may stand."""
        return (self.path, self.profile or ())


@dataclass(frozen=True, slots=True)
class PlatformRun:
    """Waits until the latest run of a workflow on the platform is a success, and is not too old.

    It has ended at most `within` minutes ago. An empty project or domain is that of the run.
    """

    workflow: str
    within: int
    project: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Waits until somebody says yes to the question, at most so many minutes; a no is a failure."""

    question: str
    within: int


Action: TypeAlias = Command | FileWatch | PlatformRun | Approval | Steps
"""The action of a job."""


@dataclass(frozen=True, slots=True)
class BoxRule:
    """When a box succeeds or fails, where that is not the default. `span` is where it stands.

    `at_end`: the source, too, looks at it only when nothing more in the box can start. `complete`:
    one of the two always comes true, unless it hangs on a job that cannot be emitted.
    """

    success: Condition | None
    failure: Condition | None
    text: str
    span: Span
    at_end: bool = False
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a job cannot be emitted: its node fails with the code of `cause`, and the reason."""

    cause: type[Finding]
    reason: str

    @property
    def code(self) -> str:
        """The number of the cause."""
        return self.cause.code


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the estate. `notes` are attributes that only a reader needs, in source order."""

    name: str
    span: Span
    kind: Kind
    box: str | None = None
    action: Action | None = None
    condition: Condition | None = None
    condition_text: str = ""
    condition_span: Span | None = None
    box_rule: BoxRule | None = None
    rule_blocked: Blocked | None = None
    terminates_box: bool = False
    ends_with_box: bool = False
    description: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    schedule: Schedule | None = None
    deadlines: Deadlines | None = None
    retries: int = 0
    time_limit: int | None = None
    status: InitialStatus = InitialStatus.ACTIVE
    blocked: Blocked | None = None
    runs_last: bool = False
    resources: tuple[tuple[str, str], ...] = ()
    image: str | None = None
    settings: tuple[tuple[str, Bound], ...] = ()
    task_kind: TaskKind | None = None
    short: str = ""
    output_file: str | None = None
    alerts: tuple[Alert, ...] = ()
    start_rule: StartRule | None = None
    """`blocked` says why the job cannot be translated, `rule_blocked` why the rule of a box cannot.
    `terminates_box`: the failure of this job terminates its box. `ends_with_box`: the failure of
    its box terminates this job. `time_limit` is in minutes. `runs_last`: the job runs when nothing
    else can, and its result is that of the whole. `resources` are Kubernetes quantities by name.
    `settings` are further arguments of the emitted task, `task_kind` is its kind if that is not a
    function. `short` is the name of the job inside its workflow, empty if that is `name`.
    `output_file` is the environment variable with the name of a file: into it the command may write
    values for other jobs, as JSON. `alerts` are sent when the job ends. `start_rule` is what the
    source checks before each start; of it, `schedule` knows what its own start times meet."""

    @property
    def called(self) -> str:
        """The name of the job in its own workflow."""
        return self.short or self.name

    @property
    def success(self) -> ExitRule:
        """The exit codes with which it succeeds."""
        return self.action.success if isinstance(self.action, Command) else ExitRule()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Its condition, and those of its box rule."""
        rule = self.box_rule
        known = (self.condition, *((rule.success, rule.failure) if rule else ()))
        return tuple(condition for condition in known if condition is not None)

    @property
    def condition_place(self) -> Span:
        """Where its condition stands, or the job if the source does not say."""
        return self.condition_span or self.span

    def waiting_for(self, condition: Condition | None) -> "Job":
        """The job with this condition; it has none if the condition is always true."""
        return replace(self, condition=None if condition == TRUE else condition)
