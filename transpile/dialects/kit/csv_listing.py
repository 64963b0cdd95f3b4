"""Reads runs from tables with a header line: job, start, end, status, exit code."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime

from transpile.dialects.kit.listings import Times, is_running, state_of
from transpile.model.listings import Extent, Listed, ListingFormat, ListingSetting
from transpile.model.run_log import JobRun

_SIGNS = ",;\t|"
_NAMES = {
    "job": "job jobname name jobstreamjob workload",
    "start": "start starttime startdate started begin laststart actualstart starttimestamp",
    "end": "end endtime enddate ended finish finished lastend actualend endtimestamp",
    "status": "status state st outcome result",
    "code": "code exitcode exit rc returncode",
}
_MEANING = {word: name for name, words in _NAMES.items() for word in words.split()}


def _header(text: str) -> tuple[str, dict[str, int]] | None:
    """The sign between columns and the places of the known ones; None if it is no such table."""
    line = text.lstrip("\n").partition("\n")[0]
    for sign in _SIGNS:
        cells = next(csv.reader([line], delimiter=sign), [])
        words = [re.sub(r"[^a-z]", "", cell.lower()) for cell in cells]
        found = {_MEANING[word]: n for n, word in reversed([*enumerate(words)]) if word in _MEANING}
        if {"job", "start"} <= found.keys():
            return sign, found
    return None


def _recognises(text: str) -> bool:
    try:
        return _header(text) is not None
    except csv.Error:
        return False


def _read(text: str, setting: ListingSetting) -> Listed:
    header = _header(text)
    assert header is not None
    sign, columns = header
    times = Times(text, setting)
    runs: list[JobRun] = []
    unread: list[tuple[int, str]] = []
    idle, planned = 0, True
    for number, line, cells in _rows(text, sign):
        row = {name: cells[n].strip() for name, n in columns.items() if n < len(cells)}
        planned = planned and not any(row.get(name) for name in ("end", "status", "code"))
        if row.get("job") and row.get("start") == "":
            idle += 1
            continue
        run = _run(row, times)
        if run is None:
            unread.append((number, line))
        else:
            runs.append(run)
    extent = Extent.FORECAST if planned and runs else Extent.ALL
    return Listed(extent, tuple(runs), idle, tuple(unread))


def _rows(text: str, sign: str) -> Iterator[tuple[int, str, list[str]]]:
    """Each row behind the header with its number; a quoted cell ends with its line."""
    seen_header = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if seen_header:
            try:
                cells = next(csv.reader([line], delimiter=sign), [])
            except csv.Error:
                cells = []
            yield number, line, cells
        seen_header = True


def _run(row: dict[str, str], times: Times) -> JobRun | None:
    start = times.moment(row.get("start", ""))
    if not row.get("job") or start is None:
        return None
    end: datetime | None = None
    if row.get("end"):
        end = times.moment(row["end"], start)
        if end is None or end < start:
            return None
    word, code = row.get("status", ""), row.get("code", "")
    if code and not re.fullmatch(r"-?\d{1,9}", code, re.ASCII):
        return None
    if is_running(word):
        end = None
    state = state_of(word) if end is not None else None
    return JobRun(row["job"], 1, start, end, state, int(code) if code and end else None)


TABLE = ListingFormat(
    title="table",
    layout="a header line with the columns `job` and `start`, and if known `end`, `status` and "
    "`exit code`, in any order, between `,`, `;`, `|` or tabs; times as `2026-11-02T22:15:00`, "
    "with or without a zone such as `Z` or `+01:00`. Without ends and statuses it is a forecast",
    evidence="defined here",
    recognises=_recognises,
    read=_read,
)
