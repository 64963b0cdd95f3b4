"""A DAG of any size, to measure with."""

from pathlib import Path

_SUBMIT = """\
executable = /bin/echo
arguments = $(number) $(name)
output = out.$(name)
request_memory = 512
queue
"""


def write_dag(folder: Path, nodes: int) -> Path:
    """A tree of that many nodes with variables and retries, and its submit description."""
    folder.mkdir(parents=True)
    lines = []
    for number in range(nodes):
        lines.append(f"JOB N{number} job.sub")
        lines.append(f'VARS N{number} number="{number}" name="n{number}"')
        if number:
            lines.append(f"PARENT N{(number - 1) // 2} CHILD N{number}")
        if number % 7 == 0:
            lines.append(f"RETRY N{number} 2")
    (folder / "tree.dag").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "job.sub").write_text(_SUBMIT, encoding="utf-8")
    return folder
