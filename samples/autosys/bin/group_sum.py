"""Group the lines of a CSV file and add up columns of whole numbers."""

import argparse
from collections import defaultdict

from retail import read_rows, write_rows


def main() -> None:
    """Read the command line, write one sorted line for each group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", nargs="?", default="-")
    parser.add_argument("--by", required=True, help="columns, with commas")
    parser.add_argument("--add", required=True, help="columns, with commas")
    parser.add_argument("--out", default="-")
    args = parser.parse_args()

    keys, sums = args.by.split(","), args.add.split(",")
    totals: dict[tuple[str, ...], dict[str, int]] = defaultdict(
        lambda: dict.fromkeys(["lines", *sums], 0)
    )
    for row in read_rows(args.source):
        total = totals[tuple(row[key] for key in keys)]
        total["lines"] += 1
        for column in sums:
            total[column] += int(row[column])
    groups = [{**dict(zip(keys, key, strict=True)), **totals[key]} for key in sorted(totals)]
    write_rows(args.out, [*keys, "lines", *sums], groups)


if __name__ == "__main__":
    main()
