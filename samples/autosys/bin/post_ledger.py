"""Write the day's postings: sales, VAT, cash and open items, cost of sales."""

import argparse
from collections.abc import Iterable

from retail import Row, read_rows, write_rows

COLUMNS = ["date", "account", "text", "debit_p", "credit_p"]


def total(rows: Iterable[Row], column: str) -> int:
    """The sum of a column."""
    return sum(int(row[column]) for row in rows)


def main() -> None:
    """Read the command line, write the postings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True)
    parser.add_argument("--orders", required=True)
    parser.add_argument("--payments", required=True)
    parser.add_argument("--stock", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    orders, payments = read_rows(args.orders), read_rows(args.payments)
    cost = total(read_rows(args.stock), "sold_cost_p")
    postings = [
        ("1000", "card and bank receipts", total(payments, "paid_p"), 0),
        ("1100", "open customer items", total(payments, "open_p"), 0),
        ("4000", "sales", 0, total(orders, "net_p")),
        ("2200", "VAT payable", 0, total(orders, "vat_p")),
        ("5000", "cost of sales", cost, 0),
        ("1300", "stock", 0, cost),
    ]
    rows = [dict(zip(COLUMNS, (args.date, *posting), strict=True)) for posting in postings]
    print(f"{args.date}: {write_rows(args.out, COLUMNS, rows)} postings")


if __name__ == "__main__":
    main()
