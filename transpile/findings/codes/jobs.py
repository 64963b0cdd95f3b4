"""A2xx: jobs and their attributes."""

from transpile.findings.codes.entry import Code, Level

CODES = {
    "A201": Code(
        Level.ERROR,
        "job type without a translation",
        "job type {type} has no translation; its node fails until somebody writes it",
        "write the body of the task: its attributes are kept in the docstring",
        "The job runs something else than a command. Its attributes stand beside the node, and "
        "what depends on it does not run by accident.",
        "insert_job: A\njob_type: SQL\nsql_command: select 1\n",
    ),
    "A202": Code(
        Level.ERROR,
        "job without a command",
        "a job of type {type} needs {key}",
        "add it, or delete the job; its node fails",
        "The definition is not complete: there is nothing to run.",
        "insert_job: A\njob_type: c\n",
    ),
    "A203": Code(
        Level.ERROR,
        "file trigger without a translation",
        "a file trigger with {reason} has no translation; its node fails",
        "write the body of the task, or use watch_file_type EXIST, GENERATE or NOTEXIST",
        "Waiting for a file to exist, to be complete or to be gone is translated. Triggers that "
        "fire again and again, or on changes of a file, are events and no step of a workflow.",
        "insert_job: A\njob_type: FT\nwatch_file: /tmp/a\nwatch_file_type: SHRINK\n",
    ),
    "A204": Code(
        Level.WARNING,
        "resource not kept",
        "resources are not kept: {value}",
        "limit the launch plan's concurrency, or let the platform's queues do it",
        "A virtual resource limits how many jobs run at once across the estate. Flyte has no "
        "semaphore between nodes.",
        "insert_job: A\ncommand: true\nresources: (DB,QUANTITY=1)\n",
    ),
    "A205": Code(
        Level.WARNING,
        "attribute has an effect that is not kept",
        "{key} has no equal on Flyte and was left out: {value}",
        "check whether the job depends on it",
        "The attribute changes how the job runs, and nothing in the emitted workflow does that.",
        "insert_job: A\ncommand: true\nulimit: n=1024\n",
    ),
    "A206": Code(
        Level.WARNING,
        "job on hold",
        "{name} is on hold: its node fails, and nothing behind it runs",
        "delete the hold from the source, or replace the body of the task, to release it",
        "A job on hold starts only after an operator releases it. Until then nothing that waits "
        "for it starts.",
        "insert_job: A\ncommand: true\nstatus: on_hold\n",
    ),
    "A207": Code(
        Level.NOTE,
        "job does not run its command",
        "{name} is {status}: its command does not run, and what depends on it goes on",
        "nothing to do: the node succeeds without doing anything",
        "AutoSys treats conditions on a job on ice or on noexec as satisfied.",
        "insert_job: A\ncommand: true\nstatus: on_ice\n",
    ),
    "A208": Code(
        Level.WARNING,
        "global without a value",
        "global {name} has no value in the estate; the workflow input must be given",
        "pass it as an input of the workflow, or set it in the sources",
        "The value was set by an operator or a job at run time. The input's default is the "
        "source's own text, and a command that would be handed it refuses to run.",
        "insert_job: A\ncommand: echo $$DATE\n",
    ),
    "A209": Code(
        Level.ERROR,
        "command for Windows",
        "this command looks like one for Windows; Flyte runs it in a Linux container",
        "port the command",
        "A path with a drive letter, a share, a .bat, .cmd, .exe or .ps1 program and a variable "
        "such as %TEMP% mean nothing to /bin/sh.",
        "insert_job: A\ncommand: C:\\jobs\\run.bat\n",
    ),
    "A210": Code(
        Level.WARNING,
        "variable of the old agent",
        "{name} is set by the old agent, and by nothing on Flyte",
        "replace it in the command, or give the task this environment variable",
        "The agent hands run numbers and paths to each job as variables. AUTO_JOB_NAME is kept, "
        "the others have no equal.",
        "insert_job: A\ncommand: echo $AUTORUN\n",
    ),
    "A211": Code(
        Level.WARNING,
        "command in quotes",
        "the whole command stands in quotes; the shell takes it as the name of one program",
        "take the quotes off if they only protect blanks or colons",
        "Quotes are kept, because a command is kept to the byte.",
        'insert_job: A\ncommand: "echo done"\n',
    ),
    "A213": Code(
        Level.NOTE,
        "output is appended",
        "{key} has no > or >>: output is appended",
        "write > if each run should start a new file",
        "Without a sign the instance's own default decides, and that is to append.",
        "insert_job: A\ncommand: true\nstd_out_file: /tmp/a\n",
    ),
    "A215": Code(
        Level.WARNING,
        "value with shell syntax",
        "the value of global {name} holds shell syntax; commands get it as plain text",
        "check the commands that use it; put the syntax into the command instead",
        "AutoSys puts the value into the command before a shell reads it, so that $, quotes, |, * "
        "and the like take effect. Here it is the value of an environment variable.",
        "insert_global: DIR\nvalue: $HOME/data\n\ninsert_job: A\ncommand: ls $$DIR\n",
    ),
    "A216": Code(
        Level.WARNING,
        "environment value with a variable",
        "envvars sets {name} to {value}, which is passed on as it stands",
        "write the value out, or set it in the command",
        "Nothing expands shell variables inside envvars here.",
        "insert_job: A\ncommand: true\nenvvars: LIB=$HOME/lib\n",
    ),
    "A217": Code(
        Level.WARNING,
        "mail that is not sent",
        "mail{what} about {name} is not sent: {reason}",
        "have those who watch the log of its task mail them: it prints a line that names them",
        "A launch plan mails at the end of a whole workflow, and nothing on Flyte at the end of a "
        "single job. The line begins with ALARM or NOTIFICATION.",
        "insert_job: A\ncommand: true\nsend_notification: y\n"
        "notification_emailaddress: a@example.com\n\n"
        "insert_job: B\ncommand: true\ncondition: s(A)\n",
    ),
    "A218": Code(
        Level.WARNING,
        "alarm that is lost",
        "an alarm of {name} may be lost ({what}): {reason}",
        "raise it in what stands for it, or watch the whole workflow",
        "A line in the log of its task raises the alarm of a job, and one in that of a failure "
        "handler that of a box. Neither is there.",
        "insert_job: BOX\njob_type: b\nalarm_if_fail: 1\n\n"
        "insert_job: A\nbox_name: BOX\ncommand: true\n\n"
        "insert_job: B\nbox_name: BOX\ncommand: true\n\n"
        "insert_job: C\ncommand: true\ncondition: s(A)\n",
    ),
    "A219": Code(
        Level.WARNING,
        "file trigger that looks once",
        "watch_file_type {type} is read as one look: {name} fails if the file {wanted}",
        "check one run of it in AutoSys; define a file watcher (FW) if the job is to wait",
        "The documentation that this reading rests on is not conclusive: a file trigger of type "
        "EXIST or NOTEXIST checks the file when it starts and ends at once, with a failure if the "
        "file is not as asked. The other types wait.",
        "insert_job: A\njob_type: FT\nwatch_file: /tmp/a\nwatch_file_type: EXIST\n",
    ),
    "A220": Code(
        Level.ERROR,
        "command drives a scheduler",
        "the command drives a scheduler: {program} {event} of {target}",
        "replace it: by a condition between the jobs, a launch plan, or an input of the workflow",
        "The command starts, stops or changes jobs behind the scheduler's back: an edge that no "
        "condition shows. The jobs that it names are nodes of workflows now, which such a command "
        "does not reach.",
        "insert_job: A\ncommand: run.sh && sendevent -E FORCE_STARTJOB -J NEXT_JOB\n",
    ),
    "A221": Code(
        Level.ERROR,
        "command asks a scheduler",
        "the command asks a scheduler: {program} {event} of {target}",
        "replace it: by a condition on the job, or by a question to Flyte",
        "The scheduler that is asked does not run these jobs any more. The command fails in the "
        "task's container, or gets an answer that is no longer true, so what the job does with the "
        "answer is known to differ.",
        "insert_job: A\ncommand: autorep -J B | grep -q SU\n",
    ),
    "A214": Code(
        Level.WARNING,
        "attribute has no effect on this type of job",
        "{key} has no effect on a job of type {type}",
        "delete it, or correct job_type",
        "The attribute belongs to another type of job.",
        "insert_job: A\njob_type: b\ncommand: true\n",
    ),
    "A230": Code(
        Level.WARNING,
        "alarm about the time of a job",
        "{key} of {name} is not watched: nothing on Flyte raises {alarm}",
        "watch the duration of the executions from outside",
        "AutoSys raises these alarms while a job runs, or at a time of day; they change nothing of "
        "what runs. A task can tell how it ended, and nobody how long it takes.",
        "insert_job: A\ncommand: true\nmax_run_alarm: 60\n",
    ),
}
