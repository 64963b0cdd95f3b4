"""The loans that are overdue; ends with 3 where there are some: check.py DAY WORK."""

import sys
from pathlib import Path

day, work = sys.argv[1], Path(sys.argv[2])
lines = (work / "out" / "loans.csv").read_text(encoding="utf-8").splitlines()
overdue = [line for line in lines if line.rpartition(",")[2] < day]
(work / "out" / "overdue.csv").write_text("".join(f"{o}\n" for o in overdue), encoding="utf-8")
print(f"{len(overdue)} of {len(lines)} loans are overdue")
sys.exit(3 if overdue else 0)
