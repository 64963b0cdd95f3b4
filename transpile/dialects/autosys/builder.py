"""Definitions to jobs: attributes that the builder does not take are noted or reported."""

import difflib
from dataclasses import replace

from transpile.dialects.autosys import catalogue, values
from transpile.dialects.autosys.actions import build_command, build_file_watch
from transpile.dialects.autosys.alerts import build_alerts, report_unwatched
from transpile.dialects.autosys.calendars import Calendars
from transpile.dialects.autosys.codes.jobs import (
    AttributeIgnored,
    AttributeOfOtherType,
    MixedOperators,
    UntranslatedTrigger,
)
from transpile.dialects.autosys.codes.text import UnknownAttribute
from transpile.dialects.autosys.conditions import ConditionError, parse_condition
from transpile.dialects.autosys.deadlines import build_deadlines
from transpile.dialects.autosys.definition import Definition
from transpile.dialects.autosys.schedules import build_clock
from transpile.findings.codes.conditions import UnreadableCondition
from transpile.findings.codes.jobs import ResourceIgnored, UntranslatedType
from transpile.model import (
    Atom,
    Blocked,
    BoxRule,
    Command,
    Condition,
    FileWatch,
    InitialStatus,
    Job,
    Kind,
    replaced,
)
from transpile.model.zones import Zones
from transpile.sources.text import Span

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
_ALONE = "job that is in no box"


def build_job(definition: Definition, calendars: Calendars, zones: Zones) -> Job:
    """The job that the definition describes; takes, notes or reports every attribute."""
    type_name = (definition.take_text("job_type") or "cmd").lower()
    kind = _KINDS.get(type_name, Kind.OTHER)
    condition, condition_text, condition_span = _condition(definition, "condition")
    if condition_text and condition is None:
        definition.block(UnreadableCondition, f"condition: {condition_text}")
    status = _status(definition)
    job_box = definition.take_text("box_name")
    description = definition.take_text("description") or ""
    if kind is Kind.BOX:
        definition.drop("n_retrys", AttributeOfOtherType(key="n_retrys", type=type_name))
    retries = definition.take_as("n_retrys", values.integer, "a number of restarts") or 0
    time_limit = definition.take_as("term_run_time", values.integer, "a number of minutes") or None
    alone = not condition_text and job_box is None
    deadlines = build_deadlines(definition)
    clock = build_clock(definition, calendars, zones, alone)
    box_rule, rule_blocked = _box_rule(definition) if kind is Kind.BOX else (None, None)
    terminates_box = _terminator(definition, "box_terminator", job_box)
    ends_with_box = _terminator(definition, "job_terminator", job_box)
    action = _action(definition, kind, type_name, status)
    alerts = build_alerts(definition)
    if status in (InitialStatus.ACTIVE, InitialStatus.ON_HOLD):
        report_unwatched(definition, scheduled=clock.schedule is not None)
    _left_over(definition, kind, type_name)
    return Job(
        name=definition.name,
        span=definition.span,
        kind=kind,
        box=job_box,
        action=action,
        condition=condition,
        condition_text=condition_text,
        condition_span=condition_span,
        box_rule=box_rule,
        rule_blocked=rule_blocked,
        terminates_box=terminates_box,
        ends_with_box=ends_with_box,
        description=description,
        notes=clock.notes + definition.notes(),
        schedule=clock.schedule,
        start_rule=clock.rule,
        deadlines=deadlines if clock.schedule else None,
        retries=retries,
        time_limit=time_limit,
        status=status,
        blocked=definition.blocked,
        alerts=alerts,
    )


def _condition(definition: Definition, key: str) -> tuple[Condition | None, str, Span | None]:
    """The condition, None if it cannot be read, with its text and place."""
    attribute = definition.take(key)
    if attribute is None:
        return None, "", None
    text = attribute.value
    # Quotes may enclose the whole condition; `lead` keeps the columns right.
    lead = 0
    if text[0] == text[-1] == '"' and text.count('"') == 2:
        text, lead = text[1:-1], 1
    span = attribute.span._replace(column=attribute.column_of(lead))
    if attribute.missing:
        return None, text, span
    try:
        condition, ambiguous = parse_condition(text)
    except ConditionError as error:
        at = span._replace(column=attribute.column_of(lead + error.offset))
        definition.report(UnreadableCondition(reason=str(error)), at, text=text)
        return None, text, span
    if ambiguous:
        definition.report(MixedOperators(), span, text=text)
    if attribute.moved:

        def in_source(atom: Atom) -> Atom:
            column = attribute.column_of(lead + atom.offset)
            return replace(atom, offset=column - span.column)

        condition = replaced(condition, in_source)
    return condition, text, span


def _box_rule(definition: Definition) -> tuple[BoxRule | None, Blocked | None]:
    """The rule by which the box ends, and why a part of it cannot be read."""
    found: dict[str, Condition | None] = {}
    texts: list[str] = []
    place: Span | None = None
    unread: Blocked | None = None
    for key in ("box_success", "box_failure"):
        found[key], text, span = _condition(definition, key)
        texts += [f"{key}: {text}"] if text else []
        place = place or span
        if text and found[key] is None:
            unread = definition.blocked or Blocked(UnreadableCondition, f"{key}: {text}")
    if place is None:
        return None, None
    rule = BoxRule(found["box_success"], found["box_failure"], ", ".join(texts), place)
    return rule, unread


def _terminator(definition: Definition, key: str, box: str | None) -> bool:
    """True if the attribute is set, and the job is in a box."""
    is_set = definition.take_as(key, values.boolean, "1 or 0")
    if is_set and box is None:
        definition.report(AttributeOfOtherType(key=key, type=_ALONE), text=key)
    return bool(is_set and box)


def _status(definition: Definition) -> InitialStatus:
    attribute = definition.attributes.get("status")
    word = values.unquoted(attribute.value).upper() if attribute else ""
    status = _STATUSES.get(word, InitialStatus.ACTIVE)
    if status is not InitialStatus.ACTIVE:
        definition.take("status")
    elif attribute and word not in catalogue.OTHER_STATUSES:
        definition.drop_wrong("status", "a status such as ON_HOLD")
    # AutoSys: auto_hold puts a member of a box on hold when the box starts.
    auto_hold = definition.attributes.get("auto_hold")
    if definition.box is None and auto_hold and values.boolean(auto_hold.value):
        definition.drop("auto_hold", AttributeOfOtherType(key="auto_hold", type=_ALONE))
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
        definition.report(UntranslatedType(type=type_name), text=type_name)
        definition.block(UntranslatedType, f"job type {type_name}")
    return None


def _left_over(definition: Definition, kind: Kind, type_name: str) -> None:
    """Report the remaining attributes that have an effect; the others become notes."""
    if resources := definition.attributes.get("resources"):
        definition.drop("resources", ResourceIgnored(value=resources.value))
    for key, attribute in list(definition.attributes.items()):
        if key in catalogue.UNSUPPORTED:
            definition.drop(key, AttributeIgnored(key=key, value=attribute.value))
    untranslated_trigger = (
        definition.blocked is not None and definition.blocked.cause is UntranslatedTrigger
    )
    if kind is Kind.OTHER or untranslated_trigger:
        return
    for key in list(definition.attributes):
        if key in catalogue.FOR_ANY_TYPE or (type_name, key) in catalogue.WITHOUT_EFFECT:
            continue
        if key in catalogue.KNOWN:
            definition.drop(key, AttributeOfOtherType(key=key, type=type_name))
        else:
            close = difflib.get_close_matches(key, catalogue.KNOWN, 1)
            hint = f"did you mean {close[0]}? It was left out" if close else None
            if close and close[0] in catalogue.DECISIVE:
                reason = f"{key}: {definition.attributes[key].value}"
                definition.block(UnknownAttribute, reason)
            definition.drop(key, UnknownAttribute(key=key), help=hint)
