"""A1xx: reading sources and statements."""

from transpile.findings.codes.entry import Code, Level

CODES = {
    "A101": Code(
        Level.ERROR,
        "a source cannot be read",
        "cannot read {path}: {reason}",
        "check that the file exists and that you may read it",
        "The file or folder was named, or stands below a named folder, but the system refuses it. "
        "Everything that can be read is converted all the same.",
    ),
    "A102": Code(
        Level.ERROR,
        "a named file is in no format that is known",
        "{path} is in no format that can be read here",
        "name the format with --from if you know better; `transpile dialects` lists them",
        "A file that you name must be a job definition. It is recognised by its suffix and by how "
        "its text begins; nothing is guessed.",
    ),
    "A103": Code(
        Level.NOTE,
        "a file in a folder was passed over",
        "{path} is in no format that can be read here and was passed over",
        "name the file itself, with --from, to have it read",
        "Folders hold all sorts of files. What is no job definition is listed, never guessed.",
    ),
    "A104": Code(
        Level.ERROR,
        "a file is binary",
        "{path} is binary, not text",
        "export the definitions as text (AutoSys: autorep -J ALL -q)",
        "The file holds NUL bytes where text was expected.",
    ),
    "A105": Code(
        Level.WARNING,
        "a source holds no statement",
        "no statement found",
        "an empty export often means that the export failed",
        "The file is empty, or holds nothing but comments.",
        "/* nothing here */\n",
    ),
    "A106": Code(
        Level.NOTE,
        "a file was read as Latin-1",
        "not UTF-8: read as Latin-1; emitted commands are UTF-8",
        "convert the file to UTF-8 if its letters look wrong",
        "Bytes that are no UTF-8 were found. Latin-1 gives every byte a letter, but a command that "
        "passes such letters on passes them as UTF-8 from now on.",
    ),
    "A107": Code(
        Level.ERROR,
        "a comment is not closed",
        "this comment is never closed",
        "close it with */; only its first line was taken as a comment",
        "The source engine would read the rest of the file as a comment. Reading on keeps what "
        "stands behind it from being lost.",
        "/* begins here\ninsert_job: A\ncommand: true\n",
    ),
    "A108": Code(
        Level.ERROR,
        "nothing to read",
        "no source was found",
        "name a file or a folder that holds job definitions; `transpile dialects` lists formats",
        "No named file could be read, or the named folders hold none that is recognised.",
    ),
    "A110": Code(
        Level.ERROR,
        "text belongs to no statement",
        "this text belongs to no statement or attribute: {text}",
        "an attribute is `key: value` on one line; values do not continue on the next line",
        "The line is no `key: value`, and the attribute before it takes no more lines. Where it "
        "follows a command, the job becomes a node that fails: half a command is a wrong command.",
        "insert_job: A\ncommand: echo one\n  two three\n",
    ),
    "A111": Code(
        Level.ERROR,
        "unknown verb",
        "unknown statement {verb}",
        "the statement and its attributes were left out; check its spelling",
        "The line looks like the start of a statement, but no statement has that name.",
        "insert_jib: A\ncommand: true\n",
    ),
    "A112": Code(
        Level.ERROR,
        "statement without a name",
        "{verb} names nothing",
        "write the name behind the colon; the statement was left out",
        "A statement is a verb, a colon and the name of what it defines.",
        "insert_job:\ncommand: true\n",
    ),
    "A113": Code(
        Level.ERROR,
        "unknown attribute",
        "unknown attribute {key}",
        "check its spelling; it was left out",
        "The attribute is none that the format documents, and has no effect on what is emitted. "
        "Where it looks like a misspelled condition, box, command or success rule, the job's node "
        "fails: without it the job would run at the wrong time, or not as meant.",
        "insert_job: A\ncommand: true\ncolour: blue\n",
    ),
    "A114": Code(
        Level.WARNING,
        "attribute given twice",
        "{key} is given again with another value; the last one counts",
        "delete the one that is not meant",
        "One statement sets the same attribute to two values.",
        "insert_job: A\ncommand: true\nmachine: m1\nmachine: m2\n",
    ),
    "A115": Code(
        Level.ERROR,
        "value not understood",
        "{key} cannot be {value}: {expected} is expected",
        "correct the value; the attribute was left out",
        "The value is not of the attribute's form, so that its effect is unknown.",
        "insert_job: A\ncommand: true\nn_retrys: often\n",
    ),
    "A116": Code(
        Level.WARNING,
        "attribute inside the line of another",
        "{key} was read as an attribute of its own, inside the line of {outer}",
        "escape the colon (\\:) or quote the text if it belongs to the value",
        "Several attributes may stand on one line, so a known key and a colon in the middle of a "
        "command or a description begins the next attribute.",
        "insert_job: A\ncommand: echo done machine: m1\n",
    ),
    "A117": Code(
        Level.WARNING,
        "comment taken off a command",
        "the comment behind the command was taken off: {text}",
        "if it is part of the command, quote it",
        "`/* ... */` at the end of a line is a comment; in a shell it would be a file pattern.",
        "insert_job: A\ncommand: echo done /* twice a day */\n",
    ),
    "A118": Code(
        Level.WARNING,
        "condition over several lines",
        "{key} goes on over several lines; they were joined",
        "write the condition on one line",
        "The format has no continuation lines for conditions, but people write them.",
        "insert_job: A\ncommand: true\n\ninsert_job: B\ncommand: true\n"
        "condition: s(A) &\n  s(A)\n",
    ),
    "A120": Code(
        Level.WARNING,
        "job defined twice",
        "{name} is defined again; the earlier definition at {earlier} is dropped",
        "delete the definition that is not meant",
        "The same name is inserted twice in the estate. The later definition wins.",
        "insert_job: A\ncommand: one\n\ninsert_job: A\ncommand: two\n",
    ),
    "A121": Code(
        Level.ERROR,
        "statement about a job that is not there",
        "{verb} names {name}, which is not defined before it",
        "name the file that defines it too, before this one",
        "Statements work in the order in which they are read: the job must be there already.",
        "update_job: A\ncommand: true\n",
    ),
    "A122": Code(
        Level.WARNING,
        "one-time override",
        "override_job changes only the next run of {name}; it was not applied",
        "apply it by hand if the next run is yet to come",
        "An override is for one run. A workflow is for all of them.",
        "insert_job: A\ncommand: true\n\noverride_job: A\ncommand: false\n",
    ),
    "A123": Code(
        Level.NOTE,
        "job deleted",
        "{name} is deleted here",
        "nothing to do: it is reported as left out",
        "The estate itself deletes the job, so that no node is made for it.",
        "insert_job: A\ncommand: true\n\ndelete_job: A\n",
    ),
    "A124": Code(
        Level.NOTE,
        "definition without a meaning on Flyte",
        "{verb} {name} has no meaning on Flyte",
        "where a job needs such a place or resource, say so with the task's image and resources",
        "Machines, resources, external instances and monitors describe the old platform.",
        "insert_machine: m1\ntype: a\n",
    ),
    "A125": Code(
        Level.NOTE,
        "calendar without an effect",
        "calendar {name} has no effect here",
        "nothing to do",
        "A calendar has an effect through the jobs that name it.",
        "calendar: HOLIDAYS\n12/25/2026\n",
    ),
    "A126": Code(
        Level.ERROR,
        "character that no command can hold",
        "{key} holds a NUL character",
        "repair the file; the job is a node that fails, or is not converted",
        "No operating system can pass a NUL character to a program.",
        "insert_job: A\ncommand: echo \0\n",
    ),
    "A127": Code(
        Level.ERROR,
        "placeholder without a value",
        "placeholder {text} has no value",
        "give it one in the [templates] table of transpile.toml",
        "A site's deployment fills in such placeholders before it loads the definitions. Without "
        "the value the text is another one, so a job that would act on it becomes a node that "
        "fails.",
        "insert_job: A\ncommand: load ~{$REGION}~\n",
    ),
    "A128": Code(
        Level.ERROR,
        "value of a placeholder on several lines",
        "the value of placeholder {text} holds a line break or a NUL character",
        "write its value in [templates] of transpile.toml on one line",
        "A value is text inside one line of a definition. One of several lines would change what "
        "the lines behind it belong to.",
    ),
    "A133": Code(
        Level.NOTE,
        "a folder was passed over",
        "{path} was passed over: {reason}",
        "name the folder itself to have it read",
        "Hidden folders hold the data of other programs. Each folder is read once: a link to a "
        "folder that is read already, or that holds the link, leads to nothing new.",
    ),
    "A134": Code(
        Level.WARNING,
        "a hidden source was passed over",
        "{path} holds job definitions, but its name makes it a hidden file: it was not read",
        "name the file itself to have it read, or exclude it",
        "Editors and version control keep copies of files under names that begin with a full stop.",
    ),
}
