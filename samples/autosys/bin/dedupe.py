"""Keep the first line of every key. Exit code 4: there were repeated lines."""

import argparse
import sys

from retail import Row, read_rows, write_rows


def main() -> int:
    """Read the command line, write the file, tell by the exit code what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--key", required=True)
    parser.add_argument("--source", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    rows = read_rows(args.source)
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row[args.key], row)
    kept = write_rows(args.out, list(rows[0]), first.values())
    print(f"{len(rows)} lines read, {kept} kept, {len(rows) - kept} repeated")
    return 4 if kept < len(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
