"""Compare the book stock with the count.

Exit codes: 0 no difference, 2 differences within the tolerance, 3 beyond it.
The tolerance is in the environment: UNIT_TOLERANCE for each article and
MAX_BREAKS for the number of articles that differ.
"""

import argparse
import os
import sys

from retail import read_rows, write_rows

COLUMNS = ["sku", "book", "counted", "difference"]


def main() -> int:
    """Read the command line, write the differences, choose the exit code."""
    parser = argparse.ArgumentParser(description="Compare the book stock with the count.")
    parser.add_argument("--book", required=True)
    parser.add_argument("--count", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    tolerance = int(os.environ.get("UNIT_TOLERANCE", "0"))
    max_breaks = int(os.environ.get("MAX_BREAKS", "0"))

    counted = {row["sku"]: int(row["on_hand"]) for row in read_rows(args.count)}
    breaks, worst = [], 0
    for row in read_rows(args.book):
        book, count = int(row["on_hand"]), counted.get(row["sku"], 0)
        if count != book:
            values = [row["sku"], book, count, count - book]
            breaks.append(dict(zip(COLUMNS, values, strict=True)))
            worst = max(worst, abs(count - book))
    write_rows(args.out, COLUMNS, breaks)
    print(f"{len(breaks)} articles differ, by {worst} at most")
    if not breaks:
        return 0
    return 2 if worst <= tolerance and len(breaks) <= max_breaks else 3


if __name__ == "__main__":
    sys.exit(main())
