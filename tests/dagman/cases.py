"""All cases: those that a real engine has recorded, and those that need a newer one."""

from tests.dagman.case import CHAIN, Case, case, jobs
from tests.dagman.dag_cases import DAGS
from tests.dagman.node_cases import NODES

CASES = DAGS | NODES

# The recorded engine does not accept these, or only with `queue`; newer versions do.
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
        "SPLICE S inner.dag\nJOB Z job.sub\nWEAK PARENT S CHILD Z\n", {"S+C": (1,)}, inner_dag=CHAIN
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
