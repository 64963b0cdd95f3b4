"""Prints an inventory as text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from transpile.assess.wording import rule_in_words, said_calendar
from transpile.cli.console import cell, count, wide_console
from transpile.sources.printable import printable

MOST = 15
"""Maximum number of rows of a table without --details."""

NAMES = 45
"""Maximum width of the names of needs in one row, so that a row has 80 characters."""

_COLOURS = {"automatic": "green", "review": "yellow", "manual": "red"}


def show(data: dict[str, Any], *, details: bool) -> None:
    """Print the inventory; without details only the first rows of long tables."""
    console = wide_console()
    most = None if details else MOST
    for title, text in _summary(data):
        console.print(cell(f"{title:<11}{text}"))
    _print(console, "", _grades(data))
    if data["blockers"]:
        title = "what blocks most jobs; automatic, review: workflows that become so without it"
        _print(console, title, _blockers(data["blockers"], most))
    if data["needs"]:
        table = _all_needs(data["needs"]) if details else _needs(data["needs"])
        _print(console, "what jobs need", table)
    if data["calendars"]:
        rows = [
            (row["name"], f"{row['workflows']:,}", said_calendar(row)) for row in data["calendars"]
        ]
        _print(console, "", _table(("calendar", "workflows>", "days"), rows, most))
    if data["clocks"]:
        _print(console, "", _clocks(data["clocks"], most))
    if data["workflows"]:
        _print(console, "", _workflows(data["workflows"], most))
    console.print()
    console.print(cell(f"effort: {data['hours']:,} hours"))
    for part, hours in data["hours_by_part"].items():
        console.print(cell(f"  {hours:,} for {part}"))
    for line in rule_in_words(data["minutes_rule"]):
        console.print(cell(line))


def _summary(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    workflows = count(len(data["workflows"]), "workflow")
    yield "estate", f"{count(data['files'], 'file')}, {workflows}"
    for title in ("jobs", "conditions"):
        shown = ", ".join(f"{number:,} {name}" for name, number in data[title].items())
        yield title, shown or "none"
    yield "schedules", f"{data['schedules']:,}"
    if data["left_out"]:
        yield "left out", f"{count(data['left_out'], 'job')} on or behind a cycle, in no workflow"
    apart = data["findings_about_no_workflow"]
    if any(apart.values()):
        told = ", ".join(count(number, level[:-1]) for level, number in apart.items() if number)
        yield "files", f"{told} about no single workflow"


def _print(console: Console, title: str, table: Table) -> None:
    console.print()
    if title:
        console.print(cell(title, "bold"))
    console.print(table)


def _table(
    columns: Iterable[str], rows: Iterable[tuple[str, ...]], most: int | None = None
) -> Table:
    """A table; the values of columns with > stand on the right, rows beyond `most` are counted."""
    table = Table(box=None, pad_edge=False)
    for column in columns:
        is_number = column.endswith(">")
        table.add_column(
            column.rstrip(">"), justify="right" if is_number else "left", overflow="fold"
        )
    rows = list(rows)
    for row in rows[:most]:
        table.add_row(*map(cell, row))
    if most is not None and len(rows) > most:
        table.add_row(cell(f"and {len(rows) - most:,} more", "dim"))
    return table


def _grades(data: dict[str, Any]) -> Table:
    table = _table(("grade", "workflows>", "jobs>", "hours>", "what to do"), ())
    for row in data["grades"]:
        numbers = (f"{row[key]:,}" for key in ("workflows", "jobs", "hours"))
        table.add_row(cell(row["grade"], _COLOURS[row["grade"]]), *numbers, cell(row["meaning"]))
    return table


def _blockers(rows: Iterable[dict[str, Any]], most: int | None) -> Table:
    keys = ("jobs", "workflows", "become_automatic", "become_review")
    columns = ("code", "level", "jobs>", "workflows>", "automatic>", "review>", "what")
    cells = (
        (row["code"] or "-", row["level"], *(f"{row[key]:,}" for key in keys), row["title"])
        for row in rows
    )
    return _table(columns, cells, most)


def _needs(rows: list[dict[str, Any]]) -> Table:
    """The needs by kind, with those of most jobs."""
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        kinds[row["kind"]].append(row)
    table = _table(("kind", "count>", "most used (jobs)"), ())
    for kind, found in kinds.items():
        table.add_row(
            cell(kind),
            f"{len(found):,}",
            cell(_most_used((row["name"], row["jobs"]) for row in found)),
        )
    return table


def _most_used(counts: Iterable[tuple[str, int]]) -> str:
    """The first names that fit into a row; a single long one is cut."""
    text = ""
    for said, number in counts:
        name = printable(said)
        more = f"{', ' if text else ''}{name} ({number:,})"
        if len(text) + len(more) > NAMES - len(", ..."):
            return text + ", ..." if text else f"{name[: NAMES - 15]}... ({number:,})"
        text += more
    return text


def _clocks(rows: list[dict[str, Any]], most: int | None) -> Table:
    """The start times by time zone; with details one by one."""
    if most is None:
        cells = ((_zone(row), f"{row['schedules']:,}", row["times"]) for row in rows)
        return _table(("time zone", "schedules>", "start times"), cells)
    zones: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        zones[_zone(row)].append(row)
    table = _table(("time zone", "schedules>", "most used start times (schedules)"), ())
    for zone, found in zones.items():
        used = _most_used((row["times"], row["schedules"]) for row in found)
        total = sum(row["schedules"] for row in found)
        table.add_row(cell(zone), f"{total:,}", cell(used))
    return table


def _zone(row: dict[str, Any]) -> str:
    return row["timezone"] or "none named"


def _all_needs(rows: Iterable[dict[str, Any]]) -> Table:
    columns = ("kind", "name", "jobs>", "workflows>", "first")
    return _table(
        columns,
        (
            (
                row["kind"] + (" in clear" if row.get("in_clear") else ""),
                row["name"],
                f"{row['jobs']:,}",
                f"{row['workflows']:,}",
                f"{row['file']}:{row['line']}",
            )
            for row in rows
        ),
    )


def _workflows(rows: Sequence[dict[str, Any]], most: int | None) -> Table:
    """The workflows; their waves only if there are some."""
    columns = ("workflow", "grade", "hours>", "jobs>", "depth>", "width>", "errors>", "warnings>")
    keys = tuple(column.rstrip(">") for column in columns[2:])
    has_waves = any(row["waves"] for row in rows)
    cells = (
        (
            *(row["workflow"], row["grade"], *(f"{row[key]:,}" for key in keys)),
            *((", ".join(row["waves"]),) if has_waves else ()),
        )
        for row in rows
    )
    return _table((*columns, *(("wave",) if has_waves else ())), cells, most)
