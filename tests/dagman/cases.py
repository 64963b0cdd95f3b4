"""DAGs and tables of what happens in them: for each name its files, and the tables.

Every job and script is `job.sh NAME JOB|PRE|POST ...`, which ends as the table of its run says: the
exit codes of `NAME`, `NAME PRE` or `NAME POST`, attempt by attempt, and then the last one again.
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
    """The files of a DAG, `main.dag` the one that runs, and what happens in each of its runs."""

    files: dict[str, str]
    tables: tuple[Table, ...]


def jobs(names: str) -> str:
    """A JOB command for each of these nodes."""
    return "".join(f"JOB {name} job.sub\n" for name in names.split())


def case(dag: str, *tables: Table, **others: str) -> Case:
    """A case; `others` are files, with `_` for the dot of their names."""
    files = {name.replace("_", "."): text for name, text in others.items()}
    return Case({"main.dag": dag, **files}, tables or ({},))


DIAMOND = jobs("A B C D") + "PARENT A CHILD B C\nPARENT B C CHILD D\n"
CHAIN = jobs("A B C") + "PARENT A CHILD B\nPARENT B CHILD C\n"

CASES: dict[str, Case] = {
    # edges
    "single": case(jobs("A"), {}, {"A": (1,)}, {"A": ("killed",)}),
    "diamond": case(DIAMOND, {}, {"A": (1,)}, {"B": (2,)}, {"B": (1,), "C": (1,)}, {"D": (3,)}),
    "chain": case(CHAIN, {}, {"B": (1,)}, {"C": (1,)}),
    "apart": case(jobs("A B C"), {}, {"B": (1,)}, {"A": (1,), "C": (7,)}),
    "cross": case(
        jobs("A B C D E") + "PARENT A B CHILD C D E\n", {}, {"A": (1,)}, {"A": (1,), "B": (1,)}
    ),
    "edge_twice": case(jobs("A B") + "PARENT A CHILD B\nparent A child B\n", {}, {"A": (1,)}),
    "island": case(CHAIN + jobs("X Y") + "PARENT X CHILD Y\n", {"A": (1,)}, {"Y": (1,)}),
    "wide": case(
        jobs("A " + " ".join(f"W{n}" for n in range(12)) + " Z")
        + f"PARENT A CHILD {' '.join(f'W{n}' for n in range(12))}\n"
        + f"PARENT {' '.join(f'W{n}' for n in range(12))} CHILD Z\n",
        {},
        {"W7": (1,)},
    ),
    "order_free": case(
        "parent A child B\nretry A 1\nscript pre B job.sh B PRE\n" + jobs("A B"),
        {},
        {"A": (1, 0)},
        {"B PRE": (1,)},
    ),
    "spellings": case(
        "job A job.sub\nJob B job.sub\nJOB C job.sub\npArEnT A cHiLd B C\nABORT-dag-ON C 9\n"
        "abort-dag-on B 9 return 5\npre_Skip A 4\nScript Pre A job.sh A PRE\n"
        "Retry B 2 Unless-Exit 3\n",
        {},
        {"A PRE": (4,)},
        {"B": (1, 3)},
    ),
    "comments": case(
        "# one\n  # two\nJOB A \\\n   job.sub\n\n  JOB B job.sub  \nPARENT A \\\nCHILD \\\nB\n",
        {},
        {"A": (1,)},
    ),
    "names": case(
        jobs("job parent.1 retry-2 A_B 9") + "PARENT job CHILD parent.1\nPARENT 9 CHILD A_B\n",
        {"job": (1,)},
        {"9": (1,)},
    ),
    # retries
    "retry": case(CHAIN + "RETRY B 2\n", {}, {"B": (1, 0)}, {"B": (1, 1, 0)}, {"B": (1,)}),
    "retry_killed": case(CHAIN + "RETRY A 1\n", {"A": ("killed", 0)}, {"A": ("killed",)}),
    "unless": case(
        CHAIN + "RETRY A 4 UNLESS-EXIT 2\n", {"A": (1, 2)}, {"A": (2,)}, {"A": (1, 1, 0)}
    ),
    "retry_zero": case(CHAIN + "RETRY A 0\n", {"A": (1,)}),
    "retry_all": case(CHAIN + "RETRY ALL_NODES 1\n", {"A": (1, 0), "B": (1, 0)}, {"C": (1,)}),
    "retry_twice_said": case(CHAIN + "RETRY A 3\nRETRY A 1\n", {"A": (1, 1, 0)}, {"A": (1, 0)}),
    # scripts
    "pre": case(CHAIN + "SCRIPT PRE B job.sh B PRE\n", {}, {"B PRE": (1,)}, {"B": (1,)}),
    "post": case(
        CHAIN + "SCRIPT POST B job.sh B POST $RETURN\n",
        {},
        {"B": (1,)},
        {"B POST": (4,)},
        {"B": (1,), "B POST": (2,)},
        {"B": ("killed",)},
        {"B": ("killed",), "B POST": (1,)},
    ),
    "pre_post": case(
        CHAIN + "SCRIPT PRE B job.sh B PRE\nSCRIPT POST B job.sh B POST\n",
        {},
        {"B PRE": (1,)},
        {"B": (1,)},
        {"B PRE": (1,), "B POST": (0,)},
        {"B POST": (1,)},
    ),
    "pre_retry": case(
        CHAIN + "SCRIPT PRE B job.sh B PRE\nRETRY B 2\n",
        {"B PRE": (1, 0)},
        {"B": (1, 0)},
        {"B PRE": (1, 0), "B": (1, 0)},
        {"B PRE": (1,)},
    ),
    "post_retry": case(
        CHAIN + "SCRIPT POST A job.sh A POST $RETRY $MAX_RETRIES\nRETRY A 2\n",
        {"A POST": (1, 0)},
        {"A": (1,), "A POST": (1, 1, 0)},
        {"A POST": (1,)},
    ),
    "post_unless": case(
        CHAIN + "SCRIPT POST A job.sh A POST\nRETRY A 3 UNLESS-EXIT 2\n",
        {"A": (2,), "A POST": (1, 0)},
        {"A POST": (2,)},
        {"A": (2,)},
    ),
    "pre_unless": case(
        CHAIN + "SCRIPT PRE A job.sh A PRE\nRETRY A 3 UNLESS-EXIT 2\n",
        {"A PRE": (2,)},
        {"A PRE": (1, 2)},
        {"A PRE": (1, 0)},
    ),
    "pre_skip": case(
        CHAIN + "SCRIPT PRE B job.sh B PRE\nSCRIPT POST B job.sh B POST\nPRE_SKIP B 3\n",
        {},
        {"B PRE": (3,)},
        {"B PRE": (2,)},
        {"B PRE": (3,), "B": (1,), "B POST": (1,)},
    ),
    "pre_skip_retry": case(
        CHAIN + "SCRIPT PRE B job.sh B PRE\nPRE_SKIP B 3\nRETRY B 1\n",
        {"B PRE": (1, 3)},
        {"B PRE": (0, 3), "B": (1,)},
    ),
    "pre_skip_alone": case(CHAIN + "PRE_SKIP B 1\n", {"B": (1,)}),
    "script_all": case(CHAIN + "SCRIPT PRE ALL_NODES job.sh $JOB PRE\n", {}, {"B PRE": (1,)}),
    "script_twice": case(
        CHAIN + "SCRIPT PRE A job.sh X PRE\nSCRIPT PRE A job.sh A PRE\n",
        {},
        {"A PRE": (1,)},
    ),
    # NOOP and DONE
    "noop": case(
        "JOB A nowhere.sub NOOP\nJOB B job.sub\nPARENT A CHILD B\nSCRIPT PRE A job.sh A PRE\n"
        "SCRIPT POST A job.sh A POST\n",
        {},
        {"A PRE": (1,)},
        {"A POST": (1,)},
        {"B": (1,)},
    ),
    "noop_plain": case(
        "JOB A nowhere.sub NOOP\nJOB B job.sub\nPARENT A CHILD B\n", {}, {"B": (1,)}
    ),
    "done": case(
        "JOB A job.sub DONE\nJOB B job.sub\nJOB C job.sub\nPARENT A CHILD B\nPARENT B CHILD C\n",
        {},
        {"A": (1,)},
        {"B": (1,)},
    ),
    # ABORT-DAG-ON
    "abort": case(CHAIN + "ABORT-DAG-ON A 3\n", {"A": (3,)}, {"A": (2,)}, {}),
    "abort_return": case(CHAIN + "ABORT-DAG-ON A 3 RETURN 7\n", {"A": (3,)}, {"B": (3,)}),
    "abort_well": case(CHAIN + "ABORT-DAG-ON A 3 RETURN 0\n", {"A": (3,)}, {"A": (1,)}, {}),
    "abort_retry": case(CHAIN + "RETRY A 3\nABORT-DAG-ON A 3\n", {"A": (1, 3)}, {"A": (1, 0)}),
    "abort_pre": case(
        CHAIN + "SCRIPT PRE A job.sh A PRE\nABORT-DAG-ON A 3 RETURN 5\n", {"A PRE": (3,)}
    ),
    "abort_post": case(
        CHAIN + "SCRIPT POST A job.sh A POST\nABORT-DAG-ON A 3\n",
        {"A": (3,)},
        {"A POST": (3,)},
        {"A": (3,), "A POST": (1,)},
    ),
    "abort_skip": case(
        CHAIN + "SCRIPT PRE A job.sh A PRE\nPRE_SKIP A 3\nABORT-DAG-ON A 3\n", {"A PRE": (3,)}
    ),
    "abort_middle": case(CHAIN + "ABORT-DAG-ON B 3 RETURN 2\n", {"B": (3,)}, {"C": (1,)}),
    # FINAL
    "final": case(
        CHAIN + "FINAL F job.sub\n", {}, {"A": (1,)}, {"F": (1,)}, {"B": (1,), "F": (2,)}
    ),
    "final_told": case(
        CHAIN + 'FINAL F job.sub\nVARS F x="$(DAG_STATUS) $(FAILED_COUNT)"\n',
        {},
        {"A": (1,)},
        {"C": (1,)},
    ),
    "final_scripts": case(
        CHAIN
        + "FINAL F job.sub\nSCRIPT PRE F job.sh F PRE $DAG_STATUS\n"
        + "SCRIPT POST F job.sh F POST $DAG_STATUS $FAILED_COUNT\n",
        {},
        {"A": (1,)},
        {"F": (1,)},
        {"F PRE": (1,)},
        {"F POST": (1,)},
    ),
    "final_abort": case(
        CHAIN + 'FINAL F job.sub\nVARS F x="$(DAG_STATUS)"\nABORT-DAG-ON A 3 RETURN 4\n',
        {"A": (3,)},
        {"A": (3,), "F": (1,)},
        {"A": (1,)},
    ),
    "final_retry": case(
        DIAMOND + "RETRY B 1\nFINAL F job.sub\n", {"B": (1, 0)}, {"B": (1,)}, {"B": (1,), "F": (1,)}
    ),
    "final_noop": case(CHAIN + "FINAL F nowhere.sub NOOP\n", {}, {"B": (1,)}),
    "final_abort_good": case(
        CHAIN + 'FINAL F job.sub\nVARS F x="$(DAG_STATUS) $(FAILED_COUNT)"\n'
        "ABORT-DAG-ON A 3 RETURN 0\n",
        {"A": (3,)},
        {"A": (3,), "F": (1,)},
        {"A": (1,)},
    ),
    "final_abort_bad": case(
        CHAIN + 'FINAL F job.sub\nVARS F x="$(DAG_STATUS) $(FAILED_COUNT)"\n'
        "ABORT-DAG-ON A 3 RETURN 5\n",
        {"A": (3,)},
        {"A": (2,)},
    ),
    "final_subdag": case(
        'SUBDAG EXTERNAL S inner.dag\nFINAL F job.sub\nVARS F x="$(DAG_STATUS) $(FAILED_COUNT)"\n',
        {},
        {"S/I": (1,)},
        {"S/J": (1,)},
        inner_dag=jobs("I J") + "PARENT I CHILD J\n",
    ),
    "final_nested": case(
        "SUBDAG EXTERNAL S middle.dag\nJOB A job.sub\nPARENT S CHILD A\nFINAL F job.sub\n"
        'VARS F x="$(DAG_STATUS) $(FAILED_COUNT)"\n',
        {},
        {"S/T/I": (1,)},
        {"S/M": (1,), "S/T/I": (1,)},
        middle_dag="SUBDAG EXTERNAL T inner.dag\nJOB M job.sub\nPARENT T CHILD M\n",
        inner_dag=jobs("I J") + "PARENT I CHILD J\n",
    ),
    # signals: minus their number
    "killed_told": case(
        CHAIN + "SCRIPT POST A job.sh A POST $RETURN\nSCRIPT PRE B job.sh B PRE\n",
        {"A": ("killed",)},
        {"B PRE": ("killed",)},
        {"A POST": ("killed",)},
    ),
    "killed_unless": case(
        CHAIN + "RETRY A 2 UNLESS-EXIT -9\nRETRY B 2 UNLESS-EXIT 137\n",
        {"A": ("killed",)},
        {"A": (1, "killed")},
        {"B": ("killed", 0)},
        {"B": (137,)},
    ),
    "killed_abort": case(
        CHAIN + "ABORT-DAG-ON A -9\nABORT-DAG-ON B -9 RETURN 0\nABORT-DAG-ON C 137 RETURN 0\n",
        {"A": ("killed",)},
        {"B": ("killed",)},
        {"C": ("killed",)},
        {"C": (137,)},
    ),
    "killed_scripts": case(
        CHAIN
        + "SCRIPT PRE A job.sh A PRE\nPRE_SKIP A 9\nRETRY A 1 UNLESS-EXIT -9\n"
        + "SCRIPT POST B job.sh B POST\nRETRY B 1 UNLESS-EXIT -9\n",
        {"A PRE": ("killed", 0)},
        {"A PRE": (9,)},
        {"B POST": ("killed", 0)},
        {"B POST": (1, "killed", 0)},
    ),
    # splices
    "splice": case(
        jobs("A Z") + "SPLICE S inner.dag\nPARENT A CHILD S\nPARENT S CHILD Z\n",
        {},
        {"S+N": (1,)},
        {"S+O": (1,)},
        {"A": (1,)},
        inner_dag=jobs("N M O") + "PARENT N CHILD M\n",
    ),
    "splice_twice": case(
        "SPLICE S inner.dag\nSPLICE T inner.dag\nPARENT S CHILD T\n",
        {},
        {"S+B": (1,)},
        {"T+A": (1,)},
        inner_dag=CHAIN,
    ),
    "splice_nested": case(
        jobs("Z") + "SPLICE S middle.dag\nPARENT S CHILD Z\n",
        {},
        {"S+T+A": (1,)},
        {"S+T+C": (1,)},
        {"S+M": (1,)},
        middle_dag="SPLICE T inner.dag\nJOB M job.sub\nPARENT T CHILD M\n",
        inner_dag=CHAIN,
    ),
    "splice_apart": case(
        jobs("A") + "SPLICE S inner.dag\n", {"A": (1,)}, {"S+B": (1,)}, inner_dag=DIAMOND
    ),
    "splice_final": case(
        jobs("A") + "SPLICE S inner.dag\nPARENT A CHILD S\nFINAL F job.sub\n",
        {},
        {"S+B": (1,)},
        {"A": (1,)},
        {"F": (1,)},
        inner_dag=DIAMOND,
    ),
    "splice_abort": case(
        "SPLICE S inner.dag\nJOB Z job.sub\nPARENT S CHILD Z\n",
        {"S+A": (3,)},
        {"S+A": (1,)},
        inner_dag=CHAIN + "ABORT-DAG-ON A 3 RETURN 6\n",
    ),
    "splice_scripts": case(
        "SPLICE S inner.dag\nJOB Z job.sub\nPARENT S CHILD Z\n",
        {},
        {"S+B PRE": (1,)},
        {"S+B": (1, 0)},
        inner_dag=CHAIN + "SCRIPT PRE B job.sh $JOB PRE\nRETRY B 1\n",
    ),
    "splice_all": case(
        jobs("A") + "SPLICE S inner.dag\nRETRY ALL_NODES 1\n",
        {"A": (1, 0)},
        {"S+N": (1, 0)},
        inner_dag=jobs("N"),
    ),
    "pins": case(
        "SPLICE S one.dag\nSPLICE T two.dag\nCONNECT S T\n",
        {},
        {"S+A": (1,)},
        {"S+B": (1,)},
        one_dag=jobs("A B") + "PIN_OUT A 1\nPIN_OUT B 2\n",
        two_dag=jobs("X Y Z") + "PIN_IN X 1\nPIN_IN Y 2\nPARENT X CHILD Z\n",
    ),
    # SUBDAG
    "subdag": case(
        "SUBDAG EXTERNAL S inner.dag\nJOB Z job.sub\nPARENT S CHILD Z\n",
        {},
        {"S/I": (1,)},
        {"S/K": (1,)},
        inner_dag=jobs("I J K") + "PARENT I CHILD J\n",
    ),
    "subdag_retry": case(
        "SUBDAG EXTERNAL S inner.dag\nJOB Z job.sub\nPARENT S CHILD Z\nRETRY S 1\n",
        {"S/J": (1, 0)},
        {"S/I": (1,)},
        {"S/I": (1, 0), "S/J": (1, 0)},
        inner_dag=jobs("I J"),
    ),
    "subdag_retry_inside": case(
        "SUBDAG EXTERNAL S inner.dag\nJOB Z job.sub\nPARENT S CHILD Z\nRETRY S 1\n",
        {"S/I": (1, 1, 1, 0)},
        {"S/I": (1, 1, 1, 1, 0)},
        inner_dag=jobs("I") + "RETRY I 1\n",
    ),
    "subdag_final": case(
        "SUBDAG EXTERNAL S inner.dag\nJOB Z job.sub\nPARENT S CHILD Z\n",
        {},
        {"S/I": (1,)},
        {"S/G": (1,)},
        inner_dag=jobs("I J") + "PARENT I CHILD J\nFINAL G job.sub\n",
    ),
    "subdag_nested": case(
        "SUBDAG EXTERNAL S middle.dag\nJOB Z job.sub\nPARENT S CHILD Z\n",
        {},
        {"S/T/I": (1,)},
        middle_dag="SUBDAG EXTERNAL T inner.dag\nJOB M job.sub\nPARENT T CHILD M\n",
        inner_dag=jobs("I"),
    ),
    "subdag_beside": case(
        jobs("A B") + "SUBDAG EXTERNAL S inner.dag\nPARENT A CHILD S\nPARENT A CHILD B\n",
        {"S/I": (1,)},
        {"B": (1,)},
        {"A": (1,)},
        inner_dag=jobs("I J"),
    ),
    # variables, descriptions, the rest
    "vars": case(
        CHAIN + 'VARS A x="one"\nVARS ALL_NODES x="two words"\nVARS C x = "three" y="$(x)4"\n', {}
    ),
    "vars_order": case(CHAIN + 'VARS ALL_NODES x="all"\nVARS B x="own"\n', {}),
    "vars_name": case(
        jobs("A B") + 'VARS A job="$(JOB)" x="$(job)"\nVARS B Job="$(Job)" x="b$(JOB)"\n', {}
    ),
    "vars_chain": case(
        jobs("A") + 'VARS A x="$(y)" y="$(z)-" z="$(JOB)$(RETRY)"\nRETRY A 1\n', {"A": (1, 0)}
    ),
    "vars_places": case(
        "".join(f"JOB {name} told.sub\n" for name in "ABCDE")
        + 'VARS A x="1" y="1"\nVARS A APPEND x="2" y="2"\n'
        + 'VARS B APPEND x="1" y="1"\nVARS B x="2" y="2"\n'
        + 'VARS C APPEND x="$(y)" more="appended"\nVARS D x="" z=""\nVARS E X="1"\nVARS E x="2"\n',
        {},
    ),
    "words": case(
        jobs("A")
        + 'SCRIPT POST A job.sh A POST $job $Return x$JOB a$b "$JOB" $node\n'
        + "SCRIPT PRE A job.sh A PRE $JOB $Retry $MAX_RETRIES *\n",
        {},
    ),
    "files": case("JOB A files.sub\n", {}, files_sub=FILES),
    "include": case(
        jobs("A") + "INCLUDE more.inc\nPARENT A CHILD B\n",
        {},
        {"B": (1, 0)},
        more_inc=jobs("B") + "RETRY B 1\n",
    ),
    "aside": case(
        CHAIN + "PRIORITY A 5\nCATEGORY A big\nMAXJOBS big 1\nDOT dot.dot\nJOBSTATE_LOG state.log\n"
        "SAVE_POINT_FILE A save.txt\nSET_JOB_ATTR Note = 1\nCONFIG some.config\n",
        {},
        {"B": (1,)},
        some_config="DAGMAN_MAX_RESCUE_NUM = 10\n",
    ),
}

# What the recorded engine does not know yet, or not without a queue: newer versions do.
NEWER: dict[str, Case] = {
    "inline": case(
        "JOB A {\nuniverse = scheduler\nexecutable = job.sh\narguments = A JOB inline\n"
        "log = nodes.log\nqueue\n}\nJOB B job.sub\nPARENT A CHILD B\n",
        {},
        {"A": (1,)},
    ),
    "description": case(
        "SUBMIT-DESCRIPTION d {\nuniverse = scheduler\nexecutable = job.sh\n"
        "arguments = $(JOB) JOB shared\nlog = nodes.log\n}\nJOB A d\nJOB B d\nPARENT A CHILD B\n",
        {},
        {"A": (1,)},
    ),
    "weak": case(
        jobs("A B C") + "WEAK PARENT A CHILD B\nPARENT B CHILD C\n", {"A": (1,)}, {"B": (1,)}
    ),
    "weak_and_strong": case(jobs("A B") + "WEAK PARENT A CHILD B\nPARENT A CHILD B\n", {"A": (1,)}),
    "weak_splice": case(
        "SPLICE S inner.dag\nJOB Z job.sub\nWEAK PARENT S CHILD Z\n",
        {"S+C": (1,)},
        inner_dag=CHAIN,
    ),
    "tolerance": case(CHAIN + "TOLERANCE A 1\nTOLERANCE B 50% FAIL-FAST\n", {"B": (1,)}),
    "underscores": case(
        "JOB A job.sub\nSCRIPT PRE A job.sh A PRE\nPRE-SKIP A 1\nRETRY A 1 UNLESS_EXIT 2\n// end\n",
        {"A PRE": (1,)},
    ),
    "unquoted": case("JOB A job.sub\nVARS A APPEND x = one y = two\n"),
    "done_command": case(CHAIN + "DONE A\n", {"B": (1,)}),
    "provisioner": case(CHAIN + "PROVISIONER P job.sub\nSERVICE V job.sub\n", {"B": (1,)}),
    "hold": case(CHAIN + "SCRIPT HOLD A job.sh A HOLD\nSCRIPT DEFER 3 10 PRE B job.sh B PRE\n"),
    "missing_description": case("JOB A nowhere.sub\nJOB B job.sub\n", {}, {"B": (1,)}),
    "quoted": case('JOB "A" "job.sub"\nJOB B \'job.sub\'\nPARENT "A" CHILD B\n', {}, {"A": (1,)}),
    "subdag_retry_chain": case(
        "SUBDAG EXTERNAL S inner.dag\nJOB Z job.sub\nPARENT S CHILD Z\nRETRY S 1\n",
        {"S/J": (1, 0)},
        {"S/I": (1,)},
        {"S/I": (1, 0), "S/J": (1, 0)},
        inner_dag=jobs("I J") + "PARENT I CHILD J\n",
    ),
    "comments_inside": case(
        "# one\n  # two\nJOB A \\\n# inside\n   job.sub\n\n  JOB B job.sub  \n"
        "PARENT A \\\nCHILD \\\n# x\nB\n",
        {},
        {"A": (1,)},
    ),
}
