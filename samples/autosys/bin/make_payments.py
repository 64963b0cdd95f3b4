"""Write the bank's payment file for the priced orders: some unpaid, some underpaid."""

import argparse

from retail import read_rows, seeded, write_rows


def main() -> None:
    """Read the command line, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True)
    parser.add_argument("--orders", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    rng = seeded(args.date, "payments")
    rows = []
    for order in read_rows(args.orders):
        chance, paid = rng.random(), int(order["gross_p"])
        if chance < 0.02:
            continue
        if chance < 0.04:
            paid -= rng.randint(1, 50)
        rows.append({"order_id": order["order_id"], "paid_p": paid})
    rng.shuffle(rows)
    written = write_rows(args.out, ["order_id", "paid_p"], rows)
    print(f"{args.date}: {written} payments")


if __name__ == "__main__":
    main()
