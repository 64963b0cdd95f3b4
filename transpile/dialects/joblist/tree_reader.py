"""Reads YAML and JSON: a mapping or a list of jobs, whose keys say what their values mean."""

import re
from collections.abc import Iterator

import yaml

from transpile.dialects.joblist.codes.jobs import JobListedTwice, JobWithoutName
from transpile.dialects.joblist.codes.lists import ListCut, ListGuessed, ListRefused
from transpile.dialects.joblist.json_tree import parse_json
from transpile.dialects.joblist.keys import ENVIRONMENT, Chosen, choose, plain_key
from transpile.dialects.joblist.model import MOST_JOBS, Entry, JobList, Reference
from transpile.dialects.joblist.settings import ListSettings
from transpile.dialects.joblist.tree_parts import Parts
from transpile.dialects.kit.values import Value
from transpile.dialects.kit.yaml_tree import DEEPEST, Field, Part, Refusal, compose_all
from transpile.findings.codes.reading import EmptySource, StrayText, WrongValue
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

CONTAINERS = ("jobs", "tasks", "steps", "stages")
"""Keys of jobs, of a list or in a box."""

FOR_READERS = ("description", "notes", "comment", "owner", "version")
"""Keys of a whole list that change nothing."""

TITLES = ("name", "title")

_MOST_PARTS = 2_000_000
"""Maximum number of values in a file."""

_ENVIRONMENT_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_JSON = re.compile(r"[ \t\n]*[{\[]")
_UNKNOWN_KEY = "write it into the jobs, or delete it"


class _TooMany(Exception):
    """The list has more jobs than are read; the argument is the place of the next one."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


def read_trees(
    source: Source, settings: ListSettings, title: str, diagnostics: Diagnostics
) -> Iterator[JobList]:
    """The list of each document of a file."""
    try:
        roots = [root for root in _roots(source) if not root.is_null]
        if not roots:
            diagnostics.add(EmptySource(), Span(source.label, 1))
        for number, root in enumerate(roots, 1):
            own_title = f"{title}_{number}" if number > 1 else title
            yield _TreeReader(source, settings, own_title, diagnostics).read(root)
    except Refusal as refusal:
        diagnostics.add(ListRefused(reason=refusal.reason), refusal.span)


def _roots(source: Source) -> list[Part]:
    """The roots of all documents. Raises Refusal."""
    is_json = source.label.lower().endswith(".json")
    if is_json or _JSON.match(source.text):
        try:
            return [parse_json(source.text, source.label, _MOST_PARTS)]
        except Refusal:
            # YAML, too, may begin with a bracket.
            if is_json and source.text.strip():
                raise
    return compose_all(source.text, source.label, _MOST_PARTS)


class _TreeReader:
    """Reads one document. Its methods raise Refusal."""

    def __init__(
        self, source: Source, settings: ListSettings, title: str, diagnostics: Diagnostics
    ) -> None:
        self._parts = Parts(source.text, diagnostics)
        self._diagnostics = diagnostics
        self._meanings = settings.meanings
        self._list = JobList(title, Span(source.label, 1))
        self._guesses: dict[str, None] = {}
        self._environment: tuple[tuple[str, str], ...] = ()

    def read(self, root: Part) -> JobList:
        """The list that a document holds."""
        self._list.span = root.span
        try:
            if isinstance(root.node, yaml.SequenceNode):
                self._read_jobs(root, None, 0)
            else:
                self._read_root(root)
        except _TooMany as error:
            self._diagnostics.add(ListCut(most=f"{MOST_JOBS:,} jobs"), error.span)
        if self._guesses:
            said = ", ".join(self._guesses)
            self._diagnostics.add(ListGuessed(guesses=said), self._list.span, text=said)
        if not self._list.jobs and not self._list.boxes:
            self._diagnostics.add(EmptySource(), self._list.span)
        return self._list

    def _read_root(self, root: Part) -> None:
        fields = self._parts.fields(root, "the list")
        containers = [f for f in fields if plain_key(f.key) in CONTAINERS]
        if not containers:
            raise Refusal(f"it has none of {', '.join(CONTAINERS)}", root.span)
        for field in fields:
            if field not in containers:
                self._of_the_whole(field)
        for field in containers:
            self._read_jobs(field.part, None, 0)

    def _of_the_whole(self, field: Field) -> None:
        key = plain_key(field.key)
        meaning = self._meanings.of(field.key)
        if key in ENVIRONMENT:
            self._environment = self._variables(field)
        elif key in FOR_READERS:
            self._list.noted += 1
        elif key in TITLES or meaning in ("schedule", "timezone"):
            value = self._scalar(field)
            if value is not None and meaning == "schedule":
                self._list.schedule = value
            elif value is not None and meaning == "timezone":
                self._list.timezone = value
            elif value is not None and value.text:
                self._list.title = value.text
        else:
            self._diagnostics.add(StrayText(text=field.key), field.span, help=_UNKNOWN_KEY)

    # ---------------------------------------------------------------- jobs

    def _read_jobs(self, part: Part, box: str | None, depth: int) -> None:
        """Read the jobs of a mapping or a list."""
        if depth > DEEPEST:
            raise Refusal(f"boxes are nested more than {DEEPEST} levels deep", part.span)
        if part.is_null:
            return
        if isinstance(part.node, yaml.MappingNode):
            for field in self._parts.fields(part, "the jobs"):
                self._read_job(Value(field.key, field.span), field.part, box, depth)
            return
        if not isinstance(part.node, yaml.SequenceNode):
            raise Refusal("the jobs are neither a mapping nor a list", part.span)
        for item in part.items("the jobs"):
            self._parts.visit(item.span)
            if not isinstance(item.node, yaml.MappingNode):
                text = self._parts.raw(item)
                self._diagnostics.add(JobWithoutName(text=text), item.span, text=text)
                continue
            fields = self._parts.fields(item, "a job")
            if len(fields) == 1 and self._meaning(fields[0].key) is None:
                self._read_job(Value(*fields[0][:2]), fields[0].part, box, depth)
            else:
                self._read_fields(None, fields, item.span, box, depth)

    def _read_job(self, name: Value, part: Part, box: str | None, depth: int) -> None:
        """Read a job that its key names."""
        if isinstance(part.node, yaml.MappingNode):
            self._read_fields(name, self._parts.fields(part, name.text), name.span, box, depth)
            return
        entry = Entry(name.text, name.span, box)
        if isinstance(part.node, yaml.ScalarNode):
            if not part.is_null:
                entry.values["command"] = self._parts.value(part)
        else:
            self._wrong(Field(name.text, name.span, part), "a command or a mapping")
        self._add(entry)

    def _read_fields(
        self, name: Value | None, fields: list[Field], span: Span, box: str | None, depth: int
    ) -> None:
        entry = Entry(name.text if name else "", span, box)
        keys = [field.key for field in fields]
        chosen = self._chosen(keys, [field.span for field in fields], is_named=name is not None)
        meaning_of = {place: meaning for meaning, place in chosen.of.items()}
        inside: list[Field] = []
        for place, field in enumerate(fields):
            if plain_key(field.key) in CONTAINERS:
                inside.append(field)
            elif plain_key(field.key) in ENVIRONMENT:
                entry.environment = self._variables(field)
            else:
                self._put(entry, meaning_of.get(place), field)
        entry.is_box = bool(inside)
        if not self._add(entry) or not inside:
            return
        for field in inside:
            self._read_jobs(field.part, entry.name, depth + 1)

    def _chosen(self, keys: list[str], spans: list[Span], *, is_named: bool) -> Chosen:
        # `steps` and the like hold jobs, whatever `step` means.
        plain = ["" if plain_key(key) in CONTAINERS else key for key in keys]
        chosen = choose(plain, self._meanings)
        if is_named:
            # The key of the job is its name; another one is for readers.
            for meaning in ("name", "number"):
                chosen.of.pop(meaning, None)
                chosen.spare.pop(meaning, None)
        chosen.report(keys, spans, self._diagnostics)
        for meaning, place in chosen.of.items():
            key = keys[place]
            if meaning not in self._meanings.named and plain_key(key) != meaning:
                self._guesses[f"{meaning} = {key}"] = None
        return chosen

    def _meaning(self, key: str) -> str | None:
        plain = plain_key(key)
        if plain in CONTAINERS or plain in ENVIRONMENT:
            return plain
        return self._meanings.of(key)

    def _put(self, entry: Entry, meaning: str | None, field: Field) -> None:
        if meaning == "after":
            entry.after += self._references(field, entry)
            return
        if meaning is None:
            entry.notes.append((field.key, self._parts.raw(field.part)))
            return
        value = self._scalar(field)
        if value is None:
            return
        if meaning == "name":
            entry.name, entry.span = value
        elif meaning == "number":
            entry.number = value.text
        elif meaning == "box":
            if entry.box is None:
                entry.box = value.text
                box = Entry(value.text, value.span, is_box=True)
                self._list.boxes.setdefault(value.text, box)
            else:
                entry.notes.append((field.key, value.text))
        else:
            entry.values[meaning] = value

    def _add(self, entry: Entry) -> bool:
        known = self._list
        if len(known.jobs) + len(known.boxes) >= MOST_JOBS:
            raise _TooMany(entry.span)
        entry.environment = (*self._environment, *entry.environment)
        if not entry.name:
            text = " ".join(value.text for value in entry.values.values())
            self._diagnostics.add(JobWithoutName(text=text), entry.span, text=text)
            return False
        kind = known.boxes if entry.is_box else known.jobs
        earlier = kind.get(entry.name)
        if earlier is not None:
            place = f"{earlier.span.file}:{earlier.span.line}"
            repeated = JobListedTwice(name=entry.name, earlier=place)
            self._diagnostics.add(repeated, entry.span, text=entry.name)
            return False
        kind[entry.name] = entry
        return True

    # ---------------------------------------------------------------- values

    def _references(self, field: Field, entry: Entry) -> list[Reference]:
        """What a job comes after: a text, or a list of names, each with what is asked of it."""
        part = field.part
        if isinstance(part.node, yaml.ScalarNode):
            value = self._parts.value(part)
            return [Reference(*value, is_exact=False)] if value.text.strip() else []
        if not isinstance(part.node, yaml.SequenceNode):
            self._wrong(field, "a name, or a list of names", entry)
            return []
        found = []
        for item in part.items(field.key):
            self._parts.visit(item.span)
            if isinstance(item.node, yaml.ScalarNode):
                found.append(Reference(*self._parts.value(item)))
            elif (reference := self._reference(item)) is not None:
                found.append(reference)
            else:
                self._wrong(Field(field.key, item.span, item), "a name", entry)
        return found

    def _reference(self, item: Part) -> Reference | None:
        """A name, and what is asked of it."""
        if not isinstance(item.node, yaml.MappingNode):
            return None
        values = {self._meanings.of(each.key): each for each in self._parts.fields(item, "a name")}
        if not {"name"} <= values.keys() <= {"name", "when"}:
            return None
        name = self._scalar(values["name"])
        when = self._scalar(values["when"]) if "when" in values else None
        return Reference(*name, when=when) if name else None

    def _variables(self, field: Field) -> tuple[tuple[str, str], ...]:
        """The variables of a mapping."""
        if not isinstance(field.part.node, yaml.MappingNode):
            if not field.part.is_null:
                self._wrong(field, "a mapping")
            return ()
        found = []
        for each in self._parts.fields(field.part, field.key):
            value = self._scalar(each)
            if not _ENVIRONMENT_NAME.fullmatch(each.key):
                self._wrong(Field("the name of a variable", each.span, each.part), "letters")
            elif value is not None and "\0" not in value.text:
                found.append((each.key, value.text))
        return tuple(found)

    def _scalar(self, field: Field) -> Value | None:
        """The text of a field; None, with a finding, for anything else."""
        if isinstance(field.part.node, yaml.ScalarNode):
            value = self._parts.value(field.part)
            return Value("" if field.part.is_null else value.text, value.span)
        self._wrong(field, "a text")
        return None

    def _wrong(self, field: Field, expected: str, entry: Entry | None = None) -> None:
        text = self._parts.raw(field.part)
        wrong = WrongValue(key=field.key, value=text, expected=expected)
        self._diagnostics.add(wrong, field.part.span, text=text)
        if entry is not None:
            entry.unknown = wrong
