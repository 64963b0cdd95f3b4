"""A letter for each reader with overdue books: letters.py WORK BRANCH."""

import sys
from collections import Counter
from pathlib import Path

work, branch = Path(sys.argv[1]), sys.argv[2]
lines = (work / "out" / "overdue.csv").read_text(encoding="utf-8").splitlines()
readers = Counter(line.split(",")[1] for line in lines)
text = "".join(f"Reader {r}: {n} overdue at {branch}\n" for r, n in sorted(readers.items()))
(work / "out" / "letters.txt").write_text(text, encoding="utf-8")
print(f"{len(readers)} letters")
