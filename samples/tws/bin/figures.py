"""The figures for the morning: figures.py WORK."""

import sys
from collections import Counter
from pathlib import Path

work = Path(sys.argv[1])
loans = (work / "out" / "loans.csv").read_text(encoding="utf-8").splitlines()
desks = Counter(loan[0] for loan in loans)
lines = [f"loans {len(loans)}", *(f"desk {desk} {count}" for desk, count in sorted(desks.items()))]
(work / "out" / "figures.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
