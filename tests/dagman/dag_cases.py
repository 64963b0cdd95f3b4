"""Cases about whole DAGs: edges, FINAL nodes, splices, sub-DAGs."""

from tests.dagman.case import CHAIN, DIAMOND, Case, case, jobs

DAGS: dict[str, Case] = {
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
}
