"""Writes the bulletin: the text of its standard input, and the summary: bulletin.py WORK."""

import sys
from pathlib import Path

work = Path(sys.argv[1])
summary = work / "day.txt"
told = summary.read_text(encoding="utf-8") if summary.exists() else "no summary yet\n"
work.mkdir(parents=True, exist_ok=True)
(work / "bulletin.txt").write_text(sys.stdin.read() + told, encoding="utf-8")
print(f"bulletin of {len(told.split())} words")
