"""A8xx: projects of Azkaban's."""

from transpile.findings.codes.entry import Code, Level

_REFUSED = "correct it; Azkaban refuses the whole project, and here the flow was left out"
_A = "nodes:\n  - name: A\n    type: command\n    config: {command: ./a.sh}\n"

CODES = {
    "A801": Code(
        Level.ERROR,
        "properties cannot be read",
        "Java refuses these properties: {reason}",
        "write \\u with four hexadecimal digits, or a doubled backslash",
        "A backslash and u begin a character that is given by its number.",
        "type=command\ncommand=echo \\u12\n",
    ),
    "A802": Code(
        Level.ERROR,
        "job defined twice",
        "there is another job {name}, at {first}; Azkaban loads neither",
        "rename one of them: a job is called like its file, whatever folder that is in",
        "Names of jobs count in the whole project. If these are two projects, name their folders "
        "one by one.",
    ),
    "A803": Code(
        Level.ERROR,
        "job without a type",
        "job {name} has no type",
        "add type=command, or whatever it is",
        "Neither the job nor the properties of its folder say what it is.",
    ),
    "A804": Code(
        Level.ERROR,
        "dependency that is nowhere",
        "{name} depends on {upstream}, which is no job of this project",
        _REFUSED,
        "A dependency is the name of a job file, without folder and suffix. Name the folder of the "
        "whole project, so that all its jobs are seen.",
        "type=command\ncommand=true\ndependencies=nowhere\n",
    ),
    "A805": Code(
        Level.ERROR,
        "ambiguous dependency",
        "{name} depends on {upstream}, of which there are several",
        _REFUSED,
        "Two job files have this name, so that neither of them counts.",
    ),
    "A806": Code(
        Level.ERROR,
        "flow that is nowhere",
        "{name} runs the flow {flow}, which is no flow of this project",
        "name the last job of the flow in flow.name; this flow was left out",
        "A flow is called like the job that nobody depends on.",
        "type=flow\nflow.name=nowhere\nretries=0\n",
    ),
    "A807": Code(
        Level.ERROR,
        "flow that holds itself",
        "{name} runs the flow {flow}, which is around it: {cycle}",
        _REFUSED,
        "A flow cannot run inside itself.",
        "type=flow\nflow.name=0\nretries=0\n",
    ),
    "A808": Code(
        Level.ERROR,
        "value without an end",
        "the value cannot be told: {reason}",
        "give one of the properties a value of its own; the job's node fails until then",
        "Properties refer to one another by ${{name}}. In Azkaban the job fails, too.",
        "type=command\na=${b}\nb=${a}\ncommand=echo ${a}\n",
    ),
    "A809": Code(
        Level.ERROR,
        "expression without a translation",
        "the value cannot be told: {reason}",
        "write the value out, or have the command compute it; the job's node fails until then",
        "$(...) in a property is an expression of JEXL, which Azkaban evaluates before the job "
        "starts. It is not a substitution of a shell.",
        "type=command\ncommand=echo $(1 + 1)\n",
    ),
    "A810": Code(
        Level.ERROR,
        "job without a command",
        "job {name} has nothing to run: {reason}",
        "give it a command; its node fails until then",
        "Azkaban fails such a job.",
        "type=command\nretries=1\n",
    ),
    "A811": Code(
        Level.WARNING,
        "property given twice",
        "{key} is given twice: the last one counts",
        "delete one of them",
        "Java keeps the last value of a property.",
        "type=command\ncommand=false\ncommand=true\n",
    ),
    "A812": Code(
        Level.ERROR,
        "number not understood",
        "{key} is no number: {value}",
        "write digits; the job's node fails until then",
        "In Azkaban the flow fails.",
        "type=command\ncommand=true\nretries=some\n",
    ),
    "A813": Code(
        Level.ERROR,
        "job type without a translation",
        "job {name} is of type {type}, for which there is no translation",
        "its node fails until then: replace its body; its docstring has the properties",
        "The types command, javaprocess and noop are part of Azkaban itself. Most others are "
        "plug-ins, whose configuration is elsewhere.",
        "type=voldemort\ndependencies=\n",
    ),
    "A814": Code(
        Level.WARNING,
        "property not kept",
        "{key} has an effect that is not kept: {value}",
        "check what relies on it",
        "Flyte waits between retries as its own configuration says, and calls no URLs.",
        "type=command\ncommand=true\nretries=1\nretry.backoff=60000\n",
    ),
    "A815": Code(
        Level.WARNING,
        "characters beyond ASCII",
        "the value is kept as it is written; Azkaban reads property files as Latin-1",
        "write \\u escapes if Azkaban's reading is meant",
        "A file in UTF-8 gives Azkaban two or three other characters for each of these.",
        "type=command\ncommand=echo \u00e9\n",
    ),
    "A817": Code(
        Level.ERROR,
        "flow file cannot be read",
        "Azkaban refuses the file: {reason}",
        "correct it; nothing of the file was converted",
        "The file is no YAML, or not of the shape that Azkaban's loader takes.",
        "nodes:\n  - name: A\n    type: noop\n    dependson: [B]\n",
    ),
    "A818": Code(
        Level.ERROR,
        "flow that Azkaban refuses",
        "Azkaban refuses the flow: {reason}",
        "correct it; the flow was left out",
        "The file can be read, but its nodes do not fit together.",
        "nodes:\n  - name: A\n    type: noop\n    dependsOn: [B]\n",
    ),
    "A819": Code(
        Level.ERROR,
        "settings of a project",
        "Azkaban refuses the project: {reason}",
        "have one .project file in the folder, with azkaban-flow-version: 2.0",
        "A .project file makes a folder one project of flow files.",
        "azkaban-flow-version: 3.0\n",
    ),
    "A820": Code(
        Level.WARNING,
        "flow file without a project",
        "no .project file is in the folders around this flow: Azkaban would not look at it",
        "name the folder of the whole project",
        "Flow files count only in a project with azkaban-flow-version: 2.0.",
        "nodes:\n  - name: A\n    type: noop\n",
    ),
    "A821": Code(
        Level.WARNING,
        "job file in a project of flow files",
        "job {name} was left out: Azkaban looks at no job files here",
        "delete it, or take the .project file away",
        "A project has flow files or job files, never both.",
    ),
    "A822": Code(
        Level.ERROR,
        "condition that Azkaban refuses",
        "Azkaban refuses the condition of {name}: {reason}",
        _REFUSED,
        "A condition compares values that jobs before it, in the same flow, hand over with numbers "
        "and texts, and has at most one of all_success, all_done, all_failed, one_success and "
        "one_failed.",
        _A + "  - {name: B, type: noop, dependsOn: [A], condition: one_failed && all_done}\n",
    ),
    "A823": Code(
        Level.ERROR,
        "condition without a translation",
        "the condition of {name} has no translation: {reason}",
        "compare with a number or a text, with ! only before brackets; its node fails until then",
        "Azkaban hands conditions to an engine for JavaScript. What its own loader lets through "
        "and JavaScript has rules of its own for is not translated.",
        _A + "  - {name: B, type: noop, dependsOn: [A], condition: '!${A:x}'}\n",
    ),
    "A824": Code(
        Level.ERROR,
        "condition that never holds",
        "the condition of {name} never holds: {reason}",
        "correct it, or take it off; its node fails until then",
        "Azkaban cancels the job in every run.",
        "nodes:\n  - name: A\n    type: noop\n    condition: one_failed\n",
    ),
    "A825": Code(
        Level.WARNING,
        "handler that sees no failure",
        "{name} never runs after a failure of {parent}, because {rival} needs its success: the "
        "flow then starts nothing more",
        "set failure.action: finish_all_possible in the flow's config if it is to run",
        "A failure that some job needs not to happen fails the flow; by default Azkaban then only "
        "lets end what runs. The workflow does the same behind the failed job.",
        _A + "  - {name: B, type: noop, dependsOn: [A]}\n"
        "  - {name: C, type: noop, dependsOn: [A], condition: one_failed}\n",
    ),
    "A826": Code(
        Level.WARNING,
        "failure action",
        "when a job of {flow} fails, by default Azkaban starts nothing more; the workflow goes on "
        "with what does not wait for that job",
        "nothing to do, unless a job must not start any more; how the flow ends is the same",
        "finish_currently_running depends on which jobs have started by then. The workflow does as "
        "if all had that need not wait. With finish_all_possible both do the same.",
        _A + "  - {name: B, type: noop}\n",
    ),
    "A827": Code(
        Level.WARNING,
        "running jobs are not killed",
        "when a job of {flow} fails, Azkaban kills what runs beside it; the workflow does not",
        "check whether these jobs may run to their end",
        "cancel_all depends on which jobs run by then. The whole fails here, too.",
        "config: {failure.action: cancel_all}\n" + _A,
    ),
    "A828": Code(
        Level.ERROR,
        "trigger that waits for data",
        "the trigger of {flow} waits for {names}; no launch plan was made",
        "start the workflow from whatever sees that the data is there",
        "Flyte's schedules go by the clock alone.",
        "trigger:\n  schedule: {type: cron, value: '0 0 8 * * ?'}\n  triggerDependencies:\n"
        "    - {name: data, type: kafka}\nnodes:\n  - name: A\n    type: noop\n",
    ),
    "A829": Code(
        Level.ERROR,
        "cron expression without a translation",
        "{cron} cannot be said on Flyte: {reason}; no launch plan was made",
        "make a launch plan by hand",
        "Quartz knows seconds, years, last days and nth weekdays, Flyte's five fields do not.",
        "trigger:\n  schedule: {type: cron, value: '0 0 8 L * ?'}\n"
        "nodes:\n  - name: A\n    type: noop\n",
    ),
    "A830": Code(
        Level.WARNING,
        "start within a minute",
        "{cron} starts {second} seconds behind the minute, the launch plan at the minute",
        "check that it may start earlier",
        "Flyte's schedules know no seconds.",
        "trigger:\n  schedule: {type: cron, value: '30 0 8 * * ?'}\n"
        "nodes:\n  - name: A\n    type: noop\n",
    ),
    "A831": Code(
        Level.WARNING,
        "output of a job beside it",
        "{name} looks at what {upstream} hands over, and does not wait for it; here it does",
        "let it depend on {upstream}",
        "Azkaban takes what is there when the parents have ended, which may be nothing.",
        _A + "  - {name: B, type: noop, condition: '${A:x} == 1'}\n",
    ),
    "A832": Code(
        Level.WARNING,
        "file of properties",
        "{name} reads JOB_PROP_FILE, which is not there on Flyte",
        "hand what it needs to the command itself",
        "Azkaban writes all properties that a job sees into this file.",
        "type=command\ncommand=cat-props JOB_PROP_FILE\n",
    ),
    "A833": Code(
        Level.NOTE,
        "notification of a flow inside",
        "{key} of {name}, a flow inside another one, has no effect: {text}",
        "nothing to do; to mail these people, name them in the outermost flow",
        "Azkaban mails whom the outermost flow names, at its end.",
        "nodes:\n  - name: A\n    type: flow\n    config: {failure.emails: a@example.com}\n"
        "    nodes: [{name: a, type: noop}]\n",
    ),
    "A834": Code(
        Level.ERROR,
        "value that a flow hands over",
        "{name} looks at what {upstream} hands over, which is a flow",
        "look at the last job of that flow, or pass it through a file; its node fails until then",
        "A flow hands on what its last jobs have for others; tasks are handed values inside one "
        "workflow only.",
        "nodes:\n  - name: A\n    type: flow\n    nodes: [{name: a, type: noop}]\n"
        "  - {name: B, type: noop, dependsOn: [A], condition: '${A:x} == 1'}\n",
    ),
    "A835": Code(
        Level.NOTE,
        "value from another job",
        "nothing defines {key}, which {name} uses: {others} may hand it over, else it is an input",
        "nothing to do, if a job before it writes it into JOB_OUTPUT_PROP_FILE",
        "What a job writes there is a property of the jobs that depend on it. Without one the "
        "workflow input counts, and a command refuses to run without either.",
        _A + "  - {name: B, type: command, dependsOn: [A], config: {command: 'echo ${x}'}}\n",
    ),
    "A836": Code(
        Level.WARNING,
        "value across flows",
        "nothing defines {key}, which {name} uses: if {others} hands it over, that does not reach "
        "it here",
        "pass it as an input of the workflow, or through a file",
        "A flow hands on what its last jobs have for others, and what those before it had; tasks "
        "are handed values inside one workflow only.",
        "nodes:\n  - name: A\n    type: flow\n    nodes:\n"
        "      - {name: a, type: command, config: {command: ./a.sh}}\n"
        "  - {name: B, type: command, dependsOn: [A], config: {command: 'echo ${x}'}}\n",
    ),
    "A838": Code(
        Level.WARNING,
        "job of a plug-in",
        "{name} is run by the command line of {type}: {text}; the plug-in of Azkaban adds settings",
        "compare the command with what the job's log in Azkaban shows",
        "A plug-in of Azkaban starts a Java program of its own, with the class path, tokens and "
        "defaults of its installation. The command line does the same work with what the job says.",
        "type=hive\nhive.script=daily.hql\n",
    ),
    "A839": Code(
        Level.WARNING,
        "property that a job may hand over",
        "flow {flow} takes {keys} from the files: another value that a job writes into "
        "JOB_OUTPUT_PROP_FILE is not seen",
        "check that none does; name JOB_OUTPUT_PROP_FILE in the command of a job that does",
        "In Azkaban what a job hands over beats flow files and .properties files in the jobs that "
        "depend on it. Only a command that names JOB_OUTPUT_PROP_FILE shows that its program "
        "writes it.",
        _A + "  - name: B\n    type: command\n    dependsOn: [A]\n"
        "    config: {command: 'echo ${x}'}\nconfig: {x: 1}\n",
    ),
    "A840": Code(
        Level.WARNING,
        "zone of the start time",
        "{name} uses {key}: Azkaban takes the time zone of its server, the workflow UTC",
        "name the server's zone in transpile.toml: default under [timezones]",
        "The project does not say in which time zone its server runs. The setting holds "
        "for schedules, too.",
        "type=command\ncommand=./load.sh ${azkaban.flow.start.day}\n",
    ),
    "A841": Code(
        Level.WARNING,
        "name of the project",
        "{name} uses {key}: the input of the workflow has the name of the folder, {project}",
        "pass the input if the project has another name in Azkaban",
        "A project is named when it is created in Azkaban; its files do not have the name.",
    ),
    "A837": Code(
        Level.NOTE,
        "no shell",
        "Azkaban starts the command of {name} without a shell: what looks like shell syntax is "
        "handed to the program as it stands, here too",
        "nothing to do if the job works; else write bash -c '...'",
        "Blanks part the words of a command and quotes group them; there are no redirections, "
        "pipes, variables or patterns.",
        "type=command\ncommand=ls > list.txt\n",
    ),
}
