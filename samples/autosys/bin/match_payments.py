"""Match payments with orders. Exit codes: 0 all paid, 1 too many are open, 3 some are."""

import argparse
import sys

from retail import pounds, read_rows, write_rows

COLUMNS = ["order_id", "gross_p", "paid_p", "open_p", "status"]


def main() -> int:
    """Read the command line, write the matched file, choose the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", required=True)
    parser.add_argument("--payments", required=True)
    parser.add_argument("--max-open", type=int, default=10, help="per cent of orders")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    payments = {row["order_id"]: int(row["paid_p"]) for row in read_rows(args.payments)}
    rows, unsettled = [], []
    for order in read_rows(args.orders):
        gross, paid = int(order["gross_p"]), payments.get(order["order_id"], 0)
        status = "PAID" if paid == gross else "SHORT" if paid else "UNPAID"
        values = [order["order_id"], gross, paid, gross - paid, status]
        rows.append(dict(zip(COLUMNS, values, strict=True)))
        if status != "PAID":
            unsettled.append(gross - paid)
    write_rows(args.out, COLUMNS, rows)
    amount = pounds(sum(unsettled))
    print(f"{len(rows)} orders, {len(unsettled)} not fully paid, {amount} open")
    if len(unsettled) * 100 > len(rows) * args.max_open:
        return 1
    return 3 if unsettled else 0


if __name__ == "__main__":
    sys.exit(main())
