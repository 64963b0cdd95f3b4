"""RECOVERY: what the source does when a job abends."""

from transpile.dialects.tws.clauses import Reporter
from transpile.dialects.tws.codes.dependencies import OperatorRecovery, UntranslatedClause
from transpile.dialects.tws.model import Definition
from transpile.dialects.tws.units import Recovery, RecoveryAction
from transpile.dialects.tws.values import inner, keyword, minutes, spelled, words
from transpile.findings.diagnostics import Diagnostics


def read_recovery(definition: Definition, job: str, diagnostics: Diagnostics) -> Recovery:
    """The recovery options of a job's definition.

    An operator has to answer a prompt before the recovery job and the action: without an answer
    neither takes place.
    """
    reporter = Reporter(job, definition.origin, diagnostics)
    found = Recovery()
    for clause in definition.all("recovery"):
        span = reporter.span(clause)
        action = RecoveryAction(keyword(clause, "RECOVERY_ACTION"))
        after, attempts = inner(clause, "after"), inner(clause, "attempts")
        count = int(words(attempts[0], "NUMBER")[0]) if attempts else 1
        if inner(clause, "abendprompt") and (after or action is not RecoveryAction.STOP):
            reporter.lose(OperatorRecovery, clause)
            found = Recovery(span=span)
            continue
        for lost in [*inner(clause, "repeat"), *(attempts if after and count > 1 else [])]:
            reporter.report(UntranslatedClause(value=spelled(lost), name=job), clause)
        pauses = [minutes(words(repeat, "NUMBER")[0]) for repeat in inner(clause, "repeat")]
        other = str(words(after[0])[0]) if after else None
        found = Recovery(action, other, count, span, next(filter(None, pauses), 0))
    return found
