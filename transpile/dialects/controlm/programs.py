"""The programs by which commands call Control-M."""

from collections.abc import Iterator

from transpile.dialects.kit.arguments import options_of
from transpile.model.programs import Program, Programs, Reader, SchedulerCall

_FOLDER = ("folder", "table", "schedtab", "name", "jobname", "job")


def _control_m(event: str, *names: str) -> Reader:
    def read(program: Program) -> Iterator[SchedulerCall]:
        options, others = options_of(program.arguments)
        found = [word for name in names for word in options.get(name, ())]
        yield SchedulerCall(program.name, event, tuple(found or others[:2]))

    return read


def _ctm(program: Program) -> Iterator[SchedulerCall]:
    """A call of the Automation API, such as `ctm run order SERVER FOLDER`."""
    words = [word for word in program.arguments if not word.startswith("-")]
    if words[:1] in (["run"], ["deploy"], ["r"], ["d"]):
        asks = any(word.split(":")[-1] in ("status", "get", "getLog", "list") for word in words[1:])
        yield SchedulerCall(program.name, " ".join(words[:2]), tuple(words[2:4]), drives=not asks)


PROGRAMS = Programs(
    {
        "ctmorder": _control_m("order", *_FOLDER),
        "ctmcreate": _control_m("create", "jobname", "name", "cmdline"),
        "ctmcontb": _control_m("condition", "add", "delete", "delete_from", "list"),
        "ctmvar": _control_m("variable", "var"),
        "ctmkilljob": _control_m("kill", "orderid", "jobname", "name"),
        "ctmdefine": _control_m("define", "jobname", "name"),
        "ctmpsm": _control_m("update", "updatejob", "updatetable"),
        "ctm": _ctm,
    }
)
