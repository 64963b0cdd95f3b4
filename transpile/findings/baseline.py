"""Baselines: known findings, which are accepted so that only new ones count."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import current
from transpile.findings.policy import Fingerprint, fingerprint_of
from transpile.sources.printable import to_json

_VERSION = 1
_KEYS = ("code", "file", "job", "message")


def baseline_text(findings: Iterable[Diagnostic]) -> str:
    """The text of a baseline: one line per fingerprint, with the number of its findings."""
    counted = Counter(map(fingerprint_of, findings))
    rows = [
        "  " + to_json(dict(zip(_KEYS, key, strict=True)) | {"count": n})
        for key, n in sorted(counted.items())
    ]
    body = "[\n" + ",\n".join(rows) + "\n]" if rows else "[]"
    return f'{{\n"version": {_VERSION},\n"findings": {body}\n}}\n'


def read_baseline(path: Path) -> dict[Fingerprint, int]:
    """The number of findings per fingerprint.

    Raises OSError, or ValueError if the file is not a baseline.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != _VERSION:
            raise ValueError(f"version {data['version']!r} is not known")
        counted: dict[Fingerprint, int] = {}
        for row in data["findings"]:
            code, file, job, message = (str(row[key]) for key in _KEYS)
            counted[current(code), file, job, message] = int(row["count"])
        return counted
    except (KeyError, TypeError) as error:
        raise ValueError("it is not a baseline") from error
