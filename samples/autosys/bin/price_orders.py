"""Put prices and VAT on the order lines (prices are net, in pence)."""

import argparse
from decimal import ROUND_HALF_UP, Decimal

from retail import pounds, read_rows, write_rows

COLUMNS = ["order_id", "channel", "store", "sku", "category", "qty"]
AMOUNTS = ["net_p", "vat_p", "gross_p"]


def main() -> None:
    """Read the command line, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", required=True)
    parser.add_argument("--vat", type=Decimal, required=True, help="such as 0.20")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    rows, total = [], 0
    for row in read_rows(args.orders):
        net = int(row["qty"]) * int(row["price_p"])
        vat = int((net * args.vat).quantize(Decimal(1), ROUND_HALF_UP))
        total += net + vat
        rows.append({**row, "net_p": net, "vat_p": vat, "gross_p": net + vat})
    write_rows(args.out, COLUMNS + AMOUNTS, rows)
    print(f"{len(rows)} lines priced at {args.vat} VAT, gross {pounds(total)}")


if __name__ == "__main__":
    main()
