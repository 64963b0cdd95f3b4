"""Restate the net sales of the day in euros, at a fixed rate."""

import argparse
from decimal import ROUND_HALF_UP, Decimal

from retail import read_rows, write_rows


def main() -> None:
    """Read the command line, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", required=True)
    parser.add_argument("--rate", type=Decimal, default=Decimal("1.15"))
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    rows = []
    for order in read_rows(args.orders):
        cents = (int(order["net_p"]) * args.rate).quantize(Decimal(1), ROUND_HALF_UP)
        rows.append({"order_id": order["order_id"], "net_eur_c": cents})
    write_rows(args.out, ["order_id", "net_eur_c"], rows)


if __name__ == "__main__":
    main()
