"""Write the order lines of one channel; the web feed repeats a few of its lines."""

import argparse

from retail import SKUS, STORES, seeded, write_rows

COLUMNS = ["order_id", "channel", "store", "sku", "qty"]


def main() -> None:
    """Read the command line, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True)
    parser.add_argument("--channel", choices=["web", "store"], required=True)
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--replays", type=int, default=0, help="lines sent twice")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    rng = seeded(args.date, f"orders-{args.channel}")
    prefix = f"{args.channel[0].upper()}{args.date.replace('-', '')}"
    rows = []
    for number in range(1, args.lines + 1):
        rows.append(
            {
                "order_id": f"{prefix}-{number:04d}",
                "channel": args.channel,
                "store": "WEB" if args.channel == "web" else rng.choice(STORES),
                "sku": rng.choice(SKUS),
                "qty": rng.choice([1, 1, 1, 2, 2, 3, 5]),
            }
        )
    rows += rng.sample(rows, args.replays)
    rng.shuffle(rows)  # a feed comes in no particular order
    print(f"{args.date} {args.channel}: {write_rows(args.out, COLUMNS, rows)} lines")


if __name__ == "__main__":
    main()
