"""Cases about single nodes: retries, scripts, aborts, signals, submit descriptions."""

from tests.dagman.case import CHAIN, FILES, Case, case, jobs

NODES: dict[str, Case] = {
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
        CHAIN + "SCRIPT PRE A job.sh X PRE\nSCRIPT PRE A job.sh A PRE\n", {}, {"A PRE": (1,)}
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
    # signals
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
    # VARS, submit descriptions, files
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
