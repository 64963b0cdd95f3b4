"""Plans triggers: what starts a driver by the clock."""

from transpile.targets.flyte.model import LaunchPlanPlan
from transpile.targets.flyte.values import Call, Fixed, Name, Value


def trigger_of(plan: LaunchPlanPlan, parameter: str, checked: str) -> Call:
    """The trigger of a schedule.

    A driver whose day or time has to be checked gets the name of the check, `checked`, in the
    `parameter`.
    """
    zone = (("timezone", plan.timezone),) if plan.timezone else ()
    keywords: list[tuple[str, Value]] = [
        ("name", plan.name),
        ("automation", Call("flyte.Cron", (plan.cron,), zone)),
    ]
    inputs: dict[str, Value] = {}
    if plan.kickoff:
        inputs[plan.kickoff] = Name("flyte.TriggerTime")
    if checked:
        inputs[parameter] = checked
    if inputs:
        keywords.append(("inputs", inputs))
    if plan.notifications:
        keywords.append(("notifications", Fixed(tuple(map(_mail, plan.notifications)))))
    return Call("flyte.Trigger", (), tuple(keywords))


def _mail(notification: Value) -> Value:
    """A notification of a launch plan as one of a trigger."""
    assert isinstance(notification, Call)
    given = dict(notification.keywords)
    phases, people = given["phases"], given["recipients_email"]
    assert isinstance(phases, tuple)
    assert isinstance(people, tuple)
    named = (Name(f"ActionPhase.{p.id.rpartition('.')[2]}") for p in phases if isinstance(p, Name))
    keywords = (("on_phase", Fixed(tuple(named))), ("recipients", Fixed(people)))
    return Call("notify.Email", (), keywords)
