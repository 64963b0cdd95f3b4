"""Parts of test cases: DAG files, and tables of exit codes for each of their runs.

Every job and script is `job.sh NAME JOB|PRE|POST ...`. It exits as the table of its run says: the
row `NAME`, `NAME PRE` or `NAME POST` holds the exit codes of the attempts; the last one repeats.
"""

from typing import NamedTuple

Table = dict[str, tuple[int | str, ...]]

SUBMIT = """\
universe = scheduler
executable = job.sh
arguments = $(JOB) JOB $(x)
output = out.$(JOB)
error = err.$(JOB)
log = nodes.log
notification = never
queue
"""

TOLD = """\
universe = scheduler
executable = job.sh
if defined x
more = x is
else
more = x is not
endif
y = $(y)y
arguments = $(JOB) JOB $(x:none) $(y) $(z:zz) $(more) $(RETRY)
environment = "E1='a b' E2=$(JOB)"
log = nodes.log
queue
"""

FILES = """\
universe = scheduler
executable = job.sh
p = dir/sub/a.tar.gz
q = plain
arguments = A JOB $Fp(p) $Fd(p) $Fn(p) $Fx(p) $Fnx(p) $Fpn(p) $Fdn(p) $Fdb(p) $F(p) $Fn(q) $Fnx(q)
queue
"""

SUBMITS = {"job.sub": SUBMIT, "told.sub": TOLD}

SCRIPT = """\
#!/bin/bash
# NAME JOB|PRE|POST ...: notes that it ran, and ends as table.txt says.
key=$1; [ "$2" = JOB ] || key="$1 $2"
count=$(grep -cxF "$key" ran.txt 2>/dev/null)
echo "$key" >> ran.txt
echo "$*" >> arguments.txt
codes=$(grep "^$key=" table.txt | head -1)
codes=(${codes#*=})
[ ${#codes[@]} -eq 0 ] && exit 0
[ "$count" -ge ${#codes[@]} ] && count=$((${#codes[@]} - 1))
code=${codes[$count]}
[ "$code" = killed ] && kill -9 $$
exit "$code"
"""


class Case(NamedTuple):
    """The files of a DAG, with `main.dag` as the one that runs, and a table for each run."""

    files: dict[str, str]
    tables: tuple[Table, ...]


def jobs(names: str) -> str:
    """JOB commands for these nodes."""
    return "".join(f"JOB {name} job.sub\n" for name in names.split())


def case(dag: str, *tables: Table, **others: str) -> Case:
    """A case; `others` are further files, with `_` for the dot in their names."""
    files = {name.replace("_", "."): text for name, text in others.items()}
    return Case({"main.dag": dag, **files}, tables or ({},))


DIAMOND = jobs("A B C D") + "PARENT A CHILD B C\nPARENT B C CHILD D\n"
CHAIN = jobs("A B C") + "PARENT A CHILD B\nPARENT B CHILD C\n"
