"""Mail of cron: what jobs print goes to the people in MAILTO."""

import re
from collections.abc import Mapping

from transpile.dialects.timers.codes.cron import CronVariable
from transpile.dialects.timers.crontab import Variable
from transpile.dialects.timers.settings import SYSTEMD
from transpile.findings.diagnostics import Diagnostics
from transpile.model import ANY_FAILURE, Alert

MAILTO = "MAILTO"
_SPLIT = re.compile(r"[\s,]+")
_ADDRESS = re.compile(r"[^@$`\\\"'<>()|;&]+@[^@$`\\\"'<>()|;&]+")


def recipients(variables: Mapping[str, Variable]) -> tuple[str, ...]:
    """The addresses in MAILTO; local users are none."""
    mail = variables.get(MAILTO)
    people = _SPLIT.split(mail.value) if mail else []
    return tuple(dict.fromkeys(person for person in people if _ADDRESS.fullmatch(person)))


def build_alerts(
    variables: Mapping[str, Variable], only_failures: bool, engine: str, diagnostics: Diagnostics
) -> tuple[Alert, ...]:
    """Mail to the addresses in MAILTO when the job fails.

    Reports, once for each line that sets it, that cron mails whatever a job prints. systemd-cron
    mails failures only, as a line does with the option -n of cronie.
    """
    people = recipients(variables)
    mail = variables.get(MAILTO)
    if mail is not None and "$" in mail.value:
        effect = "the addresses have variables: nobody is mailed"
        diagnostics.add(CronVariable(name=MAILTO, effect=effect), mail.span, text=mail.value)
    if not people or mail is None:
        return ()
    if not only_failures and engine != SYSTEMD:
        effect = (
            "cron mails what a job prints, however it ends; Flyte mails failures, without the "
            "output, to " + ", ".join(people)
        )
        told = "read the output in the log of the task; let the job mail reports itself"
        found = CronVariable(name=MAILTO, effect=effect)
        diagnostics.add(found, mail.span, text=mail.value, help=told)
    return tuple(Alert(end, recipients=people) for end in ANY_FAILURE)
