"""Who hears of an end: lines in the log of a task or of a workflow, and mail by launch plans.

An alarm is raised where the job fails, in its own task: a watched job fails without failing its
node. A box raises its alarm in the node that computes its status; where there is none, the
workflow of the box fails if and only if the box does, and its failure handler raises it.
"""

import json
import re
from collections.abc import Collection, Iterable

from transpile.findings.codes.jobs import AlarmLost, MailNotSent
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.failures import Link
from transpile.lowering.placement import Frontier
from transpile.lowering.start_conditions import Key, Role
from transpile.model import Alert, End, Job, Network
from transpile.targets.flyte.values import Call, Name, Value

_PLAIN = re.compile(r"[\w.,:@/+-]+", re.ASCII)
_PHASES = {
    End.SUCCESS: ("SUCCEEDED",),
    End.FAILURE: ("FAILED", "TIMED_OUT"),
    # Where a job was killed, the run is one that failed.
    End.TERMINATED: ("ABORTED", "FAILED", "TIMED_OUT"),
}


def lines(alerts: Iterable[Alert], kind: str, name: str) -> tuple[tuple[str, Value], ...]:
    """For each end that somebody is to hear of, what is printed then: logfmt behind a word."""
    found: list[tuple[str, Value]] = []
    for end in End:
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
    """What a launch plan of the whole is to mail, one notification for the same people."""
    phases: dict[tuple[str, ...], set[str]] = {}
    for alert in alerts:
        if alert.recipients and (on_success or alert.on is not End.SUCCESS):
            phases.setdefault(alert.recipients, set()).update(_PHASES[alert.on])
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


class Alerts:
    """Who hears what of the jobs of one module. What nobody hears any more is reported.

    `whole` is the job that is the workflow; those that are `mapped` have no task here.
    """

    def __init__(
        self,
        frontier: Frontier,
        network: Network,
        whole: str | None,
        mapped: Collection[str],
        diagnostics: Diagnostics,
    ) -> None:
        self._frontier = frontier
        self._network = network
        self._whole = whole
        self._mapped = mapped
        self._diagnostics = diagnostics
        for name in network.order:
            job = network.jobs[name]
            self._report_mails(job)
            self._report_alarms(job)

    @property
    def of_the_whole(self) -> tuple[Alert, ...]:
        """What people are to hear of the end of the workflow."""
        job = self._network.jobs[self._whole] if self._whole else None
        return (*self._network.alerts, *(job.alerts if job else ()))

    def of_failure(self, box: str | None, title: str) -> Value | None:
        """What the failure handler of a workflow prints; None where there is nothing to say.

        `box` is the one that it stands for, None if it is the outermost one and stands for none.
        """
        found: dict[str, Value] = {}
        if box is not None and not self._tells_its_end(box):
            found = dict(lines(self._network.jobs[box].alerts, "job", box))
        if box in (None, self._whole):
            found = found or dict(lines(self._network.alerts, "workflow", title))
        members = self._network.members.get(box, ()) if box and found else ()
        jobs = (self._network.jobs[name] for name in members if name in self._network.jobs)
        if any(job.terminates_box for job in jobs):
            # The workflow of a box that a member has terminated fails like any other.
            return found.get(End.FAILURE.value, found.get(End.TERMINATED.value))
        return found.get(End.FAILURE.value)

    def _tells_its_end(self, box: str) -> bool:
        """True when a node computes the status of the box, whatever fails once it has started."""
        end, start, wiring = Key(Role.END, box), Key(Role.START, box), self._frontier.wiring
        pending, seen = [end], {end, start}
        while pending:
            for upstream, link in wiring.links.get(pending.pop(), {}).items():
                if upstream not in seen:
                    if link is Link.SUCCESS:
                        return False
                    seen.add(upstream)
                    pending.append(upstream)
        return end in wiring.watched

    def report_rest_days(self) -> None:
        """Report mails about successes of what starts on the days of a calendar."""
        job = self._network.jobs[self._whole] if self._whole else None
        mails = [alert for alert in job.alerts if alert.on is End.SUCCESS] if job else []
        if job and any(alert.recipients for alert in mails):
            self._report_mail(job, mails, "its launch plan succeeds on other days, too")

    def _report_mails(self, job: Job) -> None:
        mails = [alert for alert in job.alerts if not alert.alarm]
        reason = "Flyte notifies per workflow"
        if job.name == self._whole:
            mails = [alert for alert in mails if not alert.recipients]
            reason = "it names nobody"
        if mails:
            self._report_mail(job, mails, reason)

    def _report_alarms(self, job: Job) -> None:
        alarms = ", ".join(alert.alarm for alert in job.alerts if alert.alarm)
        reason = "a task that is not emitted stands for it" if job.name in self._mapped else ""
        is_box = bool(self._network.members.get(job.name))
        kept = self._frontier.is_workflow(job.name)
        if is_box and not kept and not self._tells_its_end(job.name):
            reason = "it was flattened, and a failure in it ends the workflow around it"
        if alarms and reason:
            lost = AlarmLost(name=job.name, what=alarms, reason=reason)
            self._diagnostics.add(lost, job.span, job=job.name, text=job.name)

    def _report_mail(self, job: Job, mails: Iterable[Alert], reason: str) -> None:
        lost = MailNotSent(what=_people(mails), name=job.name, reason=reason)
        self._diagnostics.add(lost, job.span, job=job.name, text=job.name)


def _people(mails: Iterable[Alert]) -> str:
    people = ", ".join(dict.fromkeys(person for alert in mails for person in alert.recipients))
    return f" to {people}" if people else ""
