"""List what to buy: full packs, for every article at or below its reorder point."""

import argparse

from retail import read_rows, write_rows

COLUMNS = ["sku", "supplier", "closing", "reorder_at", "packs", "units", "cost_p"]


def main() -> None:
    """Read the command line, write the list to the standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", required=True)
    parser.add_argument("--stock", required=True)
    parser.add_argument("--cover", type=int, default=2, help="times the reorder point")
    args = parser.parse_args()

    products = {row["sku"]: row for row in read_rows(args.products)}
    rows = []
    for stock in read_rows(args.stock):
        product = products[stock["sku"]]
        free = int(stock["closing"]) - int(stock["back_order"])
        reorder_at, pack = int(product["reorder_at"]), int(product["pack"])
        if free > reorder_at:
            continue
        packs = -(-(args.cover * reorder_at - free) // pack)
        rows.append(
            {
                **stock,
                "reorder_at": reorder_at,
                "packs": packs,
                "units": packs * pack,
                "cost_p": packs * pack * int(product["cost_p"]),
            }
        )
    write_rows("-", COLUMNS, rows)


if __name__ == "__main__":
    main()
