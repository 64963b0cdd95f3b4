"""Record what the real engine does in each case: `python -m tests.dagman.record COMMAND FOLDER`.

COMMAND is called with a folder below FOLDER and `main.dag`. It runs that DAG to its end with
condor_dagman, for example by `condor_submit_dag` and `condor_wait` in any pool. Jobs and scripts
add their names to `ran.txt`. recorded.json comes from HTCondor 23.9.6.
"""

import argparse
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.dagman.case import SCRIPT, SUBMITS, Table
from tests.dagman.cases import CASES
from tests.dagman.generated import RANDOM

RECORDED = Path(__file__).with_name("recorded.json")
STATUS = {3: "SUBMITTED", 5: "DONE", 6: "ERROR", 7: "FUTILE"}


def prepare(folder: Path, files: dict[str, str], table: Table) -> None:
    """Write the files of one run."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    lines = [f"{name.rpartition('/')[2]}={' '.join(map(str, c))}\n" for name, c in table.items()]
    every = {**SUBMITS, "job.sh": SCRIPT, "table.txt": "".join(lines), **files}
    every["main.dag"] += "NODE_STATUS_FILE status.txt 1 ALWAYS-UPDATE\n"
    for name, text in every.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "job.sh").chmod(0o755)
    (folder / "ran.txt").touch()


def result(folder: Path) -> dict[str, Any]:
    """The result of one run: node states, exit status, and what ran, in order."""
    log = (folder / "main.dag.dagman.out").read_text(encoding="utf-8", errors="replace")
    exits = re.findall(r"EXITING WITH STATUS (-?\d+)", log)
    status = folder / "status.txt"
    text = status.read_text(encoding="utf-8") if status.exists() else ""
    found = re.findall(r'Node = "([^"]+)";\s*NodeStatus = (\d+)', text)
    arguments = folder / "arguments.txt"
    return {
        "exit": int(exits[-1]) if exits else None,
        "nodes": {name: STATUS.get(int(number), "NOT RUN") for name, number in found},
        "ran": (folder / "ran.txt").read_text(encoding="utf-8").splitlines(),
        "arguments": (
            arguments.read_text(encoding="utf-8").splitlines() if arguments.exists() else []
        ),
    }


def main() -> None:
    """Run each table of each case and write recorded.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    recorded: dict[str, list[Any]] = {}
    for name, (files, tables) in {**CASES, **RANDOM}.items():
        recorded[name] = []
        for number, table in enumerate(tables):
            folder = options.folder / f"{name}-{number}".replace(" ", "-")
            prepare(folder, files, table)
            command = [*shlex.split(options.command), str(folder), "main.dag"]
            subprocess.run(command, check=False, capture_output=True)
            recorded[name].append(result(folder))
    rows = (
        f"{json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(row)}" for row in rows) + "\n]"
        for name, rows in recorded.items()
    )
    RECORDED.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
