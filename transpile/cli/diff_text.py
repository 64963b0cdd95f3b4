"""Prints what `transpile diff` found."""

import difflib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from os.path import commonprefix
from zoneinfo import ZoneInfo

import click

from transpile.cli.console import count, echo
from transpile.drift.attributes import DESCRIPTION
from transpile.drift.changes import Change
from transpile.drift.compare import Changed, Drift, FindingCount
from transpile.drift.dates import Dates
from transpile.drift.modules import Module
from transpile.findings.finding import CODES
from transpile.sources.printable import listed, printable

MOST = 5
"""So many statuses, findings, reasons and names are shown."""

LONGEST = 200
"""Maximum length of a statement that is shown, and of the part of a long text."""

LONG_TEXT, LEAD = 4_000, 40
"""A text of more characters is shown in part: so many before a difference, and what follows."""

MOST_DATES = 3
"""So many start times are shown."""


def show_drift(drift: Drift, names: tuple[str, str]) -> None:
    """Print the differences; `names` are those of the two versions."""
    _show_jobs(drift)
    for kind, changed in (("workflow", drift.workflows), ("job", drift.jobs)):
        for each in changed:
            if not each.is_same:
                _show_changed(each, kind)
    _show_variables(drift)
    _show_workflows(drift)
    for found in drift.findings:
        if found.counts:
            _show_findings(found)
    _show_modules(drift)
    _show_written_differently(drift)
    echo(_verdict(drift, names))


def _verdict(drift: Drift, names: tuple[str, str]) -> str:
    old, new = names
    if drift.is_same:
        return f"{old} and {new}: no difference in meaning"
    changed = sum(not each.is_same for each in drift.jobs)
    moved = len({each.job for each in drift.moved})
    numbers = (
        (len(drift.matches.added), "added"),
        (len(drift.matches.removed), "removed"),
        (len(drift.matches.renamed), "renamed"),
        (moved, "moved"),
        (changed, "changed"),
    )
    jobs = ", ".join(f"{number:,} {word}" for number, word in numbers if number)
    modules = drift.modules
    both = (*modules.added, *modules.removed, *modules.changed, *modules.unexplained)
    paths = {each.path for each in both}.union(new for _, new in modules.renamed)
    return f"jobs: {jobs or 'none differ'}; {count(len(paths), 'module')} would change"


def _show_jobs(drift: Drift) -> None:
    for key in drift.matches.removed:
        _line("- ", f"job {key.name} removed", "red")
    for key in drift.matches.added:
        _line("+ ", f"job {key.name} added", "green")
    for old, new in drift.matches.renamed:
        _line("~ ", f"job {old.name} renamed to {new.name}", "yellow")
    for each in drift.moved:
        places = f"{each.what} {each.old or 'none'} -> {each.new or 'none'}"
        _line("~ ", f"job {each.job.name} moved: {places}", "yellow")


def _show_workflows(drift: Drift) -> None:
    for title in drift.removed_workflows:
        _line("- ", f"workflow {title} removed", "red")
    for title in drift.added_workflows:
        _line("+ ", f"workflow {title} added", "green")
    for old, new, by_file in drift.renamed_workflows:
        why = ", with its file" if by_file else ""
        _line("~ ", f"workflow {old} renamed to {new}{why}", "yellow")


def _show_variables(drift: Drift) -> None:
    for name, old, new in drift.variables:
        click.secho(printable(f"variable {name}"), bold=True)
        _two_lines(old if old is not None else "no value", new if new is not None else "no value")


def _show_changed(found: Changed, kind: str) -> None:
    click.secho(printable(f"{kind} {found.title}"), bold=True)
    for change in found.changes:
        if not change.is_same:
            _show_change(change)


def _show_change(change: Change) -> None:
    if change.dates is not None:
        _show_dates(change.dates)
        return
    echo(f"  {change.label}")
    _two_lines(change.old, change.new)
    if change.contrast is not None:
        for line in _example(change):
            echo(f"    {line}")


def _example(change: Change) -> Iterator[str]:
    """The contrast of two conditions, in words."""
    found = change.contrast
    if found is None:
        return
    if found.example:
        first, other = ("new", "old") if found.starts else ("old", "new")
        cases = ", ".join(found.example[:MOST])
        more = len(found.example) - MOST
        cases += f" and {more:,} more such statuses" if more > 0 else ""
        yield f"example: if {cases}, the {first} one holds and the {other} one does not"
    else:
        yield "no example found: the condition is too large for a complete comparison"
    if found.is_sampled and found.example:
        yield "the condition is large: the example comes from samples, a smaller one may exist"


def _show_dates(dates: Dates) -> None:
    echo("  start times")
    if dates.old != dates.new:
        _two_lines(dates.old, dates.new)
    for word, mark, moments, colour in (
        ("lost", "-", dates.lost, "red"),
        ("gained", "+", dates.gained, "green"),
    ):
        if moments:
            shown = ", ".join(_moments(moments[:MOST_DATES], dates.zone))
            more = f" and {len(moments) - MOST_DATES:,} more" if moments[MOST_DATES:] else ""
            line = f"    {mark} {count(len(moments), 'start')} {word}: {shown}{more}"
            click.secho(printable(line), fg=colour)


def _moments(moments: Iterable[datetime], zone: str) -> Iterator[str]:
    info = ZoneInfo(zone)
    return (f"{moment.astimezone(info):%a %Y-%m-%d %H:%M %Z}" for moment in moments)


def _two_lines(old: str, new: str) -> None:
    """The difference of two texts, line by line; of long ones, where it begins."""
    if max(len(old), len(new)) > LONG_TEXT:
        start = max(0, len(commonprefix((old, new))) - LEAD)
        old, new = _part(old, start), _part(new, start)
    left, right = old.splitlines() or [""], new.splitlines() or [""]
    for line in difflib.ndiff(left, right):
        if line.startswith(("- ", "+ ")):
            click.secho(printable(f"    {line}"), fg="red" if line[0] == "-" else "green")
        elif line.startswith("  ") and len(left) + len(right) > 2:
            echo(f"    {line}")


def _part(text: str, start: int) -> str:
    """Some of a long text."""
    end = start + LONGEST
    more = f"... ({len(text):,} characters)" if text[end:] else ""
    return f"{'...' if start else ''}{text[start:end]}{more}"


def _show_findings(found: FindingCount) -> None:
    level, title = CODES[found.code].level.value, CODES[found.code].title
    click.secho(printable(f"{level} {found.code}: {title}"), bold=True)
    for mark, findings, colour in (("-", found.lost, "red"), ("+", found.gained, "green")):
        for each in findings[:MOST]:
            said = " ".join(each.statement.split())
            shown = f" ({said[:LONGEST]}{'...' if said[LONGEST:] else ''})" if said else ""
            click.secho(printable(f"    {mark} {each.message}{shown}"), fg=colour)
        if findings[MOST:]:
            echo(f"    {mark} and {len(findings) - MOST:,} more")


def _show_modules(drift: Drift) -> None:
    modules = drift.modules
    for mark, word, colour, found in (
        ("-", "removed", "red", modules.removed),
        ("+", "added", "green", modules.added),
        ("~", "changes", "yellow", (*modules.changed, *modules.unexplained)),
    ):
        for each in found:
            _line(f"{mark} ", f"module {each.path} {word}{_because(each)}", colour)
    for old, new in modules.renamed:
        _line("~ ", f"module {old} renamed to {new}", "yellow")


def _because(module: Module) -> str:
    shown = "; ".join(module.reasons[:MOST])
    more = f"; and {len(module.reasons) - MOST:,} more" if module.reasons[MOST:] else ""
    return f": {shown}{more}" if shown else ""


def _show_written_differently(drift: Drift) -> None:
    """What has another text and the same meaning."""
    changed = [(each.title, c) for each in (*drift.workflows, *drift.jobs) for c in each.changes]
    same = sorted((_same_word(change), title) for title, change in changed if change.is_same)
    for word, rows in groupby(same, key=lambda row: row[0]):
        titles = list(dict.fromkeys(title for _, title in rows))
        echo(f"= {word}: {listed(titles, MOST)}")
    if drift.modules.restated:
        paths = [each.path for each in drift.modules.restated]
        echo(f"= only the text changes, not the meaning: {listed(paths, MOST)}")


def _same_word(change: Change) -> str:
    if change.dates is not None:
        return "same start times, written differently"
    if change.what == DESCRIPTION:
        return "another description"
    return f"same {change.label}, written differently"


def _line(mark: str, text: str, colour: str) -> None:
    click.secho(printable(f"{mark}{text}"), fg=colour)
