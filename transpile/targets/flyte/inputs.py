"""Names the workflow inputs of globals."""

from transpile.findings.codes.jobs import ShellInGlobal, UnsetGlobal
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.structure import Lowered
from transpile.targets.flyte.module_names import input_names
from transpile.targets.flyte.names import RESERVED_FOR_INPUTS
from transpile.targets.flyte.shell import SHELL_SYNTAX


def inputs_of(
    lowered: Lowered,
    workflow: str,
    diagnostics: Diagnostics,
    reserved: frozenset[str] = RESERVED_FOR_INPUTS,
) -> dict[str, str]:
    """The workflow input of each global that jobs use; globals without a value are reported.

    `workflow` is the variable of the workflow; no input has one of the names `reserved`.
    """
    variables = lowered.facts.said.variables
    inputs = input_names(lowered.globals, variables, workflow, reserved)
    for variable in inputs:
        used, known = lowered.globals[variable], variables.get(variable)
        job = used.user
        if known is not None and known.value and SHELL_SYNTAX.search(known.value):
            diagnostics.add(ShellInGlobal(name=variable), job.span, job=job.name, text=known.value)
        given = known is not None and (known.value is not None or known.is_start)
        if not given and not used.handed:
            diagnostics.add(UnsetGlobal(name=variable), job.span, job=job.name, text=variable)
    return inputs
