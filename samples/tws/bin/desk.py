"""The loans of one desk and day, made up but the same in every run: desk.py DESK DAY WORK."""

import datetime
import random
import sys
from pathlib import Path

desk, day, work = sys.argv[1], datetime.date.fromisoformat(sys.argv[2]), Path(sys.argv[3])
if (work / "in" / f"{desk}.lock").exists():
    sys.exit(f"the {desk} desk is locked")
rnd = random.Random(f"{desk} {day}")
lines = []
for number in range(40):
    due = day + datetime.timedelta(days=rnd.randrange(-9, 21))
    lines.append(f"{desk[0].upper()}{number:03},{rnd.randrange(1000, 9999)},{due}")
lines.append(lines[7])
(work / "in" / f"{desk}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
print(f"{desk}: {len(lines)} loans")
