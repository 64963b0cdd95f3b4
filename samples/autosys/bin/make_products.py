"""Write the product master: one line for each article of the catalogue."""

import argparse

from retail import CATEGORIES, SKUS, SUPPLIERS, seeded, write_rows

COLUMNS = ["sku", "category", "supplier", "cost_p", "price_p", "reorder_at", "pack"]


def main() -> None:
    """Read the command line, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    rng = seeded("catalogue", "products")  # the catalogue is the same every night
    rows = []
    for position, sku in enumerate(SKUS):
        cost = rng.randrange(250, 6000, 50)
        rows.append(
            {
                "sku": sku,
                "category": CATEGORIES[position // 10],
                "supplier": SUPPLIERS[position % len(SUPPLIERS)],
                "cost_p": cost,
                "price_p": cost * rng.randint(150, 220) // 100,
                "reorder_at": rng.randint(10, 30),
                "pack": rng.choice([6, 12, 24]),
            }
        )
    print(f"{args.date}: {write_rows(args.out, COLUMNS, rows)} products")


if __name__ == "__main__":
    main()
