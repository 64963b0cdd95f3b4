"""Check a CSV file: its columns, its number of lines, whole numbers above zero."""

import argparse
import sys

from retail import read_rows


def main() -> int:
    """Read the command line, print what is wrong; exit code 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--columns", required=True, help="expected, with commas")
    parser.add_argument("--positive", default="", help="columns of whole numbers")
    parser.add_argument("--min-lines", type=int, default=1)
    args = parser.parse_args()

    rows = read_rows(args.file)
    wrong = []
    if len(rows) < args.min_lines:
        wrong.append(f"{len(rows)} lines, expected at least {args.min_lines}")
    if rows and list(rows[0]) != args.columns.split(","):
        wrong.append(f"columns are {','.join(rows[0])}")
    for column in filter(None, args.positive.split(",")):
        for number, row in enumerate(rows, start=2):
            value = row.get(column) or ""
            if not value.isdigit() or int(value) == 0:
                wrong.append(f"line {number}: {column} is {value!r}")
    for message in wrong:
        print(f"{args.file}: {message}", file=sys.stderr)
    print(f"{args.file}: {len(rows)} lines, {len(wrong)} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
