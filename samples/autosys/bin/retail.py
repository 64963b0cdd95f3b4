"""What the estate's programs share: the catalogue, the stores and CSV reading and writing."""

import csv
import random
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TextIO

Row = dict[str, str]

STORES = ["S01", "S02", "S03", "S04", "S05", "S06"]
SUPPLIERS = ["NORTHGATE", "HARBOUR"]
CATEGORIES = ["BEDDING", "GARDEN", "KITCHEN", "LIGHTING"]
SKUS = [f"{name[:3]}-{number:03d}" for name in CATEGORIES for number in range(1, 11)]


def seeded(date: str, purpose: str) -> random.Random:
    """A random source that depends on the business date and the purpose only."""
    return random.Random(f"{date}/{purpose}")


def read_rows(path: str) -> list[Row]:
    """The rows of a CSV file with a header line; `-` is the standard input."""
    if path == "-":
        return list(csv.DictReader(sys.stdin))
    with open(path, newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))


def write_rows(path: str, columns: list[str], rows: Iterable[Mapping[str, object]]) -> int:
    """Write the rows with a header line (`-` is the standard output); return their number."""
    if path == "-":
        return _write(sys.stdout, columns, rows)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as target:
        return _write(target, columns, rows)


def _write(target: TextIO, columns: list[str], rows: Iterable[Mapping[str, object]]) -> int:
    """Write to an open file."""
    writer = csv.DictWriter(target, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count


def pounds(pence: int) -> str:
    """An amount in pence as text: 123456 -> 1,234.56."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
