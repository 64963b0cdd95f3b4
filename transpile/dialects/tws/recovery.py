"""RECOVERY: what happens when a job abends."""

from transpile.dialects.tws.codes.dependencies import OperatorRecovery, UntranslatedClause
from transpile.dialects.tws.model import Definition
from transpile.dialects.tws.reader import span_of
from transpile.dialects.tws.units import Recovery, RecoveryAction
from transpile.dialects.tws.values import first, inner, spelled, words
from transpile.findings.diagnostics import Diagnostics


def read_recovery(definition: Definition, job: str, diagnostics: Diagnostics) -> Recovery:
    """The recovery options of a job's definition.

    A prompt comes before the recovery job and the action: without an answer neither takes place.
    """
    found = Recovery()
    for clause in definition.all("recovery"):
        span = span_of(first(clause), definition.origin)
        text = spelled(clause)
        action = RecoveryAction(str(words(clause, "RECOVERY_ACTION")[0]).upper())
        after = inner(clause, "after")
        repeats, attempts = inner(clause, "repeat"), inner(clause, "attempts")
        count = int(words(attempts[0], "NUMBER")[0]) if attempts else 1
        stops = action is RecoveryAction.STOP and not after
        if inner(clause, "abendprompt") and not stops:
            diagnostics.add(OperatorRecovery(name=job, value=text), span, job=job, text=text)
            found = Recovery(span=span)
            continue
        if repeats:
            shown = spelled(repeats[0])
            diagnostics.add(UntranslatedClause(value=shown, name=job), span, job=job, text=text)
        if after and count > 1:
            shown = spelled(attempts[0])
            diagnostics.add(UntranslatedClause(value=shown, name=job), span, job=job, text=text)
        name = str(words(after[0], "NAME")[0]) if after else None
        found = Recovery(action, name, count, span)
    return found
