"""Add the columns of a reference file to every line of a file, by a common key."""

import argparse
import sys

from retail import read_rows, write_rows


def main() -> int:
    """Read the command line, write the file; exit code 1 if a key is unknown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", required=True)
    parser.add_argument("--reference", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    rows = read_rows(args.source)
    reference = {row[args.key]: row for row in read_rows(args.reference)}
    unknown = sorted({row[args.key] for row in rows} - set(reference))
    if unknown:
        print(f"unknown {args.key}: {' '.join(unknown)}", file=sys.stderr)
        return 1
    joined = [{**row, **reference[row[args.key]]} for row in rows]
    print(f"{write_rows(args.out, list(joined[0]), joined)} lines joined")
    return 0


if __name__ == "__main__":
    sys.exit(main())
