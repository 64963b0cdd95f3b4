"""Reads the arguments of programs that drive or ask a batch scheduler."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from transpile.analysis.invoked import Program


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that a command has a scheduler do, or asks it; `targets` are as the text has them.

    `drives` is false for a mere question.
    """

    program: str
    event: str
    targets: tuple[str, ...] = ()
    drives: bool = True


_Reader = Callable[[Program], Iterator[Use]]


def _options(arguments: tuple[str, ...], flags: str = "") -> tuple[dict[str, list[str]], list[str]]:
    """The options by lower-case name without dashes, and the other words; `flags` take no word."""
    found: dict[str, list[str]] = {}
    others: list[str] = []
    name = ""
    for word in arguments:
        if re.match(r"-{1,2}[A-Za-z]", word):
            name = word.lstrip("-").lower()
            found.setdefault(name, [])
            name = "" if name in flags.split() else name
        elif name:
            found[name].append(word)
            name = ""
        else:
            others.append(word)
    return found, others


def _named(options: Mapping[str, list[str]], *names: str) -> tuple[str, ...]:
    return tuple(part for name in names for word in options.get(name, ()) for part in [word])


# ---------------------------------------------------------------- AutoSys


def _sendevent(program: Program) -> Iterator[Use]:
    options, _ = _options(_apart(program.arguments))
    events, globals_ = _named(options, "e"), _named(options, "g")
    event = events[0] if events else "SET_GLOBAL" if globals_ else "an event"
    if "s" in options and event.upper() == "CHANGE_STATUS":
        event = " ".join((event, *options["s"]))
    targets = [name for word in _named(options, "j", "b") for name in re.split(r"[,\s]+", word)]
    targets += [f"global {word}" for word in globals_]
    yield Use(program.name, event, tuple(filter(None, targets)))


def _apart(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The arguments with a value that is attached to its one-letter option as a word of its own."""
    found: list[str] = []
    for word in arguments:
        match = re.fullmatch(r"(-[EJGejg])=?([^\s=].*)", word, re.S)
        found += [match[1], match[2]] if match else [word]
    return tuple(found)


def _asks_autosys(program: Program) -> Iterator[Use]:
    options, _ = _options(_apart(program.arguments), "s d q r c t w l n p")
    targets = [*_named(options, "j", "b"), *(f"global {word}" for word in _named(options, "g"))]
    yield Use(program.name, "status", tuple(targets), drives=False)


_JIL = re.compile(r"\b((?:insert|update|delete|override)_(?:job|box))\s*:\s*(\S+)")


def _jil(program: Program) -> Iterator[Use]:
    found = [m.groups() for text in program.fed for m in _JIL.finditer(text[:100_000])]
    for verb in dict.fromkeys(verb for verb, _ in found):
        yield Use(program.name, verb, tuple(name for v, name in found if v == verb)[:20])
    if not found:
        yield Use(program.name, "definitions", tuple(f"file {name}" for name in program.files))


# ---------------------------------------------------------------- TWS

_CONMAN_ASKS = re.compile(
    r"(?:show\w*|s[sjcfpdri]|sys|status|version|v|display|d[fjs]|listsym|recall|rc|help|redo|tell"
    r"|console|exit|continue|setsym)\Z"
)
_CONMAN_KIND = re.compile(r"\s*(?:(?:sched|job|docommand)(?=[\s=]))?\s*=?\s*", re.I)
_PHP = frozenset("""
    about archive audit browse bump check-platform-reqs clear-cache clearcache config
    create-project depends diagnose dump-autoload dumpautoload exec fund global init install
    licenses outdated prohibits reinstall remove require run run-script search self-update show
    status suggests test update upgrade validate why
    """.split())
"""Commands of PHP's composer."""


def _conman(program: Program) -> Iterator[Use]:
    words = [*program.arguments]
    while words and words[0].startswith("-"):
        words.pop(0)
    text = " ".join(words) or "\n".join(program.fed)
    lines = [line.strip() for line in re.split(r"[&\n]", text[:20_000]) if line.strip()]
    for line in lines[:50]:
        verb, _, rest = line.partition(" ")
        verb, _, glued = verb.partition("=")
        rest = f"{glued} {rest}"
        rest = rest[_kind_end(rest) :].strip()
        target = re.split(r"[;\s]", rest, maxsplit=1)[0].strip("\"'")
        asks = _CONMAN_ASKS.match(verb.lower()) is not None
        yield Use(program.name, verb.lower(), (target,) if target else (), drives=not asks)
    if not lines:
        yield Use(program.name, "a session")


def _kind_end(text: str) -> int:
    """Where the words `sched =` and the like in front of a name end."""
    match = _CONMAN_KIND.match(text)
    return match.end() if match else 0


_COMPOSER_ASKS = frozenset("create cr extract ext display di list li print pr version help".split())


def _composer(program: Program) -> Iterator[Use]:
    words = [*program.arguments]
    while words and re.match(r"-(?!-|[dnq]\Z)", words[0]):
        words = words[2:]
    text = " ".join(words) or " ".join(program.fed)
    verb, _, rest = text.strip().partition(" ")
    verb = verb.lower()
    is_ours = re.search(r"[=@#&]", rest) or any(p in rest.lower() for p in ("sched", "jobs"))
    if not verb or verb.startswith("-") or (verb in _PHP and not is_ours):
        return
    targets = tuple(word for word in rest.split()[:1])
    yield Use(program.name, verb, targets, drives=verb not in _COMPOSER_ASKS)


# ---------------------------------------------------------------- HTCondor


def _condor(event: str, *, drives: bool = True) -> _Reader:
    with_word = "name pool remote append a batch-name b maxjobs maxidle usedagdir constraint reason"

    def read(program: Program) -> Iterator[Use]:
        others: list[str] = []
        skip = False
        for word in program.arguments:
            option = word.lstrip("-").lower() if word.startswith("-") else ""
            if not skip and not option and not re.match(r"\w+\s*=", word):
                others.append(word)
            skip = option in with_word.split()
        yield Use(program.name, event, tuple(others[:20]), drives)

    return read


# ---------------------------------------------------------------- Control-M


def _control_m(event: str, *names: str) -> _Reader:
    def read(program: Program) -> Iterator[Use]:
        options, others = _options(program.arguments)
        found = [word for name in names for word in options.get(name, ())]
        yield Use(program.name, event, tuple(found or others[:2]))

    return read


def _ctm(program: Program) -> Iterator[Use]:
    """The command line of the Automation API: `ctm run order SERVER FOLDER`."""
    words = [word for word in program.arguments if not word.startswith("-")]
    if words[:1] in (["run"], ["deploy"], ["r"], ["d"]):
        asks = any(word.split(":")[-1] in ("status", "get", "getLog", "list") for word in words[1:])
        yield Use(program.name, " ".join(words[:2]), tuple(words[2:4]), drives=not asks)


# ---------------------------------------------------------------- Azkaban and Oozie

_AJAX = re.compile(r"\bajax=(\w+)")
_FIELD = re.compile(r"(?:^|[?&\s])(flow|project|execid)=([^&\s]+)")
_OOZIE_PATH = re.compile(r"/oozie/v\d+/(jobs?)(?:/([\w@.-]+))?")
_ACTION = re.compile(r"[?&]action=(\w+)")
_AZKABAN_DRIVES = re.compile(
    r"(?:execute|schedule|cancel|pause|resume|retry|unschedule|removeSched|upload|trigger|delete)",
    re.I,
)


def _web(program: Program) -> Iterator[Use]:
    """A call of a server's web interface."""
    text = "&".join(program.arguments)[:20_000]
    action = _AJAX.search(text)
    if action and _is_azkaban(text, action[1]):
        fields = dict(reversed(_FIELD.findall(text)))
        names = (fields.get("project", ""), fields.get("flow") or fields.get("execid", ""))
        target = names[1] or (f"project {names[0]}" if names[0] else "")
        drives = _AZKABAN_DRIVES.match(action[1]) is not None
        yield Use(f"{program.name} (Azkaban)", action[1], (target,) if target else (), drives)
    elif path := _OOZIE_PATH.search(text):
        done = _ACTION.search(text)
        posts = re.search(r"(?:^|&)(?:-X&?|--request[=&])(?:POST|PUT)|(?:^|&)(?:-d|--data)", text)
        event = done[1] if done else "submit" if posts else "status"
        targets = (path[2],) if path[2] else ()
        drives = bool(done or posts)
        yield Use(f"{program.name} (Oozie)", event, targets, drives)


def _is_azkaban(text: str, action: str) -> bool:
    known = ("executor", "schedule", "manager", "azkaban", "flow=", "execid=", "session.id")
    return any(word in text for word in known) or bool(_AZKABAN_DRIVES.match(action))


def _azkaban(program: Program) -> Iterator[Use]:
    words = [word for word in program.arguments if not word.startswith("-")]
    verb = words[0].lower() if words else ""
    if verb in ("run", "execute", "schedule", "upload", "cancel", "flow", "build", "create"):
        yield Use(program.name, verb, tuple(words[-1:] if len(words) > 1 else ()))
    elif verb in ("log", "info", "logs", "status"):
        yield Use(program.name, verb, tuple(words[1:2]), drives=False)


_OOZIE_DRIVES = "run submit start kill rerun suspend resume change dryrun ignore update".split()


def _oozie(program: Program) -> Iterator[Use]:
    if program.arguments[:1] not in (("job",), ("jobs",), ("pig",), ("hive",), ("mapreduce",)):
        return
    options, _ = _options(program.arguments[1:], "run submit dryrun")
    done = [name for name in options if name in _OOZIE_DRIVES]
    files = tuple(f"file {word}" for word in options.get("config", ()))
    targets = tuple(word for name in [*done, "info", "log"] for word in options.get(name, ()))
    event = done[0] if done else "run" if program.arguments[0] in ("pig", "hive") else "status"
    yield Use(program.name, event, targets or files, drives=event != "status")


_FOLDER = ("folder", "table", "schedtab", "name", "jobname", "job")
READERS: Mapping[str, _Reader] = {
    "sendevent": _sendevent,
    "jil": _jil,
    "autocal_asc": lambda p: iter((Use(p.name, "calendars"),)),
    **dict.fromkeys(("autorep", "autostatus", "job_depends", "autosyslog"), _asks_autosys),
    "conman": _conman,
    "composer": _composer,
    **dict.fromkeys(("JnextPlan", "planman"), lambda p: iter((Use(p.name, "plan"),))),
    "condor_submit": _condor("submit"),
    "condor_submit_dag": _condor("submit"),
    "condor_dagman": _condor("submit"),
    "condor_run": _condor("submit"),
    **{
        f"condor_{verb}": _condor(verb)
        for verb in ("rm", "hold", "release", "qedit", "prio", "suspend", "continue", "vacate_job")
    },
    **{
        f"condor_{verb}": _condor("status", drives=False)
        for verb in ("q", "history", "wait", "status", "tail")
    },
    "ctmorder": _control_m("order", *_FOLDER),
    "ctmcreate": _control_m("create", "jobname", "name", "cmdline"),
    "ctmcontb": _control_m("condition", "add", "delete", "delete_from", "list"),
    "ctmvar": _control_m("variable", "var"),
    "ctmkilljob": _control_m("kill", "orderid", "jobname", "name"),
    "ctmdefine": _control_m("define", "jobname", "name"),
    "ctmpsm": _control_m("update", "updatejob", "updatetable"),
    "ctm": _ctm,
    "azkaban": _azkaban,
    "oozie": _oozie,
    **dict.fromkeys(("curl", "wget", "http", "https"), _web),
}

MENTIONS = re.compile(
    "|".join(sorted(READERS.keys() - {"curl", "wget", "http", "https"} | {"ajax=", "/oozie/"})),
    re.IGNORECASE,
)
"""Matches any text that runs one of them."""


def uses(program: Program) -> Iterator[Use]:
    """What the program has a scheduler do."""
    reader = READERS.get(program.name)
    if reader is not None:
        yield from reader(program)
