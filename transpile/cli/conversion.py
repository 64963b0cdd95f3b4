"""Writes the modules and reports of an estate, one workflow after another."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from transpile.assess.runbook import runbook
from transpile.cli.progress import Meter
from transpile.dialects import SCHEDULERS
from transpile.model.operations import Operation
from transpile.module_tests.render import conftest_of, folder_of, paths_of_tests, render_conftest
from transpile.output import Basis, OutputFolder, Written, digest_of_file
from transpile.output.project import project
from transpile.output.workers import Workers, batches
from transpile.pipeline import Estate
from transpile.report.conversion import Converted, ConvertTask, Standing, convert_batch
from transpile.report.excerpts import Origins
from transpile.report.guide import Entry, guide
from transpile.report.heading import Heading
from transpile.report.json_report import Report, merged
from transpile.report.markdown import markdown
from transpile.report.overlay import Overlay, Traces
from transpile.report.overview import overview
from transpile.report.page import Page
from transpile.sources.resources import tool_digest
from transpile.targets.flyte.cuts import CutTable, Owner
from transpile.targets.flyte.names import RUNTIME
from transpile.targets.flyte.naming import WorkflowNames
from transpile.targets.flyte.render import render_cuts
from transpile.targets.helper_use import HelperUse, helpers_in
from transpile.targets.plan import Part

REPORT = "report.json"


@dataclass(slots=True)
class Conversion:
    """The conversion of an estate into an output folder, in the processes of `workers`.

    `output` is None if the folder cannot be used; `within` is the folder of the package in it. This
    process keeps little of each workflow: its findings, its cuts and its rows of the reports.
    `operations` are what operators of the sources do, by the title of the format. `made` are the
    paths of its modules. `with_tests` asks for tests of the modules, at the paths `tests`.
    """

    estate: Estate
    output: OutputFolder | None
    within: str
    workers: Workers
    meter: Meter
    heading: Heading
    overlay: Overlay | None
    operations: Sequence[tuple[str, Sequence[Operation]]]
    with_tests: bool = False
    tests: dict[str, str] = field(init=False, default_factory=dict)
    report: Report = field(init=False)
    page: Page = field(init=False)
    used: HelperUse = field(init=False)
    plans: dict[str, str] = field(init=False, default_factory=dict)
    made: set[str] = field(init=False, default_factory=set)
    cuts: CutTable = field(init=False, default_factory=CutTable)
    entries: list[Entry] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.report = Report(self.estate)
        self.used = HelperUse(self.estate.settings.rules.form)
        if self.with_tests:
            self.tests = paths_of_tests(chain.from_iterable(self.estate.names), self.within)
            self.made.update(self.tests.values())

    def write(self, inputs: str, folder: Path, *, force: bool, prune: bool) -> Written:
        """Write all files; `inputs` is the hash of what they are made from."""
        written, converted = Written(), self._converted()
        if self.output is not None:
            others = self.output.others(self.within, self.made, force=force, prune=prune)
            basis = Basis(inputs, self._beside(folder), self.plans)
            files = self._files(converted, others)
            whole = self._is_whole()
            written = self.output.write(files, basis, force=force, prune=prune, whole=whole)
        # Where files cannot be written, all findings are reported nevertheless.
        deque(converted, maxlen=0)
        return written

    def _beside(self, folder: Path) -> dict[str, str | None]:
        paths = {path for facts in self.estate.networks for path in facts.said.side_files}
        place = os.path.realpath(folder)
        return {os.path.relpath(p, place): digest_of_file(Path(p)) for p in sorted(paths)}

    def _files(
        self, converted: Iterable[tuple[str, str | None]], others: Iterable[str]
    ) -> Iterator[tuple[str, str | bytes | Iterable[str] | None]]:
        """Path and text of each file; None for one that is up to date. Reports come last."""
        within, estate = self.within, self.estate
        has_modules = any(True for _ in estate.every_name)
        if has_modules:
            yield f"{within}__init__.py", ""
        for folder in self._packages():
            yield f"{within}{folder}/__init__.py", ""
        yield from converted
        if self.tests:
            yield conftest_of(self.tests), render_conftest(within)
        if has_modules:
            for other in others:
                self.used.add_other(other)
            yield f"{within}{RUNTIME}.py", self.used.text()
        if self._is_whole():
            yield from ((file.path, file.text) for file in estate.handovers)
        self.meter.phase("reporting")
        yield REPORT, self._report_lines()
        seen = overview(estate, self.report, self.heading)
        yield "report.md", markdown(seen)
        yield "report.html", self.page.parts(seen)
        if has_modules and not self._adds_to_a_whole():
            form = estate.settings.rules.form
            yield "README.md", guide(form.package, within, self.entries, seen)
            yield "RUNBOOK.md", runbook(within, seen, SCHEDULERS, self.operations)
            yield "pyproject.toml", project(
                form.package, within, drives=form.drives, tests=folder_of(self.tests)
            )

    def _report_lines(self) -> Iterator[str]:
        """The text of report.json; rows about workflows that are not selected stay."""
        known = self.output.written(REPORT) if self.output and not self._is_whole() else ""
        return merged(known, self.report.lines()) if known else self.report.lines()

    def _adds_to_a_whole(self) -> bool:
        """True if only some workflows are converted, into a folder that has a README already."""
        return bool(not self._is_whole() and self.output and self.output.written("README.md"))

    def _is_whole(self) -> bool:
        """True if all workflows are converted that run on the platform."""
        return self.estate.selection is None or self.estate.selection.whole

    def _packages(self) -> list[str]:
        """The folders of modules, and the folders around them."""
        found = [names.folder for names in self.estate.every_name]
        folders = {folder[:n] for folder in found for n in range(1, len(folder) + 1)}
        return ["/".join(parts) for parts in sorted(folders)]

    def _converted(self) -> Iterator[tuple[str, str | None]]:
        """Path and text of each module; None for one that stands unchanged in the folder."""
        origins = Origins(self.estate.texts, self.estate.networks)
        self.page = Page(origins, self.overlay.name if self.overlay else "")
        for found in self.meter.count("workflows", self._results(origins), self.estate.size):
            self.estate.diagnostics.complete(found.added)
            self.report.add(found.report, found.network)
            self.used.names |= found.helpers
            self.cuts.add(found.cuts)
            self.entries.append(found.entry)
            for file in found.files:
                path = self.within + file.path
                self.made.add(path)
                self.plans[path] = f"{tool_digest()[:16]}-{file.digest}"
                yield path, file.text
            if found.tests is not None:
                yield found.tests
        self.estate.conclude()
        for task, with_cuts in self.estate.neighbours():
            module, _ = task.plan(task.findings.opened())
            self.cuts.add(Owner.of(module), with_cuts=with_cuts)
        for plan in self.cuts.plans():
            text = render_cuts(plan)
            self.used.names |= helpers_in(text)
            self.made.add(self.within + plan.path)
            yield self.within + plan.path, text

    def _results(self, origins: Origins) -> Iterator[Converted]:
        tasks = batches(self._tasks(origins), lambda task: len(task.plan.part.facts.jobs))
        for batch in self.workers.map(convert_batch, tasks):
            self.page.add(batch.details, len(batch.workflows))
            yield from batch.workflows

    def _tasks(self, origins: Origins) -> Iterator[ConvertTask]:
        for task in self.estate.tasks():
            part, facts = task.part, self.estate.networks[task.part.network]
            sources = {
                name: tuple(origins.of(name, job.span, facts))
                for name, job in part.facts.jobs.items()
            }
            standing, tests = dict(self._standing(part.names)), self.tests.get(part.names.path, "")
            yield ConvertTask(task, sources, standing, self._traces(part), tests)

    def _traces(self, part: Part) -> Traces | None:
        """How the jobs of a workflow ended in the run that is laid over the drawings."""
        return self.overlay.traces(part.names.title, part.facts.jobs) if self.overlay else None

    def _standing(self, names: WorkflowNames) -> Iterator[tuple[str, Standing]]:
        """The files of a module that stand as a plan of this program made them."""
        if self.output is None:
            return
        for path in self.output.planned(self.within + names.path):
            tool, _, digest = (self.output.plan(path) or "").partition("-")
            if tool == tool_digest()[:16]:
                text = self.output.text(path)
                yield path.removeprefix(self.within), Standing(digest, text)
