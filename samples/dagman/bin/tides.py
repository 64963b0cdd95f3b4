#!/usr/bin/env python3
"""Tides of made-up gauges.

Exit codes: 0 good, 1 the line broke, 2 gaps were filled, 4 no such gauge.
"""

import argparse
import csv
import math
import os
import sys
from pathlib import Path

GAUGES = {"north": (310, 62, 0.4), "east": (280, 95, 1.9), "south": (335, 41, 2.7)}
"""Mean level in cm, half the range in cm, and the phase of the tide."""
MOON = 12.42
"""Hours from one high water to the next."""


def fetch(gauge: str, days: int, attempt: int, out: Path) -> int:
    """Write one level an hour; some hours are missing."""
    if gauge not in GAUGES:
        return 4
    if gauge == "east" and attempt == 0:
        print("east: the line broke", file=sys.stderr)
        return 1
    mean, half, phase = GAUGES[gauge]
    with out.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["hour", "level"])
        for hour in range(24 * days):
            if gauge != "south" and hour % 97 == 41:
                rows.writerow([hour, ""])
                continue
            wind = 7 * math.sin(hour / 31) + 3 * math.sin(hour * 1.7)
            level = mean + half * math.cos(2 * math.pi * hour / MOON - phase) + wind
            rows.writerow([hour, f"{level:.1f}"])
    return 0


def clean(source: Path, target: Path) -> int:
    """Fill each gap with the level before it."""
    filled, last = 0, "0"
    with source.open() as given, target.open("w", newline="") as file:
        rows = csv.writer(file)
        for hour, level in csv.reader(given):
            filled += not level
            last = level or last
            rows.writerow([hour, last])
    print(f"{filled} gaps filled")
    return 2 if filled else 0


def fit(source: Path, hours: float) -> int:
    """Print mean and half range of the tide of that period."""
    with source.open() as file:
        levels = [(int(row["hour"]), float(row["level"])) for row in csv.DictReader(file)]
    mean = sum(level for _, level in levels) / len(levels)
    angle = 2 * math.pi / hours
    cosine = sum((level - mean) * math.cos(angle * hour) for hour, level in levels)
    sine = sum((level - mean) * math.sin(angle * hour) for hour, level in levels)
    half = 2 * math.hypot(cosine, sine) / len(levels)
    print(source.name.partition(".")[0], f"{mean:.1f} {half:.1f}")
    return 0


def compare(paths: list[Path]) -> int:
    """Print the gauges, the largest tide first."""
    fits = [path.read_text().split() for path in paths]
    print(f"gauge   mean  range  ({os.environ.get('UNIT', 'cm')})")
    for name, mean, half in sorted(fits, key=lambda found: -float(found[2])):
        print(f"{name:<6}{float(mean):7.1f}{2 * float(half):7.1f}")
    return 0


def report(status: str, work: Path) -> int:
    """Print what there is."""
    print("TIDES OF A MONTH" + ("" if status == "0" else f" - INCOMPLETE (status {status})"))
    compared = work / "compared.txt"
    print(compared.read_text() if compared.exists() else "nothing to compare", end="\n")
    return 0


def main() -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("fetch")
    one.add_argument("--gauge", required=True)
    one.add_argument("--days", type=int, default=29)
    one.add_argument("--attempt", type=int, default=0)
    one.add_argument("--out", type=Path, required=True)
    one = commands.add_parser("clean")
    one.add_argument("source", type=Path)
    one.add_argument("target", type=Path)
    one = commands.add_parser("fit")
    one.add_argument("--hours", type=float, default=MOON)
    one.add_argument("source", type=Path)
    one = commands.add_parser("compare")
    one.add_argument("paths", type=Path, nargs="+")
    one = commands.add_parser("report")
    one.add_argument("--status", required=True)
    one.add_argument("work", type=Path)
    options = vars(parser.parse_args())
    functions = {"fetch": fetch, "clean": clean, "fit": fit, "compare": compare, "report": report}
    return functions[options.pop("command")](**options)


if __name__ == "__main__":
    sys.exit(main())
