"""Probes: short DAG files that condor_dagman accepts or refuses.

`python -m tests.dagman.probes COMMAND FOLDER` records the answers again. COMMAND is called with a
folder below FOLDER and `main.dag`. It starts `condor_dagman -DryRun` there, with the log in
`main.dag.dagman.out`. The answers in probes.txt come from HTCondor 23.9.6.

Each line of that file is `+` if the engine accepts the probe, otherwise `-`, and the escaped probe,
in which `|` separates lines. The lines follow `JOB A` and `JOB B`; a probe that begins with `=` is
the whole file. FILES are beside each probe.
"""

import argparse
import shlex
import subprocess
from pathlib import Path

LIST = Path(__file__).with_name("probes.txt")

FILES = {
    "inner.dag": "JOB N job.sub\nJOB O job.sub\nPARENT N CHILD O\n",
    "pins_out.dag": "JOB N job.sub\nPIN_OUT N 1\n",
    "pins_in.dag": "JOB N job.sub\nPIN_IN N 1\n",
    "pins_two.dag": "JOB N job.sub\nPIN_IN N 2\n",
    "pins_loose.dag": "JOB N job.sub\nJOB O job.sub\nPIN_IN N 1\n",
    "final.dag": "JOB N job.sub\nFINAL F job.sub\n",
    "service.dag": "JOB N job.sub\nSERVICE F job.sub\n",
    "provisioner.dag": "JOB N job.sub\nPROVISIONER F job.sub\n",
    "reject.dag": "JOB N job.sub\nREJECT\n",
    "wrong.dag": "JOB N job.sub\nNONSENSE\n",
    "empty.dag": "# nothing\n",
    "cycle.dag": "JOB N job.sub\nJOB O job.sub\nPARENT N CHILD O\nPARENT O CHILD N\n",
    "done.dag": "JOB N job.sub DONE\n",
    "more.inc": "JOB M job.sub\nRETRY M 1\n",
    "again.inc": "JOB A job.sub\n",
    "wrong.inc": "NONSENSE\n",
    "about.inc": "RETRY A 1\n",
    "folder/inner.dag": "JOB N job.sub\n",
    "job.sub": "executable = /bin/true\nqueue\n",
}
_FATAL = ("REJECT specification", "fatal error because of DAGMAN_USE_STRICT")


def probes() -> dict[str, bool]:
    """The probes, and whether the engine accepts them."""
    found = {}
    for line in LIST.read_text(encoding="ascii").splitlines():
        mark, probe = line[0], line[2:]
        found[probe.encode("ascii").decode("unicode_escape")] = mark == "+"
    return found


def prepare(folder: Path, probe: str) -> None:
    """Write the files of a probe."""
    before = "" if probe.startswith("=") else "JOB A job.sub\nJOB B job.sub\n"
    text = f"{before}{probe.removeprefix('=').replace('|', chr(10))}\n"
    for name, content in {**FILES, "main.dag": text}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")


def main() -> None:
    """Pass each probe to the engine and write probes.txt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    lines = []
    for number, probe in enumerate(probes()):
        folder = options.folder / str(number)
        prepare(folder, probe)
        command = [*shlex.split(options.command), str(folder), "main.dag"]
        subprocess.run(command, check=False, capture_output=True)
        log = (folder / "main.dag.dagman.out").read_text(encoding="utf-8", errors="replace")
        taken = "Dag contains" in log and not any(words in log for words in _FATAL)
        lines.append(f"{'+' if taken else '-'} {probe.encode('unicode_escape').decode()}\n")
    LIST.write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
