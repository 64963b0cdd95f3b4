"""Write the supplier deliveries of the seven days up to a date."""

import argparse
from datetime import date, timedelta

from retail import SUPPLIERS, seeded, write_rows

COLUMNS = ["day", "supplier", "ordered", "delivered", "late_days"]


def main() -> None:
    """Read the command line, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", type=date.fromisoformat, required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    rng = seeded(str(args.date), "deliveries")
    rows = []
    for back in range(6, -1, -1):
        for supplier in SUPPLIERS:
            ordered, day = rng.randint(40, 120), args.date - timedelta(days=back)
            delivered = ordered - rng.choice([0, 0, 0, 4, 9])
            late = rng.choice([0, 0, 0, 1, 2])
            values = [day, supplier, ordered, delivered, late]
            rows.append(dict(zip(COLUMNS, values, strict=True)))
    print(f"{args.date}: {write_rows(args.out, COLUMNS, rows)} deliveries")


if __name__ == "__main__":
    main()
