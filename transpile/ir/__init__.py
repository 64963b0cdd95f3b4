"""The intermediate representation: what a legacy estate says, free of any format's spelling."""

from transpile.ir.condition import (
    All,
    AnyOf,
    Atom,
    Condition,
    ExitCode,
    GlobalValue,
    Status,
    StatusTest,
    atoms,
)
from transpile.ir.job import (
    Blocked,
    Command,
    ExitRule,
    FileState,
    FileWatch,
    InitialStatus,
    Job,
    Kind,
    Redirect,
    Text,
    VariableRef,
    plain,
)
from transpile.ir.network import Dependency, Network, Tally, Variable
from transpile.ir.schedule import Schedule

__all__ = [
    "All",
    "AnyOf",
    "Atom",
    "Blocked",
    "Command",
    "Condition",
    "Dependency",
    "ExitCode",
    "ExitRule",
    "FileState",
    "FileWatch",
    "GlobalValue",
    "InitialStatus",
    "Job",
    "Kind",
    "Network",
    "Redirect",
    "Schedule",
    "Status",
    "StatusTest",
    "Tally",
    "Text",
    "Variable",
    "VariableRef",
    "atoms",
    "plain",
]
