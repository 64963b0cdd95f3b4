"""A7xx: DAG files and submit descriptions."""

from transpile.findings.codes.entry import Code, Level

CODES = {
    "A701": Code(
        Level.ERROR,
        "command cannot be read",
        "the command cannot be read: {reason}",
        "correct it; DAGMan refuses the whole DAG, so none of it was converted",
        "The line is no command that DAGMan's parser takes. It stops there, and runs no node.",
        "JOB A {\nexecutable = /bin/true\n}\nJOBS B b.sub\n",
    ),
    "A702": Code(
        Level.ERROR,
        "command about a node that is not there",
        "{command} names {name}, and there is no such {what}",
        "correct the name; DAGMan refuses the whole DAG, so none of it was converted",
        "Names count in upper and lower case. A node may be defined behind the command.",
        "JOB A {\nexecutable = /bin/true\n}\nPARENT A CHILD B\n",
    ),
    "A703": Code(
        Level.ERROR,
        "DAG that DAGMan refuses",
        "DAGMan refuses this: {reason}",
        "correct it; none of the DAG was converted",
        "The command can be read, but contradicts another one or a rule of DAGMan's.",
        "JOB A {\nexecutable = /bin/true\n}\nJOB A a.sub\n",
    ),
    "A704": Code(
        Level.ERROR,
        "file of a DAG cannot be read",
        "{path} cannot be read: {reason}",
        "put the file where the DAG looks for it, seen from the DAG's folder",
        "Submit descriptions, splices and includes are files of their own. Without a splice or an "
        "include the DAG is not converted; without a submit description a node fails.",
        "JOB A nowhere.sub\n",
    ),
    "A705": Code(
        Level.WARNING,
        "throttle or priority not kept",
        "{command} is not kept: on Flyte all that can run does",
        "limit the parallelism of the execution, or the resources of its project",
        "PRIORITY, CATEGORY and MAXJOBS decide how many nodes run at a time and which first. "
        "Flyte limits only the parallelism of a whole execution. The results are the same.",
        "JOB A {\nexecutable = /bin/true\n}\nPRIORITY A 10\n",
    ),
    "A706": Code(
        Level.ERROR,
        "script not kept",
        "of the {kind} script of {name} this is not kept: {reason}",
        "check whether it has to run, and where",
        "Nothing on Flyte is held, so that no HOLD script runs; and no script is put off by DEFER: "
        "the exit code that asks for it is a failure here.",
        "JOB A {\nexecutable = /bin/true\n}\nSCRIPT HOLD A held.sh\n",
    ),
    "A707": Code(
        Level.ERROR,
        "abort that stops only what waits",
        "ABORT-DAG-ON of {name} keeps only what waits for it from running; DAGMan also removes "
        "what runs then, and starts nothing more: {others}",
        "check whether these may run to their end",
        "A node of Flyte's cannot stop others that do not depend on it and leave the rest alone.",
        "JOB A {\nexecutable = /bin/true\n}\nJOB B {\nexecutable = /bin/true\n}\n"
        "ABORT-DAG-ON A 3\n",
    ),
    "A708": Code(
        Level.ERROR,
        "node without a translation",
        "the {kind} node {name} was left out",
        "run it beside the workflow",
        "A PROVISIONER waits for resources that Flyte provides itself; a SERVICE runs beside all "
        "other nodes and does not count.",
        "JOB A {\nexecutable = /bin/true\n}\nSERVICE B b.sub\n",
    ),
    "A709": Code(
        Level.NOTE,
        "command without a meaning on Flyte",
        "{command} means nothing on Flyte",
        "nothing to do",
        "Configuration of DAGMan, and files that it writes about a run.",
        "JOB A {\nexecutable = /bin/true\n}\nDOT a.dot\n",
    ),
    "A710": Code(
        Level.ERROR,
        "rescue file",
        "this is a rescue file, which says only what is done already",
        "name the DAG file itself",
        "DAGMan writes a rescue file when a DAG fails; it is no DAG of its own.",
        "# Rescue DAG file, created after running\nDONE A\n",
    ),
    "A711": Code(
        Level.ERROR,
        "Pegasus PMC file",
        "this is a file of pegasus-mpi-cluster, not of DAGMan",
        "there is no translation for this language",
        "The two formats share a suffix. TASK and EDGE are commands of the other one.",
        "TASK A /bin/true\n",
    ),
    "A712": Code(
        Level.NOTE,
        "splice without a workflow of its own",
        "splice {name} has no workflow of its own: {reason}",
        "nothing to do: order and results are the same",
        "Its nodes stand in the workflow around it, under the names that DAGMan gives them.",
    ),
    "A713": Code(
        Level.ERROR,
        "submit description without a translation",
        "the submit description of {name} cannot be translated: {reason}",
        "its node fails until then: replace its body",
        "What the job runs cannot be told from its submit description.",
        "JOB A {\nuniverse = grid\nexecutable = /bin/true\n}\n",
    ),
    "A714": Code(
        Level.WARNING,
        "submit command not kept",
        "{key} has an effect that is not kept: {value}",
        "check what the job relies on",
        "The command changes where a job runs, or beside how many others, and Flyte has nothing "
        "for it.",
        "JOB A {\nexecutable = /bin/true\nconcurrency_limits = licence\n}\n",
    ),
    "A715": Code(
        Level.NOTE,
        "macro without a value",
        "$({macro}) has no value: it is an input of the workflow, empty by default",
        "pass a value, or define it with VARS",
        "condor_submit puts nothing in the place of a macro that nobody defines.",
        "JOB A {\nexecutable = /bin/true\narguments = $(who)\n}\n",
    ),
    "A716": Code(
        Level.ERROR,
        "sub-DAG without a translation",
        "the sub-DAG {name} cannot be translated: {reason}",
        "its node fails until then: replace its body",
        "Its file may be written while the DAG runs; and what DAGMan does around a sub-DAG - "
        "scripts, retries that go on where it failed - has no counterpart for a sub-workflow.",
        "JOB A {\nexecutable = /bin/true\n}\nSUBDAG EXTERNAL B nowhere.dag\n",
    ),
    "A717": Code(
        Level.ERROR,
        "abort on success",
        "{name} ends the whole DAG when it succeeds",
        "its node fails until then: let what follows depend on a condition instead",
        "ABORT-DAG-ON with the code 0 keeps all that has not run from running, without a failure.",
        "JOB A {\nexecutable = /bin/true\n}\nABORT-DAG-ON A 0\n",
    ),
    "A718": Code(
        Level.ERROR,
        "retries of a sub-DAG not kept",
        "RETRY of the sub-DAG {name} is not kept: it fails at the first failure",
        "give retries to the nodes inside",
        "DAGMan runs a sub-DAG again from where it failed. Nodes inside that wait for one another "
        "share these attempts, and a sub-workflow has none.",
    ),
    "A719": Code(
        Level.WARNING,
        "DONE inside a splice",
        "{name} runs although its file calls it DONE: in a splice DAGMan pays no heed to that",
        "delete the node, or leave the word out",
        "DAGMan 23.9 runs such nodes. Outside of splices a node that is DONE does not, and what "
        "waits for it starts.",
    ),
    "A720": Code(
        Level.WARNING,
        "jobs of a cluster one after another",
        "the {count} jobs of {name} run one after another: up to {count} times as long",
        "check that they are short, or make nodes of them",
        "HTCondor runs the jobs of a cluster side by side; here they are the work of one task. The "
        "results are the same.",
        "JOB A {\nexecutable = /bin/true\nqueue 2\n}\n",
    ),
    "A721": Code(
        Level.ERROR,
        "command that DAGMan 23.9 does not take",
        "DAGMan 23.9 refuses or misreads this, newer versions take it: {what}",
        "write it as both take it, or, where only newer versions run the DAG, make A721 a note",
        "DAGMan's parser was written anew behind HTCondor 23.9. What only the newer one takes is "
        "converted as that one reads it: WEAK, TOLERANCE, quotes around names, values of VARS "
        "without double quotes, options in any order.",
        "JOB A {\nexecutable = /bin/true\n}\nRETRY 'A' 1\n",
    ),
    "A722": Code(
        Level.WARNING,
        "words that DAGMan does not look at",
        "DAGMan takes no notice of {unread}",
        "delete the words; newer versions of DAGMan refuse them",
        "The command is complete before its line ends.",
        "JOB A {\nexecutable = /bin/true\n}\nABORT-DAG-ON A 1 RETURN 2 3\n",
    ),
    "A723": Code(
        Level.WARNING,
        "files that are not transferred",
        "{key} is not kept: no files are transferred between tasks: {value}",
        "put the files where every task sees them, such as a volume of [platform] pod_template",
        "HTCondor copies files to the job and back to the folder of submission, where other nodes "
        "find them. The tasks of a workflow share no disk, unless the team gives them one.",
        "JOB A {\nexecutable = /bin/true\ntransfer_input_files = table.csv\n}\n",
    ),
    "A724": Code(
        Level.WARNING,
        "number of a cluster",
        "{word} is a text that is unique here, such as the execution's id and the node's name",
        "check that nobody computes with it",
        "The schedd counts clusters; on Flyte nobody does.",
        "JOB A {\nexecutable = /bin/true\noutput = out.$(Cluster)\n}\n",
    ),
    "A870": Code(
        Level.ERROR,
        "environment of DAGMan",
        "ENV is not kept: scripts, and jobs with getenv, do not see these variables: {value}",
        "set them in the scripts and submit descriptions, or in a pod template",
        "DAGMan hands its own environment on to the scripts that it starts, and to the jobs that "
        "take over the environment of their submission.",
        "JOB A {\nexecutable = /bin/true\n}\nENV SET STAGE=test\n",
    ),
    "A871": Code(
        Level.WARNING,
        "configuration of DAGMan",
        "the settings in {value} are not read; some of them change what DAGMan runs",
        "look there for settings such as DAGMAN_ALWAYS_RUN_POST",
        "The defaults of DAGMan are taken for every DAG.",
        "JOB A {\nexecutable = /bin/true\n}\nCONFIG dagman.config\n",
    ),
    "A872": Code(
        Level.ERROR,
        "submit command that decides about the job",
        "{key} is not kept: {value}",
        "put what it does into the executable or a script of the node, or use RETRY",
        "The command changes when the job starts, how often it runs, or whether its node succeeds.",
        "JOB A {\nexecutable = /bin/true\nmax_retries = 3\n}\n",
    ),
}
