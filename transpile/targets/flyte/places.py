"""Places emitted modules in folders: like those of their sources, or by a rule of the team."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from transpile.findings.codes.output import NoFolderName, UnknownSetting
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts, FolderRule, Form, Job, properties_of
from transpile.targets.flyte.names import RESERVED_FOR_MODULES, Scope, identifier, is_nameless
from transpile.targets.flyte2.names import RESERVED_MODULES

Folder = tuple[str, ...]
"""The names of a folder and of those around it, outermost first."""


class Places:
    """The folders of a package, and the names in use in each.

    No module has the name of the package: a script imports the modules of its own folder first.
    """

    def __init__(self, estate: Sequence[Facts], form: Form, diagnostics: Diagnostics) -> None:
        reserved = RESERVED_MODULES if form.drives else RESERVED_FOR_MODULES
        self._avoid = reserved | {form.package.lower()}
        self._rule = _sound(form.folder, estate, diagnostics)
        self._scopes: dict[Folder, Scope] = {(): Scope()}
        self._nameless: set[str] = set()
        spans = (job.span for facts in estate for job in facts.jobs.values())
        for file in dict.fromkeys(span.file for span in spans):
            self._add(self._of_source(file))
        for facts in estate if self._rule else ():
            for group in facts.groups:
                self._add(self._by_rule(facts, group, diagnostics))

    def _add(self, folder: Folder) -> None:
        for depth in range(len(folder)):
            # Python cannot import a module that has the name of a folder beside it.
            around, inner = folder[:depth], folder[: depth + 1]
            if inner not in self._scopes:
                self._scopes[around].claim(folder[depth])
                self._scopes[inner] = Scope()

    def folder(self, facts: Facts, group: Sequence[str], files: Iterable[str]) -> Folder:
        """The folder of the module of a group of jobs, which come from these files.

        Without a rule, or if no job has its properties: the deepest folder that holds the files.
        """
        if wanted := self._by_rule(facts, group):
            return wanted
        first, *others = map(self._of_source, files)
        depth = len(first)
        while any(other[:depth] != first[:depth] for other in others):
            depth -= 1
        return first[:depth]

    def claim(self, folder: Folder, name: str) -> str:
        """A new module name in a folder that resembles `name`."""
        return self._scopes[folder].claim(self.usual(name), "_cuts")

    def usual(self, name: str) -> str:
        """The module name that resembles `name`, unless it is in use."""
        return identifier(name, "workflow", self._avoid)

    def _of_source(self, file: str) -> Folder:
        parts = PurePosixPath(file).parent.parts
        return tuple(identifier(part, "folder", self._avoid) for part in parts)

    def _by_rule(
        self, facts: Facts, group: Sequence[str], diagnostics: Diagnostics | None = None
    ) -> Folder:
        """The folder by the first job of the group that the rule gives one; empty for none."""
        rule, dialect = self._rule, facts.said.engine.name
        if rule is None:
            return ()
        for job in _jobs(facts, group):
            levels = rule.levels(properties_of(job, dialect))
            named = [level for level in levels if not is_nameless(level)]
            if diagnostics is not None:
                self._report(rule, job, set(levels).difference(named), diagnostics)
            if named:
                return tuple(identifier(level, "folder", self._avoid) for level in named)
        return ()

    def _report(
        self, rule: FolderRule, job: Job, nameless: set[str], diagnostics: Diagnostics
    ) -> None:
        """Report each value once that gives no name."""
        for value in sorted(nameless - self._nameless):
            self._nameless.add(value)
            diagnostics.add(NoFolderName(value=value, name=job.name), rule.span, text=value)


def _jobs(facts: Facts, names: Sequence[str]) -> Iterator[Job]:
    """The jobs, then their members."""
    yield from (facts.jobs[name] for name in names)
    for name in names:
        yield from _jobs(facts, facts.members.get(name, ()))


def _sound(
    rule: FolderRule | None, estate: Sequence[Facts], diagnostics: Diagnostics
) -> FolderRule | None:
    """The rule, unless it asks for a property that no job of the estate has."""
    if rule is None:
        return None
    jobs = ((job, facts.said.engine.name) for facts in estate for job in facts.jobs.values())
    known = sorted({key for job, dialect in jobs for key in properties_of(job, dialect)})
    unknown = next((name for name in rule.placeholders if name not in known), None)
    if unknown is None or not known:
        return rule
    reason = f"no job has the property {unknown}; the properties are {', '.join(known)}"
    diagnostics.add(UnknownSetting(text=f"folder = {rule.text!r}", reason=reason), rule.span)
    return None
