"""Attributes to alarms and notifications."""

from transpile.dialects.autosys import values
from transpile.dialects.autosys.codes.jobs import AlarmNotWatched
from transpile.dialects.autosys.definition import Definition
from transpile.model import ANY_FAILURE, Alert, End

_ALARMS = (
    ("alarm_if_fail", End.FAILURE, "JOBFAILURE"),
    ("alarm_if_terminated", End.TERMINATED, "JOBTERMINATED"),
)
_WHILE_IT_RUNS = {
    "heartbeat_interval": "MISSING_HEARTBEAT",
    "max_run_alarm": "MAXRUNALARM",
    "min_run_alarm": "MINRUNALARM",
}
_BY_THE_CLOCK = {
    "must_complete_times": "MUST_COMPLETE_ALARM",
    "must_start_times": "MUST_START_ALARM",
}
_ADDRESSES = "notification_emailaddress"


def build_alerts(definition: Definition) -> tuple[Alert, ...]:
    """The alerts that the definition asks for; the defaults of the instance are unknown.

    Addresses without send_notification stay notes. The documents do not say whether its `f`
    includes jobs that were killed; here it does, so that no message is lost.
    """
    alerts = [
        Alert(end, alarm=alarm)
        for key, end, alarm in _ALARMS
        if definition.take_as(key, values.boolean, "1 or 0")
    ]
    ends = definition.take_as("send_notification", _ends, "y, n or f") or ()
    if not ends:
        return tuple(alerts)
    message = definition.take_text("notification_msg") or ""
    anyone = definition.take_text(_ADDRESSES) or ""
    for end in ends:
        # AutoSys: the address for one end takes precedence over the common one.
        own = definition.take_text(f"{_ADDRESSES}_on_{end.value}") or anyone
        alerts.append(Alert(end, recipients=tuple(values.items(own)), message=message))
    return tuple(alerts)


def report_unwatched(definition: Definition, *, scheduled: bool) -> None:
    """Report the alarms about times; their attributes stay notes.

    AutoSys: alarms at a time of day need a schedule.
    """
    for key, alarm in (_WHILE_IT_RUNS | _BY_THE_CLOCK if scheduled else _WHILE_IT_RUNS).items():
        attribute = definition.attributes.get(key)
        if attribute is not None and values.integer(attribute.value) != 0:
            definition.report(
                AlarmNotWatched(key=key, name=definition.name, alarm=alarm),
                attribute.span,
                text=attribute.value,
            )


def _ends(value: str) -> tuple[End, ...] | None:
    """The value of send_notification as the ends that the job reports."""
    word = values.unquoted(value).lower()
    if word in ("f", "failure"):
        return ANY_FAILURE
    said = values.boolean(word)
    return None if said is None else tuple(End) if said else ()
