"""Definitions to jobs: a builder takes attributes, and what is left over is noted or reported."""

import difflib

from transpile.dialects.autosys import catalogue, values
from transpile.dialects.autosys.actions import build_command, build_file_watch
from transpile.dialects.autosys.conditions import ConditionError, parse_condition
from transpile.dialects.autosys.definition import Definition
from transpile.dialects.autosys.schedules import build_schedule
from transpile.ir import Blocked, Command, Condition, FileWatch, InitialStatus, Job, Kind
from transpile.source import Span

_KINDS = {
    **dict.fromkeys(("c", "cmd", "command"), Kind.COMMAND),
    **dict.fromkeys(("b", "box"), Kind.BOX),
    **dict.fromkeys(("f", "fw", "ft"), Kind.FILE),
}
_STATUSES = {
    "ON_HOLD": InitialStatus.ON_HOLD,
    "ON_ICE": InitialStatus.ON_ICE,
    "ON_NOEXEC": InitialStatus.ON_NOEXEC,
}


def build_job(definition: Definition) -> Job:
    """The job that the definition describes; every attribute is taken, noted or reported."""
    type_name = (definition.take_text("job_type") or "cmd").lower()
    kind = _KINDS.get(type_name, Kind.OTHER)
    condition, condition_text, condition_span = _condition(definition, "condition")
    status = _status(definition)
    job_box = definition.take_text("box_name")
    description = definition.take_text("description") or ""
    if kind is Kind.BOX:
        definition.drop("n_retrys", "A214", type=type_name)
    retries = definition.take_as("n_retrys", values.integer, "a number of restarts") or 0
    time_limit = definition.take_as("term_run_time", values.integer, "a number of minutes") or None
    schedule, schedule_notes = build_schedule(definition)
    box_result = _box_result(definition) if kind is Kind.BOX else None
    action = _action(definition, kind, type_name, status)
    _left_over(definition, kind, type_name)
    if kind is Kind.COMMAND and retries and time_limit:
        definition.report("A212", retries=retries, name=definition.name)
    return Job(
        name=definition.name,
        span=definition.span,
        kind=kind,
        box=job_box,
        action=action,
        condition=condition,
        condition_text=condition_text,
        condition_span=condition_span,
        box_result=box_result,
        description=description,
        notes=schedule_notes + definition.notes(),
        schedule=schedule,
        retries=retries,
        time_limit=time_limit,
        status=status,
        blocked=definition.blocked,
    )


def _condition(definition: Definition, key: str) -> tuple[Condition | None, str, Span | None]:
    attribute = definition.take(key)
    if attribute is None:
        return None, "", None
    text = attribute.value
    # Quotes may stand around a whole condition; the offset keeps columns right.
    start = attribute.column
    if text[0] == text[-1] == '"' and text.count('"') == 2:
        text, start = text[1:-1], start + 1
    span = Span(attribute.span.file, attribute.span.line, start)
    try:
        condition, ambiguous = parse_condition(text)
    except ConditionError as error:
        at = Span(span.file, span.line, span.column + error.offset)
        definition.report("A302", at, text=text, reason=str(error))
        definition.blocked = definition.blocked or Blocked("A302", f"{key}: {text}")
        return None, text, span
    if ambiguous:
        definition.report("A306", span, text=text)
    return condition, text, span


def _box_result(definition: Definition) -> Blocked | None:
    """AutoSys: box_success and box_failure replace the default completion of a box."""
    found = None
    for key in ("box_success", "box_failure"):
        attribute = definition.attributes.get(key)
        if attribute is not None:
            _condition(definition, key)
            shown = attribute.value
            definition.report("A307", attribute.span, text=shown, key=key, condition=shown)
            found = Blocked("A307", f"{key}: {shown}")
    return found


def _status(definition: Definition) -> InitialStatus:
    attribute = definition.attributes.get("status")
    word = values.unquoted(attribute.value).upper() if attribute else ""
    status = _STATUSES.get(word, InitialStatus.ACTIVE)
    if status is not InitialStatus.ACTIVE:
        definition.take("status")
    elif attribute and word not in catalogue.OTHER_STATUSES:
        definition.drop("status", "A115", expected="a status such as ON_HOLD")
    # AutoSys: auto_hold puts a member of a box on hold when the box starts.
    auto_hold = definition.attributes.get("auto_hold")
    if definition.box is None and auto_hold and values.boolean(auto_hold.value):
        definition.drop("auto_hold", "A214", type="job that is in no box")
    held = definition.take_as("auto_hold", values.boolean, "1 or 0")
    return InitialStatus.ON_HOLD if held and status is InitialStatus.ACTIVE else status


def _action(
    definition: Definition, kind: Kind, type_name: str, status: InitialStatus
) -> Command | FileWatch | None:
    if kind is Kind.COMMAND:
        return build_command(definition)
    if kind is Kind.FILE:
        return build_file_watch(definition, type_name)
    runs = status not in (InitialStatus.ON_ICE, InitialStatus.ON_NOEXEC)
    if kind is Kind.OTHER and runs:
        definition.report("A201", text=type_name, type=type_name)
        definition.blocked = definition.blocked or Blocked("A201", f"job type {type_name}")
    return None


def _left_over(definition: Definition, kind: Kind, type_name: str) -> None:
    """Report what has an effect that is not kept; what stays in the definition becomes notes."""
    for key in ("box_terminator", "job_terminator"):
        if definition.attributes.get(key) and (
            values.boolean(definition.attributes[key].value) is False
        ):
            definition.take(key)
        definition.drop(key, "A205")
    definition.drop("resources", "A204")
    for key in catalogue.UNSUPPORTED:
        definition.drop(key, "A205")
    untranslated_trigger = definition.blocked is not None and definition.blocked.code == "A203"
    if kind is Kind.OTHER or untranslated_trigger:
        return
    for key in list(definition.attributes):
        if key in catalogue.FOR_ANY_TYPE:
            continue
        if key in catalogue.KNOWN:
            definition.drop(key, "A214", type=type_name)
        else:
            close = difflib.get_close_matches(key, catalogue.KNOWN, 1)
            hint = f"did you mean {close[0]}? It was left out" if close else None
            if close and close[0] in catalogue.DECISIVE:
                reason = f"{key}: {definition.attributes[key].value}"
                definition.blocked = definition.blocked or Blocked("A113", reason)
            definition.drop(key, "A113", help=hint)
