r"""DAG files of a few lines that ask one thing each: does condor_dagman take this command?

`probes` has them by what stands in them; `|` separates lines. Behind `JOB A` and `JOB B` come the
lines of the probe, or, behind `=`, they are the whole file. FILES are beside each of them.
"""

FILES = {
    "inner.dag": "JOB N job.sub\nJOB O job.sub\nPARENT N CHILD O\n",
    "pins_out.dag": "JOB N job.sub\nPIN_OUT N 1\n",
    "pins_in.dag": "JOB N job.sub\nPIN_IN N 1\n",
    "pins_two.dag": "JOB N job.sub\nPIN_IN N 2\n",
    "pins_loose.dag": "JOB N job.sub\nJOB O job.sub\nPIN_IN N 1\n",
    "final.dag": "JOB N job.sub\nFINAL F job.sub\n",
    "service.dag": "JOB N job.sub\nSERVICE F job.sub\n",
    "provisioner.dag": "JOB N job.sub\nPROVISIONER F job.sub\n",
    "reject.dag": "JOB N job.sub\nREJECT\n",
    "wrong.dag": "JOB N job.sub\nNONSENSE\n",
    "empty.dag": "# nothing\n",
    "cycle.dag": "JOB N job.sub\nJOB O job.sub\nPARENT N CHILD O\nPARENT O CHILD N\n",
    "done.dag": "JOB N job.sub DONE\n",
    "more.inc": "JOB M job.sub\nRETRY M 1\n",
    "again.inc": "JOB A job.sub\n",
    "wrong.inc": "NONSENSE\n",
    "about.inc": "RETRY A 1\n",
    "folder/inner.dag": "JOB N job.sub\n",
    "job.sub": "executable = /bin/true\nqueue\n",
}

# What a name, a number or an end of a line can look like.
_NAMES = "A|a|Z|'A'|\"A\"|A+|+A|A.|0.A|ALL_NODES|all_nodes|All-Nodes|PARENT|CHILD".split("|")
_NUMBERS = (
    "0 1 +1 -1 007 3x x 1.5 0x3 1e3 2147483647 2147483648 99999999999999999999 '1' \"1\"".split()
)
_NODES = {
    "JOB": "JOB",
    "FINAL": "FINAL",
    "SERVICE": "SERVICE",
    "PROVISIONER": "PROVISIONER",
    "SUBDAG EXTERNAL": "SUBDAG EXTERNAL",
}


def _nodes() -> list[str]:
    found = []
    for keyword in _NODES:
        file = "inner.dag" if keyword.startswith("SUBDAG") else "job.sub"
        line = f"{keyword} N"
        found += [keyword, line, f"{line} {file}", f"{line.lower()} {file}", f"\t{line}\t{file} \t"]
        tails = (
            "NOOP|DONE|noop|done|NOOP DONE|DONE NOOP|NOOP NOOP|DONE DONE|DIR folder|DIR folder NOOP"
            "|DIR folder DONE|DIR folder NOOP DONE|NOOP DIR folder|DONE DIR folder|DIR|DIR nowhere"
            '|DIR "folder"|DIR folder DIR folder|extra|# remark|DONE # remark|DIR . extra|{|;'
        )
        found += [f"{line} {file} {tail}" for tail in tails.split("|")]
        names = 'A+B|+|A|parent|Child|ALL_NODES|N.O|N-O|ä|\'N\'|"N"|"N O"|N#|N,|{|N=1|JOB|.|\\N|$N'
        found += [f"{keyword} {name} {file}" for name in names.split("|")]
        found += [f'{line} "{file}"', f"{line} '{file}'", f'{line} "{file}" NOOP', f'{line} ""']
        found += [f'{line} "{file}', f"{line} x.condor.sub", f"{line} nowhere.{file}"]
        found += [f"{line} {file}|{line} {file}", f"{line} {file}|{keyword} O {file}"]
    found += [
        "JOB a job.sub",
        "SUBDAG N inner.dag",
        "SUBDAG INTERNAL N inner.dag",
        "SUBDAG external",
    ]
    found += ["FINAL F job.sub|FINAL G job.sub", "FINAL F job.sub|PROVISIONER G job.sub"]
    found += ["=FINAL F job.sub", "=SERVICE F job.sub", "=PROVISIONER F job.sub", "=# nothing", "="]
    found += ["DATA N job.sub", "NODE N job.sub", "NODE N job.sub NOOP"]
    return found


def _inline() -> list[str]:
    found = []
    for keyword in ("JOB", "FINAL", "SERVICE", "PROVISIONER", "SUBMIT-DESCRIPTION"):
        line = f"{keyword} N "
        body = "|executable = /bin/true|"
        found += [
            f"{line}{{{body}}}",
            f"{line}{{{body}}}|NONSENSE",
            f"{line}{{{body}",
            f"{line}{{|}}",
        ]
        found += [
            f"{line}{{{body}}} NOOP",
            f"{line}{{{body} }}",
            f"{line}{{}}",
            f"{line} {{x{body}}}",
        ]
        found += [f"{line}{{ executable = /bin/true }}", f"{line}{{ NOOP{body}}}"]
        found += [f"{line}@=end{body}@end", f"{line}{{{body}nonsense|}}", f"{line}{{{body}queue|}}"]
        found += [
            f"{line}{{{body}if true|x = 1|endif|}}",
            f"{line}{{|x = {{|}}",
            f"{line}{{{body}# }}|}}",
        ]
        found += [f"{line}{{{body}JOB M job.sub|}}", f"{line}{{{body}if true|}}"]
    found += ["SUBMIT-DESCRIPTION", "SUBMIT-DESCRIPTION d", "SUBMIT-DESCRIPTION d job.sub"]
    found += ["SUBMIT_DESCRIPTION d {|executable = /bin/true|}"]
    found += ["SUBMIT-DESCRIPTION d {|executable = /bin/true|}|JOB N d"]
    found += ["JOB N d|SUBMIT-DESCRIPTION d {|executable = /bin/true|}"]
    found += ["SUBMIT-DESCRIPTION d {|x = 1|}|SUBMIT-DESCRIPTION d {|x = 1|}"]
    return found


def _edges() -> list[str]:
    lines = (
        "PARENT|PARENT A|PARENT A CHILD|PARENT CHILD|PARENT CHILD B|CHILD B|PARENT A B"
        "|PARENT A CHILD B|parent A child B|Parent A Child B|PARENT A B CHILD C|PARENT A CHILD B B"
        "|PARENT A A CHILD B|PARENT A CHILD A|PARENT A CHILD A B|PARENT A B CHILD B A"
        "|PARENT A CHILD Z|PARENT Z CHILD A|PARENT a CHILD b|PARENT A, CHILD B|PARENT A,B CHILD B"
        "|PARENT A CHILD B CHILD B|PARENT A PARENT B CHILD B|PARENT A -> B|PARENT A CHILD B # remark"
        '|PARENT "A" CHILD "B"|PARENT \'A\' CHILD B|PARENT ALL_NODES CHILD B|PARENT A CHILD ALL_NODES'
        "|PARENT\tA\tCHILD\tB|PARENT  A   CHILD   B|PARENT A CHILDREN B|PARENTS A CHILD B"
        "|WEAK PARENT A CHILD B|weak parent A child B|WEAK A B|CHILD B PARENT A|PARENT A CHILD B;"
        "|PARENT A B CHILD A"
    )
    found = [line for line in lines.split("|")]
    found += ["PARENT A CHILD B|PARENT A CHILD B", "PARENT A CHILD B|PARENT B CHILD A"]
    found += ["PARENT A B CHILD C D|JOB C job.sub|JOB D job.sub", "PARENT A CHILD C|JOB C job.sub"]
    for kind in ("FINAL", "SERVICE", "PROVISIONER"):
        found += [f"{kind} F job.sub|PARENT A CHILD F", f"{kind} F job.sub|PARENT F CHILD A"]
        found += [f"{kind} F job.sub|PARENT A B CHILD B F"]
    found += ["SUBDAG EXTERNAL F inner.dag|PARENT A CHILD F"]
    found += ["SPLICE S inner.dag|PARENT A CHILD S", "SPLICE S inner.dag|PARENT S CHILD A"]
    found += ["SPLICE S inner.dag|PARENT S CHILD S", "SPLICE S inner.dag|PARENT A CHILD S+N"]
    found += ["PARENT A CHILD S|SPLICE S inner.dag", "SPLICE S empty.dag|PARENT A CHILD S"]
    found += ["SPLICE S empty.dag|PARENT S CHILD A", "SPLICE S inner.dag|PARENT A B CHILD S"]
    found += ["SPLICE S empty.dag|PARENT A S CHILD B", "SPLICE S empty.dag|PARENT A CHILD S B"]
    return found


def _numbered() -> list[str]:
    """Commands with a node and a number."""
    found = []
    for keyword in (
        "RETRY",
        "ABORT-DAG-ON",
        "PRIORITY",
        "PRE_SKIP",
        "TOLERANCE",
        "PIN_IN",
        "PIN_OUT",
    ):
        found += [keyword, f"{keyword} A", f"{keyword.lower()} A 1", f"{keyword} A 1 extra"]
        found += [f"{keyword.replace('-', '_')} A 1", f"{keyword.replace('_', '-')} A 1"]
        found += [
            f"{keyword} A 1 # remark",
            f"{keyword} A 1|{keyword} A 2",
            f"{keyword} A 1|{keyword} A 1",
        ]
        found += [f"{keyword} A {number}" for number in _NUMBERS]
        found += [f"{keyword} {name} 1" for name in _NAMES]
        found += [f"{keyword} C 1|JOB C job.sub", f"{keyword} A 1 2"]
        for kind in ("FINAL", "SERVICE", "PROVISIONER"):
            found += [f"{kind} F job.sub|{keyword} F 1", f"{kind} F job.sub|{keyword} ALL_NODES 1"]
        found += [
            f"SUBDAG EXTERNAL F inner.dag|{keyword} F 1",
            f"=FINAL F job.sub|{keyword} ALL_NODES 1",
        ]
        found += [f"SPLICE S inner.dag|{keyword} S 1", f"SPLICE S inner.dag|{keyword} S+N 1"]
    for number in _NUMBERS:
        found += [f"RETRY A 2 UNLESS-EXIT {number}", f"ABORT-DAG-ON A 2 RETURN {number}"]
    found += [
        f"RETRY A 2 {tail}"
        for tail in (
            "UNLESS-EXIT",
            "unless-exit 1",
            "UNLESS_EXIT 1",
            "UNLESS-EXIT 1 2",
            "UNLESS-EXIT 1 extra",
            "UNLESS 1",
            "UNLESS-EXIT=1",
            "UNLESS-EXIT 1 UNLESS-EXIT 2",
            "UNLESSEXIT 1",
            "UNLESS-EXIT 1,2",
        )
    ]
    found += [
        f"ABORT-DAG-ON A 2 {tail}"
        for tail in (
            "RETURN",
            "return 1",
            "RETURN 255",
            "RETURN 256",
            "RETURN 1 extra",
            "RETURN 1 RETURN 2",
            "RETURNS 1",
            "RETURN=1",
        )
    ]
    found += [f"TOLERANCE A {tail}" for tail in ("50%", "50% FAIL-FAST", "1 WAIT", "1 FAIL_FAST")]
    return found


def _named() -> list[str]:
    """CATEGORY, MAXJOBS, DONE and what else takes names."""
    found = []
    for name in _NAMES:
        found += [f"CATEGORY {name} c", f"DONE {name}", f"SAVE_POINT_FILE {name}"]
    for number in _NUMBERS:
        found += [f"MAXJOBS c {number}"]
    lines = (
        "CATEGORY|CATEGORY A|CATEGORY A c d|category A c|CATEGORY A +c|CATEGORY A 'c'|CATEGORY A c # d"
        '|CATEGORY A "c d"|MAXJOBS|MAXJOBS c|MAXJOBS c 1 extra|maxjobs c 1|MAXJOBS +c 1|MAXJOBS 1 c'
        "|DONE|DONE A B|done A|SAVE_POINT_FILE|SAVE_POINT_FILE A f|SAVE_POINT_FILE A f g"
        "|save_point_file A f|SAVE-POINT-FILE A f"
    )
    found += lines.split("|")
    found += ["CATEGORY A c|CATEGORY A d", "CATEGORY A c|MAXJOBS c 1", "MAXJOBS c 1|MAXJOBS c 2"]
    for kind in ("FINAL", "SERVICE", "PROVISIONER"):
        for command in ("CATEGORY F c", "DONE F", "SAVE_POINT_FILE F", 'VARS F x="1"'):
            found += [f"{kind} F job.sub|{command}"]
        for script in ("PRE", "POST", "HOLD"):
            found += [f"{kind} F job.sub|SCRIPT {script} F /bin/true"]
    found += [
        "SPLICE S inner.dag|DONE S",
        "SPLICE S inner.dag|CATEGORY S c",
        "SPLICE S inner.dag|DONE S+N",
    ]
    return found


def _scripts() -> list[str]:
    found = [f"SCRIPT PRE {name} /bin/true" for name in _NAMES]
    lines = (
        "SCRIPT|SCRIPT PRE|SCRIPT PRE A|SCRIPT PRE A |SCRIPT PRE A /bin/true|script pre A /bin/true"
        "|SCRIPT POST A /bin/true|SCRIPT HOLD A /bin/true|SCRIPT BOTH A /bin/true|SCRIPT A PRE /bin/true"
        "|SCRIPT PRE A /bin/true $JOB $RETRY|SCRIPT PRE A /bin/true $RETURN|SCRIPT PRE A /bin/true $NOPE"
        '|SCRIPT PRE A "/bin/true" x|SCRIPT PRE A /bin/true # x|SCRIPT\tPRE\tA\t/bin/true'
        "|SCRIPT DEFER PRE A /bin/true|SCRIPT DEFER 1 PRE A /bin/true|SCRIPT DEFER 1 2 PRE A /bin/true"
        "|SCRIPT DEFER 0 2 PRE A /bin/true|SCRIPT DEFER -1 2 PRE A /bin/true|SCRIPT DEFER|SCRIPT DEFER 1"
        "|SCRIPT DEFER x 2 PRE A /bin/true|SCRIPT DEFER 1 x PRE A /bin/true|SCRIPT DEFER 1 2"
        "|SCRIPT DEFER 1x 2y PRE A /bin/true|SCRIPT DEFER 1 0 PRE A /bin/true|SCRIPT defer 1 2 post A /bin/true"
        "|SCRIPT DEFER 1 -2 PRE A /bin/true|SCRIPT PRE DEFER 1 2 A /bin/true|SCRIPT DEFER 1 2 HOLD A /bin/true"
        "|SCRIPT DEBUG|SCRIPT DEBUG f|SCRIPT DEBUG f STDOUT|SCRIPT DEBUG f STDOUT PRE A /bin/true"
        "|SCRIPT DEBUG f STDERR PRE A /bin/true|SCRIPT DEBUG f ALL PRE A /bin/true"
        "|SCRIPT DEBUG f all PRE A /bin/true|SCRIPT DEBUG f NONE PRE A /bin/true|SCRIPT DEBUG f PRE A /bin/true"
        "|SCRIPT DEBUG PRE A /bin/true|SCRIPT DEFER 1 2 DEBUG f ALL PRE A /bin/true"
        "|SCRIPT DEBUG f ALL DEFER 1 2 PRE A /bin/true|SCRIPT debug f stdout post A /bin/true"
        "|SCRIPT PRE A,B /bin/true|SCRIPT PRE A B /bin/true|SCRIPT PREPOST A /bin/true"
    )
    found += lines.split("|")
    found += [
        "SCRIPT PRE A /bin/true|SCRIPT PRE A /bin/true",
        "SCRIPT PRE A /bin/true|SCRIPT POST A /bin/true",
    ]
    found += ["SCRIPT PRE C /bin/true|JOB C job.sub", "SPLICE S inner.dag|SCRIPT PRE S /bin/true"]
    found += ["SUBDAG EXTERNAL F inner.dag|SCRIPT PRE F /bin/true"]
    return found


def _variables() -> list[str]:
    found = [f'VARS {name} x="1"' for name in _NAMES]
    tails = (
        '|x|x=|x=1|x = 1|x="1"|x = "1"|x= "1"|x ="1"|x=\'1\'|x="1|x=1"|x="1"y="2"|x="1" y="2"|x="1",y="2"'
        '|x="1"; y="2"|x="1" y|x="1" y=|x="1" # remark|x="a\\"b"|x="a\\\\b"|x="a\\nb"|x="\\"|x="a\'b"|x=""'
        '|+x="1"|++x="1"|x+="1"|+="1"|My.x="1"|MY.x="1"|x.y="1"|x-y="1"|x_y="1"|1x="1"|_x="1"|="1"|"x"="1"'
        '|queue="1"|QUEUE="1"|queued="1"|Queue_x="1"|xqueue="1"|PREPEND x="1"|APPEND x="1"|prepend x="1"'
        '|append x="1"|PREPEND|APPEND|PREPENDx="1"|APPEND="1"|PREPEND="1"|x="1" APPEND y="2"'
        '|APPEND PREPEND x="1"|x="$(JOB)"|x="$(RETRY)" y="$(x)"|x="ä"|ä="1"|x="a\tb"|x==" 1"|x = = "1"'
        '|x:="1"|$x="1"|x="1" x="2"|x="1"  \t y="2"|,x="1"|x="a=b"|x = "1"y = "2"|ALL x="1"|x(y)="1"'
        '|  APPEND x="1"|APPEND   x="1"|APPEND x = "1" y="2"|PREPEND  +x="1"|x="a" "b"'
    )
    found += [f"VARS A {tail}" for tail in tails.split("|")]
    found += ["VARS", 'vars A x="1"', 'VARS A x="1"|VARS A x="2"', 'VARS C x="1"|JOB C job.sub']
    found += [
        'VARS\tA\tx="1"',
        'SPLICE S inner.dag|VARS S x="1"',
        'VARS A \\|x="1"',
        'VARS A x="1|2"',
    ]
    found += ['=FINAL F job.sub|VARS ALL_NODES x="1"', 'VARS ALL_NODES queue="1"']
    return found


def _splices() -> list[str]:
    tails = (
        "|S|S inner.dag|S nowhere.dag|S inner.dag NOOP|S inner.dag DONE|S inner.dag DIR folder|S inner.dag DIR"
        '|S inner.dag dir folder|S inner.dag DIR nowhere|S inner.dag DIR folder NOOP|S inner.dag extra|S "inner.dag"'
        "|S 'inner.dag'|S+T inner.dag|A inner.dag|PARENT inner.dag|S final.dag|S service.dag|S provisioner.dag"
        "|S reject.dag|S wrong.dag|S empty.dag|S cycle.dag|S done.dag|S main.dag|ALL_NODES inner.dag|S inner.dag # x"
        '|S folder/inner.dag|S.T inner.dag|"S" inner.dag|S {'
    )
    found = [f"SPLICE {tail}" for tail in tails.split("|")]
    found += [
        "splice S inner.dag",
        "SPLICE S inner.dag|SPLICE S inner.dag",
        "SPLICE S inner.dag|JOB S job.sub",
    ]
    found += ["SPLICE S inner.dag|SPLICE T inner.dag", "JOB S+N job.sub|SPLICE S inner.dag"]
    pins = "SPLICE S pins_out.dag|SPLICE T pins_in.dag"
    found += [
        f"{pins}|CONNECT {tail}" for tail in "|S|S T|S T extra|T S|S U|S A|S S|s t|S,T".split("|")
    ]
    found += [f"{pins}|connect S T", f"CONNECT S T|{pins}", f"{pins}|CONNECT S T|CONNECT S T"]
    found += [
        f"SPLICE S pins_out.dag|SPLICE T {file}|CONNECT S T"
        for file in ("pins_two.dag", "pins_loose.dag", "inner.dag", "empty.dag")
    ]
    found += [
        "CONNECT A B",
        "PIN_IN A 1|PIN_OUT B 1",
        "SPLICE S inner.dag|PIN_IN S 1",
        "PIN_IN A 1|PIN_IN A 2",
    ]
    return found


def _aside() -> list[str]:
    found = []
    for keyword, value in (
        *(
            ("CONFIG", "some.config"),
            ("DOT", "f.dot"),
            ("NODE_STATUS_FILE", "f.status"),
            ("ENV", "SET X=1"),
        ),
        *(
            ("JOBSTATE_LOG", "f.log"),
            ("SET_JOB_ATTR", "X = 1"),
            ("REJECT", ""),
            ("INCLUDE", "more.inc"),
        ),
    ):
        line = f"{keyword} {value}".strip()
        found += [
            keyword,
            line,
            f"{line} extra",
            line.lower().replace("x", "X"),
            f"{line}|{line}",
            f"{line} # x",
        ]
        found += [line.replace("_", "-"), f'{keyword} "{value}"', f"{keyword}={value}"]
    lines = (
        "DOT f UPDATE|DOT f DONT-UPDATE|DOT f OVERWRITE|DOT f DONT-OVERWRITE|DOT f INCLUDE|DOT f INCLUDE g"
        "|DOT f UPDATE OVERWRITE INCLUDE g|DOT f update|DOT f NONSENSE|DOT f DONT_UPDATE|DOT f UPDATE DONT-UPDATE"
        "|NODE_STATUS_FILE f 30|NODE_STATUS_FILE f x|NODE_STATUS_FILE f -1|NODE_STATUS_FILE f 3x"
        "|NODE_STATUS_FILE f ALWAYS-UPDATE|NODE_STATUS_FILE f 30 ALWAYS-UPDATE|NODE_STATUS_FILE f 30 always-update"
        "|NODE_STATUS_FILE f 30 ALWAYS_UPDATE|NODE_STATUS_FILE f 30 ALWAYS-UPDATE extra|NODE_STATUS_FILE f 30 NEVER"
        "|SET_JOB_ATTR X|SET_JOB_ATTR X=1|SET_JOB_ATTR +X = 1|SET_JOB_ATTR = 1|SET_JOB_ATTR X = a b"
        "|ENV GET HOME|ENV SET X=1;Y=2|ENV X=1|ENV SET|ENV GET|CONFIG nowhere.config|CONFIG a b"
        "|INCLUDE nowhere.inc|INCLUDE wrong.inc|INCLUDE again.inc|INCLUDE about.inc|INCLUDE main.dag"
        "|REJECT extra|REJECT reason here"
    )
    found += lines.split("|")
    found += [
        "INCLUDE more.inc|PARENT A CHILD M",
        "PARENT A CHILD M|INCLUDE more.inc",
        "RETRY M 1|INCLUDE more.inc",
    ]
    found += ["INCLUDE more.inc|INCLUDE more.inc", "=INCLUDE more.inc"]
    return found


def _lines() -> list[str]:
    r"""What lines are made of; `\n` stands at the end of a line that goes on."""
    return [
        *(
            "# remark",
            " # remark",
            "// remark",
            "; remark",
            "\\",
            "JOB C \\|job.sub",
            "JOB C \\|# x|job.sub",
        ),
        *(
            "JOB C job.sub \\",
            "JOB C \\||job.sub",
            "# remark \\|NONSENSE",
            "NONSENSE",
            "NONSENSE A",
            "A",
        ),
        *(
            "JOBS C job.sub",
            "JOBC job.sub",
            "JOB: C job.sub",
            "JOB=C job.sub",
            '"JOB" C job.sub',
            "JOB\fC job.sub",
        ),
        *(
            "RETRY\vA 1",
            "RETRY A\u00a01",
            "\u00a0RETRY A 1",
            "\ufeffRETRY A 1",
            "RETRY A 1\r",
            "{",
            "}",
            "@x",
        ),
        *(
            "=\ufeffJOB A job.sub",
            "=JOB A job.sub\r|JOB B job.sub\r|PARENT A CHILD B\r",
            "*",
            "JOB C job.sub;",
            "-",
        ),
        *(
            "RETRY A \\|1",
            "RETRY \\|  A 1 \\|UNLESS-EXIT 2",
            "PAR\\|ENT A CHILD B",
            "\\# x",
            "// x \\|NONSENSE",
        ),
        *(
            "# x|JOB C job.sub # y",
            "//JOB C job.sub",
            "/ x",
            "JOB C job.sub // x",
            "RETRY A 1 // x",
            "#",
        ),
        *(
            "=JOB A job.sub DONE|JOB B job.sub DONE",
            "PRE-SKIP A 1",
            "ABORT_DAG_ON A 1",
            "ABORTDAGON A 1",
        ),
        *(
            "SCRIPT PRE A /bin/true \\|x",
            "PARENT A \\|CHILD \\|B",
            'VARS A x = \\|"1"',
            "  \t ",
            "\t",
        ),
    ]


def probes() -> dict[str, str]:
    """The text of each probe's file, by the probe."""
    every = (
        *(*_nodes(), *_inline(), *_edges(), *_numbered(), *_named(), *_scripts()),
        *(*_variables(), *_splices(), *_aside(), *_lines()),
    )
    before = "JOB A job.sub|JOB B job.sub|"
    texts = {p: p[1:] if p.startswith("=") else before + p for p in every}
    return {probe: text.replace("|", "\n") + "\n" for probe, text in texts.items()}
