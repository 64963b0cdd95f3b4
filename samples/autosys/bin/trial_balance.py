"""Read postings from the standard input, print the balances; exit 1 if out of balance."""

import sys

from retail import pounds, read_rows


def main() -> int:
    """Print one line for each account and the two totals."""
    debits = credits = 0
    for row in read_rows("-"):
        debit, credit = int(row["debit_p"]), int(row["credit_p"])
        debits, credits = debits + debit, credits + credit
        label = f"{row['account']} {row['text']}"
        print(f"{label:<32}{pounds(debit):>14}{pounds(credit):>14}")
    print(f"{'TOTAL':<32}{pounds(debits):>14}{pounds(credits):>14}")
    print("IN BALANCE" if debits == credits else "OUT OF BALANCE")
    return 0 if debits == credits else 1


if __name__ == "__main__":
    sys.exit(main())
