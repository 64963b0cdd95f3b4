"""A list of shelves to look at: shelves.py WORK."""

import sys
from pathlib import Path

folder = Path(sys.argv[1]) / "shelves"
folder.mkdir(parents=True, exist_ok=True)
(folder / "list.txt").write_text("".join(f"shelf {n}\n" for n in range(1, 13)), encoding="utf-8")
print("12 shelves")
