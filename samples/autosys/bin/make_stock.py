"""Write stock by article: the book figures, or the count that the warehouse sends."""

import argparse

from retail import SKUS, seeded, write_rows


def main() -> None:
    """Read the command line, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["book", "count"])
    parser.add_argument("--date", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    stock, slips = seeded(args.date, "stock"), seeded(args.date, "slips")
    rows = []
    for sku in SKUS:
        on_hand = stock.randint(20, 90)
        if args.kind == "count" and slips.random() < 0.15:
            on_hand += slips.choice([-2, -1, 1])
        rows.append({"sku": sku, "on_hand": on_hand})
    written = write_rows(args.out, ["sku", "on_hand"], rows)
    print(f"{args.date} {args.kind}: {written} articles")


if __name__ == "__main__":
    main()
