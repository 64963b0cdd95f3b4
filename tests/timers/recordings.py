"""Recordings: a file of JSON lines, and what is kept of a list of moments."""

import gzip
import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
CRON, CRONIE, SYSTEMD = (HERE / f"{name}.jsonl.gz" for name in ("cron", "cronie", "systemd"))
FILES, PLANS = (HERE / f"{name}.jsonl.gz" for name in ("files", "plans"))

_MINUTE = timedelta(minutes=1)
_SHOWN = 4


class Starts(NamedTuple):
    """Starts from a day (UTC) on: how many, the first ones, and a digest of all.

    The starts are minutes since `begin`.
    """

    zone: str
    begin: str
    days: int
    count: int
    first: list[int]
    digest: str

    @property
    def period(self) -> tuple[datetime, datetime]:
        begin = datetime.fromisoformat(self.begin).replace(tzinfo=timezone.utc)
        return begin, begin + timedelta(days=self.days)


def kept(zone: str, begin: str, days: int, minutes: Sequence[int]) -> Starts:
    """What is kept of starts, in minutes since the first day."""
    digest = sha256(",".join(map(str, minutes)).encode()).hexdigest()[:10]
    return Starts(zone, begin, days, len(minutes), list(minutes[:_SHOWN]), digest)


def kept_moments(like: Starts, moments: Iterable[datetime]) -> Starts:
    """What is kept of moments in the same period."""
    begin, _ = like.period
    minutes = [(moment - begin) // _MINUTE for moment in moments]
    return kept(like.zone, like.begin, like.days, minutes)


def write(path: Path, rows: Iterable[Any]) -> None:
    """Write a row a line, the same file for the same rows."""
    text = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def read(path: Path) -> list[Any]:
    """The rows of a file."""
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def sample(rows: Sequence[Any], count: int) -> list[Any]:
    """So many rows, evenly spread."""
    return [rows[place * len(rows) // count] for place in range(min(count, len(rows)))]
