"""Records which crontabs cron reads: python -m tests.timers.record_files CRON CRONIE

The arguments are the recorders of Debian's cron and of cronie. files.jsonl.gz has a row a file:
whether its lines name users, text, and the number of lines that each cron takes, or None if it
ignores the file.
"""

import subprocess
import sys
from collections.abc import Sequence
from random import Random

from tests.timers.crontab_files import File, files
from tests.timers.recordings import FILES, write

COUNT = 2_000


def taken(binary: str, found: Sequence[File]) -> list[int | None]:
    """The number of lines that cron takes of each file; None if it ignores the file."""
    told = [f"CASE UTC 0 60 {len(found)}\n"]
    told += [f"{int(one.is_system)} {len(one.text.encode())}\n{one.text}" for one in found]
    text = "".join([*told, "\n"]).encode()
    done = subprocess.run([binary], input=text, capture_output=True, check=True)
    lines = [line.split() for line in done.stdout.decode().splitlines()]
    return [int(words[1]) if words[0] == "ok" else None for words in lines]


def main() -> None:
    found = list(files(Random(23), COUNT))
    numbers = [taken(binary, found) for binary in sys.argv[1:]]
    write(FILES, [[*each] for each in zip(*zip(*found, strict=True), *numbers, strict=True)])


if __name__ == "__main__":
    main()
