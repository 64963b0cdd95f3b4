"""Put the results of the night on one page."""

import argparse
from pathlib import Path

from retail import pounds, read_rows


def main() -> None:
    """Read the command line, print the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True)
    parser.add_argument("--dir", type=Path, required=True, help="where the reports are")
    parser.add_argument("--title", default="NIGHTLY SUMMARY")
    args = parser.parse_args()

    def report(name: str) -> list[dict[str, str]]:
        return read_rows(str(args.dir / name))

    sales, stock = report("daily_sales.csv"), report("stock_after.csv")
    breaks, buying = report("count_breaks.csv"), report("reorder.csv")
    print(f"{args.title} {args.date}")
    print()
    for row in sales:
        amount = pounds(int(row["net_p"]))
        print(f"{row['category']:<12}{row['lines']:>5} lines{amount:>14}")
    print(f"{'NET SALES':<23}{pounds(sum(int(r['net_p']) for r in sales)):>14}")
    print()
    print("Stores by net sales: " + " ".join(r["store"] for r in report("stores.csv")))
    print("Best articles:       " + " ".join(r["sku"] for r in report("top_skus.csv")))
    print(f"Units sold:          {sum(int(r['sold']) for r in stock)}")
    print(f"Back orders:         {sum(int(r['back_order']) for r in stock)}")
    print(f"Count differences:   {len(breaks)}")
    cost = pounds(sum(int(r["cost_p"]) for r in buying))
    print(f"To buy:              {len(buying)} articles, {cost}")
    balance = (args.dir / "trial_balance.txt").read_text(encoding="utf-8")
    print(f"Ledger:              {balance.splitlines()[-1]}")


if __name__ == "__main__":
    main()
