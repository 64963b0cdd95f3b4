"""The chapters of a first transpile.toml: one for each thing that a team decides."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, starmap
from typing import TypeVar

from transpile.model import Form, Kind
from transpile.model.readings import Reading
from transpile.model.rules import TARGETS
from transpile.model.zones import DEFAULT
from transpile.sources.printable import count, printable
from transpile.team.maps import KINDS
from transpile.team.settings import BRANCHES, STYLES
from transpile.team.starter import WIDTH, Chapter, is_sayable, pattern_of, quoted
from transpile.team.survey import MOST_JOBS, Survey, SurveyedWorkflow

V = TypeVar("V")

MOST = 20
"""Maximum number of settings of one kind."""

_NAMED = 6
"""Maximum number of names in a comment."""

_LONGEST = 80
"""Maximum length of a name in a comment."""


def chapters_of(survey: Survey) -> tuple[Chapter, ...]:
    """The chapters for an estate, in the order in which a team decides."""
    return (
        _found(survey),
        *_unplanned(survey),
        *_globals(survey),
        _zones(survey),
        _platform(survey),
        *_outside(survey),
        *_workflows(survey),
        *_cuts(survey),
        *_placeholders(survey),
        *_hosts(survey),
        *_readings(survey),
        _layout(survey),
        _options(survey),
        _durations(),
    )


def named(names: Iterable[str]) -> str:
    """The first names for a reader, and the number of others."""
    return _listed([_shown(name) for name in names])


def _listed(texts: Sequence[str]) -> str:
    more = len(texts) - _NAMED
    return ", ".join(texts[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _shown(name: str, most: int = _LONGEST) -> str:
    clean = printable(name[: most + 1])
    return clean if len(name) <= most else f"{clean[:most]}..."


def _counted(found: Mapping[str, int]) -> str:
    return _listed([f"{_shown(name)} ({count(number, 'job')})" for name, number in found.items()])


def _more(number: int, noun: str) -> list[str]:
    """A sentence about what is beyond the maximum, if anything is."""
    return [f"{count(number - MOST, f'more {noun}')} not listed."] if number > MOST else []


def _found(survey: Survey) -> Chapter:
    formats = ", ".join(f"{name} ({count(n, 'file')})" for name, n in survey.files.items())
    workflows = count(len(survey.workflows), "workflow")
    about = [f"Found: {count(survey.jobs, 'job')} in {workflows}, from {formats}."]
    if survey.tables:
        tables = ", ".join(survey.tables)
        about.append(
            f"Tables of these formats: {tables}; `transpile docs settings` has their keys."
        )
    if survey.users:
        about.append(
            f"Users of the jobs: {_counted(survey.users)}. Tasks run as the user of their image."
        )
    if survey.types:
        known = {name: n for name, n in survey.types.items() if name != Kind.OTHER.value}
        about.append(
            f"Jobs of types without a translation: {sum(survey.types.values()):,}"
            + (f", of them {_counted(known)}" if known else "")
            + ". A [[map]] with job or type, and entity, names the task that does their work."
        )
    return Chapter("What was found", about)


def _unplanned(survey: Survey) -> Iterator[Chapter]:
    if survey.unplanned:
        shown = [f"- {_shown(text, 2 * _LONGEST)}" for text in survey.unplanned[:_NAMED]]
        left = len(survey.unplanned) - len(shown)
        about = ["`transpile check` says what to do about each of them.", *shown]
        about += [f"{count(left, 'more finding')} not listed."] if left else []
        decide = f"what to do about {count(len(survey.unplanned), 'finding')}"
        yield Chapter("Schedules without a launch plan", about, decide=decide)


def _globals(survey: Survey) -> Iterator[Chapter]:
    if survey.unset:
        about = [
            f"No source sets {named(survey.unset)}. Set a global in the sources, or pass it as "
            "an input at the start of a workflow. A start by the clock passes none: its jobs fail.",
        ]
        decide = f"the value of {count(len(survey.unset), 'global')} that no source sets"
        yield Chapter("Globals without a value", about, decide=decide)


def _zones(survey: Survey) -> Chapter:
    guess = next(iter(survey.zones), "UTC")
    about, settings, decide = [], [f"{DEFAULT} = {quoted(guess)}"], []
    if survey.unzoned:
        about.append("The zone of the scheduler's server: schedules without a zone use UTC.")
        decide.append("that of the scheduler's server")
    else:
        about.append("The zone of the scheduler's server, for schedules that name none.")
    if survey.unknown_zones:
        unknown = named(survey.unknown_zones)
        about.append(f"Names that are no IANA zone: {unknown}. Map each one to its IANA name.")
        decide.append(f"what {unknown} means")
        settings += (f"{quoted(word)} = {quoted(guess)}" for word in _first(survey.unknown_zones))
        about += _more(len(survey.unknown_zones), "name")
    return Chapter("Time zones", about, "[timezones]", settings, ", and ".join(decide))


def _platform(survey: Survey) -> Chapter:
    about = ["The Flyte on which the workflows run."]
    decide = []
    if survey.needs_endpoint:
        about.append(
            "endpoint: some workflows wait for others, or start them. Their tasks need the address "
            "of Flyte Admin, and credentials if it asks for a login."
        )
        decide.append("the address of Flyte Admin")
    if survey.shared:
        files = count(len(survey.shared), "file")
        about.append(
            f"pod_template: tasks share no disk, and jobs share {files}: {named(survey.shared)}. "
            "A PodTemplate can mount a shared volume."
        )
        decide.append(f"a shared volume for {files}")
    if survey.watched:
        about.append(
            f"Jobs wait for {count(len(survey.watched), 'file')}: {named(survey.watched)}. The pod "
            "has to see these paths."
        )
    settings = [
        'endpoint = "flyteadmin.flyte.svc.cluster.local:81"',
        "insecure = true",
        'credentials = { client_id = "batch", '
        'secret = { group = "batch-login", key = "client-secret" } }',
        'pod_template = "shared-work"',
        'prefix = "team."    ## begins the names of workflows and launch plans',
        "system_retries = 3    ## node-config.max-node-retries-system-failures of the platform",
        "waits = true    ## false: tasks cannot reach Flyte Admin",
        "starts = true    ## false: no workflow may start another one",
    ]
    return Chapter("Platform", about, "[platform]", settings, ", and ".join(decide))


def _outside(survey: Survey) -> Iterator[Chapter]:
    if not survey.outside:
        return
    jobs = count(len(survey.outside), "job")
    about = [
        "Jobs that conditions name and no source defines. Pass the file that defines them, or say "
        "what stands for them, by one of these keys: "
        'workflow = "name" (its latest run on the platform), file = "/path" (waits until the file '
        'is there), approval = "question" (a person answers), assume = "reason" (has succeeded).',
        *_more(len(survey.outside), "job"),
    ]
    settings = tuple(starmap(_external, _first(survey.outside).items()))
    decide = f"what stands for {jobs} that no source defines"
    yield Chapter("Jobs that live elsewhere", about, "", settings, decide)


def _external(name: str, number: int) -> str:
    workflow = quoted(name if is_sayable(name) else "name")
    waits = "1 job waits" if number == 1 else f"{number:,} jobs wait"
    job = quoted(pattern_of(name))
    return f"[[external]]\njob = {job}\nworkflow = {workflow}    ## {waits} for it"


def _workflows(survey: Survey) -> Iterator[Chapter]:
    if not survey.workflows:
        return
    about = ["Names of workflows, and of the modules that they become."]
    about += _more(len(survey.workflows), "workflow")
    yield Chapter("Workflows", about, "", tuple(map(_workflow, survey.workflows[:MOST])))


def _workflow(workflow: SurveyedWorkflow) -> str:
    lines = ["[[workflow]]", f"job = {quoted(pattern_of(workflow.units[0]))}"]
    if is_sayable(workflow.title):
        lines.append(f"name = {quoted(workflow.title)}")
    return "\n".join(lines)


def _cuts(survey: Survey) -> Iterator[Chapter]:
    if not survey.large:
        return
    about = [
        f"Workflows with more than {MOST_JOBS} jobs, and several units. A [[cut]] makes a "
        "workflow of its own of a unit, with the units that only it starts.",
        *_more(len(survey.large), "workflow"),
    ]
    settings = (
        f"[[cut]]\njobs = [{quoted(pattern_of(workflow.units[-1]))}]    "
        f"## of {_shown(workflow.title)}: {count(workflow.jobs, 'job')}, "
        f"{count(len(workflow.units), 'unit')}"
        for workflow in survey.large[:MOST]
    )
    yield Chapter("Large workflows", about, "", tuple(settings))


def _placeholders(survey: Survey) -> Iterator[Chapter]:
    if survey.placeholders:
        about = [
            "Values of placeholders that the site fills in when it deploys the definitions.",
            *_more(len(survey.placeholders), "placeholder"),
        ]
        settings = [f'{quoted(name)} = "value"' for name in _first(survey.placeholders)]
        decide = f"the value of {count(len(survey.placeholders), 'placeholder')}"
        yield Chapter("Placeholders", about, "[templates]", settings, decide)


def _hosts(survey: Survey) -> Iterator[Chapter]:
    if survey.hosts:
        about = [
            "The image for the jobs of each host has the programs that they call. A [[map]] takes "
            f"resources, environment, retries, secrets, queue and kind ({', '.join(KINDS)}), too.",
            *_more(len(survey.hosts), "host"),
        ]
        settings = (
            f"[[map]]\nmachine = {quoted(pattern_of(name))}    ## {count(number, 'job')}\n"
            'image = "registry.example.com/batch:1.0"'
            for name, number in _first(survey.hosts).items()
        )
        decide = f"images for the jobs of {count(len(survey.hosts), 'host')}"
        yield Chapter("Hosts", about, "", tuple(settings), decide)


def _readings(survey: Survey) -> Iterator[Chapter]:
    if survey.readings:
        asked = sorted(survey.readings, key=lambda reading: reading.name not in survey.asked)
        about = [
            "What the documents of the formats leave open, with the answer that is taken. Compare "
            "some results with the scheduler before you change one."
        ]
        settings = (_reading(reading, survey.asked.get(reading.name, "")) for reading in asked)
        found = [reading.name for reading in asked if reading.name in survey.asked]
        decide = f"{count(len(found), 'reading')} that findings ask for" if found else ""
        yield Chapter("Readings", about, "[readings]", tuple(settings), decide)


def _reading(reading: Reading, code: str) -> str:
    question = textwrap.wrap(reading.question.strip(), WIDTH)
    if code:
        question.append(f"A finding asks for it: {code}.")
    others = " or ".join(map(quoted, reading.answers[1:4]))
    more = " or others" if len(reading.answers) > 4 else ""
    setting = f"{reading.name} = {quoted(reading.default)}    ## or {others}{more}"
    return "\n".join((*(f"## {line}" for line in question), setting))


def _layout(survey: Survey) -> Chapter:
    properties = survey.properties
    folder = properties[0] if properties else "file"
    about = ["Folders of the modules: by a property of the jobs. Default: as the sources stand."]
    return Chapter("Folders", about, "[layout]", [f"folder = {quoted(folder)}"])


def _options(survey: Survey) -> Chapter:
    about = ["Defaults of the command-line options with these names."]
    settings = [
        'exclude = ["archive/"]    ## patterns as in .gitignore',
        "strict = false    ## true: warnings count as errors",
        f"target = {quoted(TARGETS[0])}    ## or {quoted(TARGETS[1])}",
        f"style = {quoted(STYLES[0])}    ## or {quoted(STYLES[1])}",
        f"branch = {quoted(BRANCHES[0])}    ## or {quoted(BRANCHES[1])}",
        f"max-nodes = {MOST_JOBS}",
        f"package = {quoted(Form().package)}",
    ]
    if len(survey.files) == 1:
        settings.insert(0, f"from = {quoted(next(iter(survey.files)))}")
    return Chapter("Options", about, "[options]", settings)


def _durations() -> Chapter:
    about = ["Minutes that jobs take, by name or pattern, for the expected ends of `schedule`."]
    return Chapter("Durations", about, "[durations]", ['"*" = 10'])


def _first(found: Mapping[str, V]) -> dict[str, V]:
    return dict(islice(found.items(), MOST))
