"""Sums up the readings: summary.py day|month WORK."""

import sys
from pathlib import Path

what, work = sys.argv[1], Path(sys.argv[2])
source = work / "readings.txt"
lines = source.read_text(encoding="utf-8").split("\n") if source.exists() else []
winds = [int(line.split()[2]) for line in lines if line]
text = f"{what}: {len(winds)} readings, strongest wind {max(winds, default=0)}\n"
work.mkdir(parents=True, exist_ok=True)
(work / f"{what}.txt").write_text(text, encoding="utf-8")
print(text, end="")
