"""Take the day's sales from the counted stock; what is missing becomes a back order."""

import argparse

from retail import read_rows, write_rows

COLUMNS = ["sku", "supplier", "opening", "sold", "closing", "back_order", "sold_cost_p"]


def main() -> None:
    """Read the command line, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", required=True)
    parser.add_argument("--count", required=True)
    parser.add_argument("--sales", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    opening = {row["sku"]: int(row["on_hand"]) for row in read_rows(args.count)}
    wanted = {row["sku"]: int(row["qty"]) for row in read_rows(args.sales)}
    rows, units = [], 0
    for product in read_rows(args.products):
        sku = product["sku"]
        sold = min(opening[sku], wanted.get(sku, 0))
        units += sold
        rows.append(
            {
                "sku": sku,
                "supplier": product["supplier"],
                "opening": opening[sku],
                "sold": sold,
                "closing": opening[sku] - sold,
                "back_order": wanted.get(sku, 0) - sold,
                "sold_cost_p": sold * int(product["cost_p"]),
            }
        )
    write_rows(args.out, COLUMNS, rows)
    print(f"{units} units taken from the stock of {len(rows)} articles")


if __name__ == "__main__":
    main()
