"""Plans alerts: log lines of tasks and failure handlers, and mail of launch plans.

Tasks raise the alarms of their jobs because a watched job fails without failing its node.
"""

import json
import re
from collections.abc import Iterable

from transpile.findings.codes.jobs import AlarmLost, MailNotSent
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.lowering.structure import Lowered
from transpile.model import Alert, End, Job
from transpile.targets.flyte.values import Call, Name, Value

_PLAIN = re.compile(r"[\w.,:@/+-]+", re.ASCII)
_PHASES = {
    End.SUCCESS: ("SUCCEEDED",),
    End.FAILURE: ("FAILED", "TIMED_OUT"),
    # The run also fails if the platform killed a job.
    End.TERMINATED: ("ABORTED", "FAILED", "TIMED_OUT"),
}


def lines(alerts: Iterable[Alert], kind: str, name: str) -> tuple[tuple[str, Value], ...]:
    """The line to print at each end with alerts: ALARM or NOTIFICATION, then logfmt."""
    alerts = tuple(alerts)
    found: list[tuple[str, Value]] = []
    for end in End if alerts else ():
        here = [alert for alert in alerts if alert.on is end]
        alarms = [alert.alarm for alert in here if alert.alarm]
        words = ["ALARM", *alarms] if alarms else ["NOTIFICATION"]
        fields = [(kind, name)]
        fields += [("to", ",".join(alert.recipients)) for alert in here if alert.recipients]
        fields += [("message", alert.message) for alert in here if alert.message]
        words += [f"{key}={_quoted(value)}" for key, value in fields]
        if here:
            found.append((end.value, " ".join(words)))
    return tuple(found)


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def notifications(alerts: Iterable[Alert], *, on_success: bool) -> tuple[Value, ...]:
    """The mail of a launch plan: one notification for each group of recipients.

    An alarm may go to a name that only the old scheduler knows, which gets no mail.
    """
    phases: dict[tuple[str, ...], set[str]] = {}
    for alert in alerts:
        people = tuple(p for p in alert.recipients if not alert.alarm or "@" in p)
        if people and (on_success or alert.on is not End.SUCCESS):
            phases.setdefault(people, set()).update(_PHASES[alert.on])
    return tuple(
        Call(
            "Email",
            (),
            (
                ("phases", tuple(Name(f"WorkflowExecutionPhase.{p}") for p in sorted(found))),
                ("recipients_email", recipients),
            ),
        )
        for recipients, found in phases.items()
    )


def report_alerts(lowered: Lowered, diagnostics: Diagnostics) -> None:
    """Report the mail and alarms that are lost."""
    for name in lowered.facts.order:
        job = lowered.facts.jobs[name]
        mails = [alert for alert in job.alerts if not alert.alarm]
        reason = "Flyte notifies per workflow"
        if name == lowered.whole:
            mails = [alert for alert in mails if not alert.recipients]
            reason = "it has no recipient"
        if mails:
            _report(
                MailNotSent(what=_people(mails), name=job.name, reason=reason), job, diagnostics
            )
        alarms = ", ".join(alert.alarm for alert in job.alerts if alert.alarm)
        reason = "an entity stands for it" if job.call else ""
        if name in lowered.unheard:
            reason = "it was flattened, and a failure in it ends the workflow around it"
        if alarms and reason:
            _report(AlarmLost(name=job.name, what=alarms, reason=reason), job, diagnostics)


def report_rest_days(lowered: Lowered, diagnostics: Diagnostics) -> None:
    """Report mail about the success of a workflow that looks up its run days."""
    job = lowered.facts.jobs[lowered.whole] if lowered.whole else None
    mails = [alert for alert in job.alerts if alert.on is End.SUCCESS] if job else []
    if job and any(alert.recipients for alert in mails):
        reason = "its launch plan also succeeds on days without a run"
        _report(MailNotSent(what=_people(mails), name=job.name, reason=reason), job, diagnostics)


def _report(finding: Finding, job: Job, diagnostics: Diagnostics) -> None:
    diagnostics.add(finding, job.span, job=job.name, text=job.name)


def _people(mails: Iterable[Alert]) -> str:
    people = ", ".join(dict.fromkeys(person for alert in mails for person in alert.recipients))
    return f" to {people}" if people else ""
